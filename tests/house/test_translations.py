"""Every word of the screens, in every language of the site."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LANGUAGES = ["ar", "fa", "fr", "es"]


def catalogue(language):
    """What it says for each message; the empty one, which heads the file, left out."""
    with (ROOT / f"src/dateline/locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return {each.id: each for each in read_po(file, locale=language) if each.id}


def strings(message):
    return [message.string] if isinstance(message.string, str) else message.string


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated(words, language):
    translated = catalogue(language)
    missing = sorted(str(word) for word in words if word not in translated or not all(strings(translated[word])))
    assert not missing, "Say `make messages`, then translate these."


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_loses_a_placeholder(language):
    for each, message in catalogue(language).items():
        if message.pluralizable:  # one form may well say "a single reply" without its number
            continue
        assert sorted(re.findall(r"%\(\w+\)s", str(each))) == sorted(re.findall(r"%\(\w+\)s", message.string))


@pytest.mark.parametrize("language", ["fr", "es"])
def test_a_catalogue_is_written_in_its_own_script(language):
    """Catalogues that are filled from one list are filled by a program, and it may take the wrong column."""
    texts = [(each, text) for each, message in catalogue(language).items() for text in strings(message)]
    assert [each for each, text in texts if any(unicodedata.name(char, "").startswith("ARABIC") for char in text)] == []


def test_no_two_catalogues_say_a_sentence_alike():
    said = {}
    for language in LANGUAGES:
        for message in catalogue(language).values():
            for text in strings(message):
                if len(text.split()) > 3:
                    said.setdefault(text, set()).add(language)
    assert {text: languages for text, languages in said.items() if len(languages) > 1} == {}
