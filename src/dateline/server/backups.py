"""The whole newsroom in one file, and back.

The file is a gzipped tar: `manifest.json`, the database (`database.sqlite3`, or `database.dump` as pg_dump writes it), and
everything else in the home but what `init` makes again. It holds the secret key and all drafts: keep it as you keep the
home. The database in it is as it stood at one moment, while publishing went on.
"""

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

MADE_AGAIN = {"comments.turn", "edge", "static", "static.stamp"}
RESTORING = ".restoring"
DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


class Failed(Exception):
    """The backup was not made, or not restored; the message says why and what to do."""


@dataclass
class Manifest:
    """What a backup says of itself, and a restore holds it to."""

    dateline: str
    made_at: str
    engine: str  # sqlite or postgresql
    last_seq: int
    digest: str  # over the numbers and digests of all publications


def fingerprint(rows: Iterable[tuple[int, str]]) -> tuple[int, str]:
    """The last number, and a digest over every publication's number and digest: no row can be lost unnoticed."""
    digest, last = hashlib.sha256(), 0
    for last, one in rows:
        digest.update(f"{last} {one}\n".encode())
    return last, digest.hexdigest()


NUMBERS = "SELECT seq, digest FROM stories_publication ORDER BY seq"


# -- Making one -----------------------------------------------------------------------------------


def backup(path: Path) -> Manifest:
    """Write the newsroom to `path`, which appears only when it is whole. Raises Failed."""
    part = path.with_name(f"{path.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".dateline-backup-") as scratch:
            database = Path(scratch) / DATABASE[connection.vendor]
            last, digest = _copy_database(database)
            manifest = Manifest(version("dateline"), timezone.now().isoformat(), connection.vendor, last, digest)
            _pack(part, manifest, database, leave_out={path.resolve(), part.resolve(), Path(scratch).resolve()})
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise Failed(f"Could not write {path}: {why}. Nothing was kept of it.") from None
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _copy_database(to: Path) -> tuple[int, str]:
    return _copy_sqlite(to) if connection.vendor == "sqlite" else _copy_postgresql(to)


def _copy_sqlite(to: Path) -> tuple[int, str]:
    """In one step, so that a newsroom that never rests cannot make it begin again. Writers are not kept waiting."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as here, closing(sqlite3.connect(to)) as copy:
        here.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        return fingerprint(copy.execute(NUMBERS))


def _copy_postgresql(to: Path) -> tuple[int, str]:
    """pg_dump and our fingerprint look at the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={to}")
        cursor.execute(NUMBERS)
        return fingerprint(_batches(cursor))


def _batches(cursor: Any) -> Iterator[tuple[int, str]]:
    while rows := cursor.fetchmany(5000):
        yield from rows


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs on our database. The password goes through the environment."""
    here = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environ = {name: str(here[key]) for name, key in names.items() if here.get(key)}
    for option in ("target_session_attrs", "sslmode", "sslrootcert"):  # or, of several hosts, it may ask a standby
        if value := here["OPTIONS"].get(option):
            environ[f"PG{option.replace('_', '').upper()}"] = str(value)
    try:
        done = subprocess.run(  # noqa: S603  (a program by its name, no shell, no words of a stranger's)
            [program, *arguments], env={**os.environ, **environ}, capture_output=True, text=True
        )
    except FileNotFoundError:
        raise Failed(
            f"There is no {program} here. Install PostgreSQL's client programs, of the server's version."
        ) from None
    if done.returncode:
        raise Failed(f"{program} failed: {done.stderr.strip()}")


def _pack(part: Path, manifest: Manifest, database: Path, *, leave_out: set[Path]) -> None:
    """On the disk when it returns, and readable by its owner only."""
    with (
        os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file,
        gzip.GzipFile(fileobj=file, mode="wb", compresslevel=3) as zipped,
        tarfile.open(fileobj=zipped, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        text = json.dumps(asdict(manifest), indent=1).encode()
        about = tarfile.TarInfo("manifest.json")
        about.size = len(text)
        archive.addfile(about, BytesIO(text))
        archive.add(database, database.name)
        for found in _kept_files(leave_out):
            archive.add(found, f"home/{found.relative_to(settings.HOME)}", recursive=False)
    with part.open("rb") as written:
        os.fsync(written.fileno())


def _kept_files(leave_out: set[Path]) -> Iterator[Path]:
    """Everything in the home that cannot be made again, but the database, which is packed by itself."""
    own = Path(str(connection.settings_dict["NAME"])).name if connection.vendor == "sqlite" else "dateline.sqlite3"
    for top in sorted(settings.HOME.iterdir()):
        if top.name in MADE_AGAIN or top.name.startswith((own, RESTORING)) or top.resolve() in leave_out:
            continue
        for found in [top, *sorted(top.rglob("*"))] if top.is_dir() else [top]:
            if found.is_file() and found.resolve() not in leave_out and not leave_out & set(found.resolve().parents):
                yield found


# -- Bringing one back ----------------------------------------------------------------------------


def restore(path: Path) -> Manifest:
    """Make a newsroom of `path` in an empty home, and read it back. Raises Failed, and then has changed nothing
    that was there before.
    """
    _check_empty()
    with _unpacked(path) as folder:
        manifest = _read_manifest(folder)
        _restore_database(folder, manifest)
        _move_in(folder / "home")
    # In processes of their own: they read the settings that came with the backup.
    for command in ("init", "verify"):
        done = subprocess.run(  # noqa: S603  (ourselves)
            [sys.executable, "-m", "dateline", command], capture_output=True, text=True
        )
        if done.returncode:
            raise Failed(f"The newsroom is unpacked, but 'dateline {command}' says: {done.stderr.strip()}")
    return manifest


def _check_empty() -> None:
    there = {entry.name for entry in settings.HOME.iterdir()} - {"secret-key", RESTORING}
    if there:
        raise Failed(f"There is something in {settings.HOME} already. Restore into an empty folder: --home DIR.")
    if connection.vendor == "postgresql" and connection.introspection.table_names():
        raise Failed("The database that DATELINE_DATABASE_URL names is not empty. Make a new one for the restore.")
    if connection.vendor == "sqlite" and Path(connection.settings_dict["NAME"]).exists():
        raise Failed(f"There is a database already: {connection.settings_dict['NAME']}.")


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """What is in the file, in a folder inside the home; gone afterwards."""
    folder = settings.HOME / RESTORING
    shutil.rmtree(folder, ignore_errors=True)  # of a restore that was stopped
    folder.mkdir(mode=0o700)
    try:
        try:
            with tarfile.open(path, "r|gz") as archive:
                for member in archive:
                    _unpack(archive, member, folder)
        except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Failed(f"{path} is no whole backup of Dateline: {error}. Take another.") from None
        except OSError as error:
            raise Failed(f"Could not read {path}: {error.strerror or error}.") from None
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Files only, and none outside: a backup may have passed through other hands."""
    name = PurePosixPath(member.name)
    if not member.isfile() or name.is_absolute() or ".." in name.parts:
        raise Failed(f"The backup holds '{member.name}', which no backup of Dateline does. It was not unpacked.")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    source = archive.extractfile(member)
    assert source is not None
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, member.mode & 0o777), "wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)


