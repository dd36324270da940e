"""Every word of the screens, in every language of the site."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    """What `make messages` finds on the screens."""
    pot = tmp_path_factory.mktemp("words") / "words.pot"
    command = [
        Path(sys.executable).parent / "pybabel",
        "-q",
        "extract",
        "-F",
        "babel.cfg",
        "-k",
        "gettext_lazy",
        "-o",
        pot,
        ".",
    ]
    subprocess.run(command, cwd=ROOT, check=True, env={"PYTHONPATH": str(ROOT)})
    with pot.open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


@pytest.mark.parametrize("language", ["ar", "fa", "fr", "es"])
def test_every_word_is_translated(words, language):
    with (ROOT / f"src/dateline/locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        translated = {message.id: message.string for message in read_po(file, locale=language) if message.id}
    missing = sorted(str(word) for word in words if not translated.get(word))
    assert not missing, "Say `make messages`, then translate these."


@pytest.mark.parametrize("language", ["ar", "fa", "fr", "es"])
def test_no_translation_loses_a_placeholder(language):
    import re

    with (ROOT / f"src/dateline/locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        for message in read_po(file, locale=language):
            if message.pluralizable:  # one form may well say "a single reply" without its number
                continue
            assert sorted(re.findall(r"%\(\w+\)s", str(message.id))) == sorted(
                re.findall(r"%\(\w+\)s", str(message.string))
            )
