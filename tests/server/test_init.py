"""`dateline init`: a home made, and left as it is when it is said again."""

import subprocess
import sys

import pytest

from tests.homes import Home

pytestmark = pytest.mark.server


def test_a_home_holds_what_a_newsroom_needs_and_hides_its_secrets(home):
    assert (home.folder / "secret-key").stat().st_mode & 0o077 == 0
    assert (home.folder / "static" / "staticfiles.json").is_file()
    said = home.python(
        "from wagtail.models import Locale, Page, Site\nfrom dateline.stories.models import Section\n"
        "print(*sorted(Locale.objects.values_list('language_code', flat=True)))\n"
        "print(*Section.objects.values_list('slug', flat=True))\n"
        "print(Page.objects.count(), Site.objects.get().site_name)"
    ).splitlines()
    assert said[0] == "ar en es fa fr"
    assert said[1] == "world politics business climate science health culture sport"
    assert said[2] == "1 Dispatches", "Wagtail's welcome page is nobody's"


def test_said_again_it_changes_nothing(home):
    home.python("from dateline.stories.models import Section; Section.objects.filter(slug='sport').delete()")
    before = {path: path.stat().st_mtime_ns for path in (home.folder / "static").rglob("*")}
    said = home.run("init").stdout
    assert "Bringing" not in said
    assert "Laying out" not in said
    assert {path: path.stat().st_mtime_ns for path in (home.folder / "static").rglob("*")} == before
    assert "sport" not in home.python("from dateline.stories.models import Section; print(Section.objects.all())")


def test_a_stop_amid_laying_out_files_is_made_good(home):
    (home.folder / "static.stamp").unlink()
    (home.folder / "static" / "staticfiles.json").unlink()
    assert "Laying out" in home.run("init").stdout
    assert (home.folder / "static" / "staticfiles.json").is_file()


def test_a_new_home_is_its_owners_alone_and_says_what_comes_next(tmp_path):
    home = Home(tmp_path / "new")
    said = home.run("init").stdout
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0
    assert "dateline user add NAME --role chief" in said
    assert "dateline serve" in said


def test_a_database_that_does_not_answer_is_said_with_the_cure(tmp_path):
    home = Home(tmp_path / "new", "postgresql://nobody@127.0.0.1:1/nothing")
    done = home.run("init", check=False)
    assert done.returncode == 1
    assert "DATELINE_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["import", "user", "init", "demo", "--help"])
def test_help_is_told_before_there_is_a_newsroom_and_makes_none(tmp_path, command):
    folder = tmp_path / "none"
    said = subprocess.run(
        [sys.executable, "-m", "dateline", command, "--help", "--home", str(folder)],
        capture_output=True, text=True, check=True, timeout=300,
    ).stdout  # fmt: skip
    assert "dateline" in said
    assert not folder.exists()