def _read_manifest(folder: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads((folder / "manifest.json").read_text()))
    except (OSError, ValueError, TypeError):
        raise Failed("The file has no manifest: it is no backup of Dateline.") from None
    if manifest.engine != connection.vendor:
        needed = (
            "DATELINE_DATABASE_URL must name one" if manifest.engine == "postgresql" else "unset DATELINE_DATABASE_URL"
        )
        raise Failed(f"This backup is of a newsroom on {manifest.engine}: {needed}.")
    if not (folder / DATABASE[manifest.engine]).is_file():
        raise Failed("The backup holds no database. Take another.")
    return manifest


def _restore_database(folder: Path, manifest: Manifest) -> None:
    database = folder / DATABASE[manifest.engine]
    if manifest.engine == "sqlite":
        _check_sqlite(database, manifest)
        connection.close()
        target = Path(connection.settings_dict["NAME"])
        shutil.move(database, target)
        target.chmod(0o600)
        return
    _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
         f"--dbname={connection.settings_dict['NAME']}", str(database))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS)
        _hold_to(manifest, fingerprint(_batches(cursor)))


def _check_sqlite(database: Path, manifest: Manifest) -> None:
    try:
        with closing(sqlite3.connect(database)) as copy:
            found = fingerprint(copy.execute(NUMBERS))
            sound = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Failed(f"The database in the backup cannot be read: {error}. Take another backup.") from None
    if sound != "ok":
        raise Failed(f"The database in the backup is damaged: {sound}. Take another backup.")
    _hold_to(manifest, found)


def _hold_to(manifest: Manifest, found: tuple[int, str]) -> None:
    if found != (manifest.last_seq, manifest.digest):
        raise Failed(
            f"The backup has lost part of the record: it was made with {manifest.last_seq} publications, and those in it "
            f"(up to number {found[0]}) are not the same. Take another backup."
        )


def _move_in(folder: Path) -> None:
    for entry in folder.iterdir() if folder.is_dir() else ():
        target = settings.HOME / entry.name
        if target.is_file():
            target.unlink()  # the secret key that this command made for itself
        shutil.move(entry, target)
