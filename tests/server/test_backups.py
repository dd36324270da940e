"""`dateline backup` and `restore`: the whole newsroom in one file, and back, or a sentence that says why not."""

import io
import json
import secrets
import sqlite3
import tarfile

import pytest

from tests.homes import Home, _administer
from tests.newsroom.publishers import People
from tests.processes import wait_until

pytestmark = pytest.mark.server


@pytest.fixture
def empty(make_home, tmp_path):
    """A folder to restore into, and an empty database where the newsroom has one of its own."""
    made = []

    def make(of, name="restored"):
        home = Home(tmp_path / name)
        if of.database_url:
            base, database = of.database_url.rpartition("/")[0], f"dateline_restored_{secrets.token_hex(6)}"
            _administer(base, f'CREATE DATABASE "{database}"')
            home.database_url = f"{base}/{database}"
            made.append((base, database))
        return home

    yield make
    for server, database in made:
        _administer(server, f'DROP DATABASE "{database}" WITH (FORCE)')


@pytest.fixture
def busy(home, tmp_path):
    """A newsroom in which two people publish all the time."""
    people = People(home, tmp_path / "yes.jsonl")
    people.hire(2)
    wait_until(lambda: (tmp_path / "yes.jsonl").stat().st_size > 2000, "nobody publishes")
    yield home
    people.end()


def test_a_newsroom_is_backed_up_while_it_publishes_and_restored_to_the_word(busy, tmp_path, empty):
    (busy.folder / "media" / "port.webp").write_bytes(b"a picture")
    (busy.folder / "newsroom.env").write_text("DATELINE_AGENCY=Harbour News\n")
    kept = busy.folder / "edge" / "pages"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / "kept.html").write_text("made again")
    said = busy.run("backup", tmp_path / "backup.tar.gz").stdout
    last = int(said.partition("publication ")[2].partition(":")[0].replace(",", ""))
    assert last > 0
    assert (tmp_path / "backup.tar.gz").stat().st_mode & 0o077 == 0
    with tarfile.open(tmp_path / "backup.tar.gz") as packed:
        assert not [name for name in packed.getnames() if "edge" in name]
    restored = empty(busy)
    assert "its record holds" in restored.run("restore", tmp_path / "backup.tar.gz").stdout
    before, after = busy.run("export").stdout.splitlines(), restored.run("export").stdout.splitlines()
    assert len(after) == last
    assert after == before[:last]
    assert (restored.folder / "media" / "port.webp").read_bytes() == b"a picture"
    assert (restored.folder / "newsroom.env").read_text() == "DATELINE_AGENCY=Harbour News\n"
    assert (restored.folder / "secret-key").read_text() == (busy.folder / "secret-key").read_text()
    assert not list(tmp_path.glob(".dateline-backup-*"))


@pytest.fixture
def backup(home, tmp_path):
    """A backup of a newsroom with three publications."""
    home.python(
        "from dateline.stories import actions\n"
        "from dateline.stories.models import Section, Story\n"
        "from wagtail.models import Locale\n"
        "for headline in ('One', 'Two', 'Three'):\n"
        "    story = Story(headline=headline, section=Section.objects.first(), locale=Locale.get_default())\n"
        "    story.save()\n"
        "    actions.publish(story)\n"
    )
    home.run("backup", tmp_path / "backup.tar.gz")
    return tmp_path / "backup.tar.gz"


def pack_again(backup, change):
    """The backup with its files, {name: bytes}, as `change` returns them."""
    with tarfile.open(backup, "r:gz") as archive:
        files = {member.name: archive.extractfile(member).read() for member in archive if member.isfile()}
    changed = backup.with_name("changed.tar.gz")
    with tarfile.open(changed, "w:gz") as archive:
        for name, text in change(files).items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(text), 0o600
            archive.addfile(member, io.BytesIO(text))
    return changed


def refused(home, file, says):
    """The restore says so, and leaves the home as empty as it was."""
    done = home.run("restore", file, check=False)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert {entry.name for entry in home.folder.iterdir()} <= {"secret-key"}


def without_last_row(folder, files):
    database = folder / "changed.sqlite3"
    database.write_bytes(files["database.sqlite3"])
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TRIGGER publication_no_delete")
        connection.execute("DELETE FROM stories_publication WHERE seq = 3")
    connection.close()
    return {**files, "database.sqlite3": database.read_bytes()}


def test_a_backup_that_lost_a_publication_is_refused(home, backup, empty, tmp_path):
    if home.database_url:
        pytest.skip("SQLite only: a dump of PostgreSQL's is changed by no hand")
    changed = pack_again(backup, lambda files: without_last_row(tmp_path, files))
    refused(empty(home), changed, "has lost part of the record")


def test_a_backup_with_other_words_in_it_is_found_out(home, backup, empty, tmp_path):
    if home.database_url:
        pytest.skip("SQLite only: a dump of PostgreSQL's is changed by no hand")

    def with_other_words(files):
        database = tmp_path / "changed.sqlite3"
        database.write_bytes(files["database.sqlite3"])
        with sqlite3.connect(database) as connection:
            rule = connection.execute(
                "SELECT sql FROM sqlite_master WHERE name = 'publisheditem_only_erased'"
            ).fetchone()[0]
            connection.execute("DROP TRIGGER publisheditem_only_erased")
            connection.execute("UPDATE stories_publisheditem SET json = replace(json, 'Two', 'Ten')")
            connection.execute(rule)
        connection.close()
        return {**files, "database.sqlite3": database.read_bytes()}

    done = empty(home).run("restore", pack_again(backup, with_other_words), check=False)
    assert done.returncode == 1
    assert "other words than it went out with" in done.stderr


def test_a_manifest_that_promises_more_is_refused(home, backup, empty):
    def promising(files):
        manifest = json.loads(files["manifest.json"])
        return {**files, "manifest.json": json.dumps({**manifest, "last_seq": 4}).encode()}

    done = empty(home).run("restore", pack_again(backup, promising), check=False)
    assert done.returncode == 1
    assert "has lost part of the record" in done.stderr


def test_a_file_that_was_cut_off_is_refused(home, backup, empty):
    cut = backup.with_name("cut.tar.gz")
    cut.write_bytes(backup.read_bytes()[:-2000])
    refused(empty(home), cut, "no whole backup")


def test_a_file_of_something_else_is_refused(home, empty, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear editor,\n" * 100)
    refused(empty(home), tmp_path / "letter.txt", "no whole backup")
    refused(empty(home, "third"), tmp_path / "nowhere.tar.gz", "No such file")


def test_a_backup_never_writes_outside_the_home(home, backup, empty, tmp_path):
    evil = pack_again(backup, lambda files: {**files, "home/../../evil": b"evil"})
    refused(empty(home), evil, "which no backup of Dateline does")
    assert not (tmp_path / "evil").exists()


def test_a_restore_never_touches_a_newsroom_that_is_there(home, backup):
    before = home.run("export").stdout
    done = home.run("restore", backup, check=False)
    assert done.returncode == 1
    assert "Restore into an empty folder" in done.stderr
    assert home.run("export").stdout == before


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(home):
    done = home.run("backup", home.folder / "no-such-folder" / "backup.tar.gz", check=False)
    assert done.returncode == 1
    assert "Could not write" in done.stderr
    assert "Traceback" not in done.stderr
