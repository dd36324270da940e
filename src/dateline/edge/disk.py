"""The second level: finished pages as files, which all workers share, and which nginx can serve when nobody else can.

HOME/edge/
├── pages/          the page of /news/12/mayor-resigns/ in news/12/mayor-resigns/index.html, and its gzip beside it
├── index.sqlite3   of each page: what it shows, when it was made, its headers
├── marks           when each key was last purged (marks.py)
├── lock, turns     for the moments in which no two processes may act
└── made-by         the release, its settings and the machine's start: of others nothing is trusted

Everything in it can be made again, so nothing is synced to the disk; after a power cut the machine's start is another.
"""

import fcntl
import gzip
import json
import logging
import os
import shutil
import sqlite3
import struct
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from . import keys as names
from .kept import Kept, digest
from .marks import Marks, places

LONGEST_NAME = 240  # bytes; most file systems take 255
PATIENCE = 0.2  # seconds that a purge waits for who is writing a page just now
TURN_PATIENCE = 1.0  # seconds that a worker waits for another that renders the same page
_SCHEMA = """
CREATE TABLE IF NOT EXISTS pages (
    path TEXT PRIMARY KEY, born INTEGER NOT NULL, until INTEGER NOT NULL, headers TEXT NOT NULL,
    places TEXT NOT NULL, bytes INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS pages_oldest ON pages (born);
CREATE TABLE IF NOT EXISTS shows (place INTEGER, path TEXT, PRIMARY KEY (place, path)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS room (bytes INTEGER NOT NULL);
INSERT INTO room SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM room);
"""

log = logging.getLogger("dateline.edge")


class Disk:
    """The pages under `root`, of at most `limit` bytes together; with a limit of 0 nothing is kept."""

    def __init__(self, root: Path, marks: Marks, limit: int) -> None:
        self.root, self.marks, self.limit = root, marks, limit
        self.pages = root / "pages"
        self._local = threading.local()
        self._owed: tuple[set[int], set[str]] = (set(), set())  # places and paths: see `settle`
        self._complained = 0.0

    def path(self, address: str) -> str | None:
        """Where the page at `address` lies below `pages`; None for one that is not kept as a file."""
        if not self.limit or "?" in address or not address.startswith("/"):
            return None
        parts = address.split("/")[1:]
        last = parts.pop()
        if "\0" in address or last in (".", "..", "index.html") or any(part in ("", ".", "..") for part in parts):
            return None
        if any(len(part.encode("utf-8", "replace")) > LONGEST_NAME for part in [*parts, last]):
            return None
        return "/".join([*parts, last or "index.html"])

    def load(self, address: str) -> Kept | None:
        """The page at `address` while nothing that it shows has changed."""
        path = self.path(address)
        if path is None:
            return None
        with self._complaining():
            row = self._index.execute(
                "SELECT born, until, headers, places FROM pages WHERE path = ?", [path]
            ).fetchone()
            if row is None:
                return None
            headers = [(name, value) for name, value in json.loads(row[2])]
            etag = headers.pop()[1]
            kept = Kept(200, headers, b"", tuple(json.loads(row[3])), row[0], row[1], lasting=True)
            if not kept.is_good(self.marks):
                return None
            with suppress(FileNotFoundError):
                kept.body = (self.pages / path).read_bytes()
                return kept if digest(kept.body) == etag else None
        return None

    def keep(self, address: str, kept: Kept) -> bool:
        """Keep the page as a file, unless something that it shows has changed since its rendering began."""
        path = self.path(address) if kept.lasting and kept.status == 200 else None
        if path is None:
            return False
        with self._complaining(), self._lock(fcntl.LOCK_SH):
            if not kept.is_good(self.marks):
                return False
            self._note(path, kept)
            self._write(self.pages / path, kept)
            self._make_room()
            return True
        return False

    def purge(self, keys: Iterable[str], *, hard: bool = False, spare: Iterable[str] = ()) -> None:
        """Purge everywhere: from now on no process answers with what shows one of `keys`, and no file of it is left.

        The files at the addresses `spare` stay until their successors, which the caller is about to make, are there.
        """
        keys = list(keys)
        alone = False
        with self._complaining(), self._lock(fcntl.LOCK_EX, patience=PATIENCE) as had:
            self.marks.purge(keys, hard=hard)
            alone = had
        self.marks.purge(keys, hard=hard)  # again: of what was written meanwhile, or where the disk is broken
        if names.EVERYTHING in keys:
            self.wipe()
            return
        gone = set(places(keys))
        paths = self._delete(gone, {path for address in spare if (path := self.path(address))})
        if not alone:
            self._owed[0].update(gone)
            self._owed[1].update(paths)

    def settle(self) -> None:
        """Delete once more what a writer may have written who hung while its page was purged."""
        gone, paths = self._owed
        if not gone:
            return
        with self._complaining(), self._lock(fcntl.LOCK_EX, patience=0) as alone:
            if alone:
                self._owed = (set(), set())
                self._delete(gone, set())
                self._forget(sorted(paths))

    def drop(self, address: str) -> None:
        """Delete one page."""
        if path := self.path(address):
            with self._complaining():
                self._forget([path])

    def wipe(self) -> None:
        """Delete all pages: at once for who asks, and then from the disk."""
        old = self.root / f"old-{time.monotonic_ns()}"
        with self._complaining():
            if self.pages.exists():
                self.pages.rename(old)
            self.pages.mkdir(parents=True)
            for table in ("pages", "shows"):
                self._index.execute(f"DELETE FROM {table}")  # noqa: S608
            self._index.execute("UPDATE room SET bytes = 0")
            for each in self.root.glob("old-*"):
                shutil.rmtree(each, ignore_errors=True)

    @contextmanager
    def turn(self, address: str) -> Iterator[None]:
        """Be the only process that renders `address`; whoever waited too long goes on all the same."""
        if self.path(address) is None:
            yield
            return
        file = os.open(self.root / "turns", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(lambda: fcntl.fcntl(file, _LOCK_BYTES, _one_byte(zlib.crc32(address.encode()))), TURN_PATIENCE)
            yield
        finally:
            os.close(file)  # and the lock with it

    @property
    def _index(self) -> sqlite3.Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None or self._local.process != os.getpid():
            self.pages.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.root / "index.sqlite3", timeout=5, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=OFF")
            connection.executescript(_SCHEMA)
            self._local.connection, self._local.process = connection, os.getpid()
        return connection

    def _note(self, path: str, kept: Kept) -> None:
        """In the index before the file is there: what the index does not know could never be purged."""
        headers = json.dumps([*kept.headers, ("etag", digest(kept.body))])
        room = len(kept.body)
        index = self._index
        index.execute("BEGIN IMMEDIATE")
        old = index.execute("SELECT bytes FROM pages WHERE path = ?", [path]).fetchone()
        index.execute(
            "REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)",
            [path, kept.born, kept.until, headers, json.dumps(kept.places), room],
        )
        index.executemany("INSERT OR IGNORE INTO shows VALUES (?, ?)", [(place, path) for place in kept.places])
        index.execute("UPDATE room SET bytes = bytes + ?", [room - (old[0] if old else 0)])
        index.execute("COMMIT")

    def _make_room(self) -> None:
        """Where it is full, forget the oldest tenth."""
        over = self._index.execute("SELECT bytes - ? FROM room", [self.limit]).fetchone()[0]
        if over <= 0:
            return
        oldest, freed = [], 0
        for path, size in self._index.execute("SELECT path, bytes FROM pages ORDER BY born LIMIT 10000").fetchall():
            oldest.append(path)
            freed += size
            if freed >= over + self.limit // 10:
                break
        self._forget(oldest)

    def _write(self, file: Path, kept: Kept) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        if kept.is_text:
            _replace(file.with_name(file.name + ".gz"), gzip.compress(kept.body, 6, mtime=0))
        _replace(file, kept.body)

    def _delete(self, gone: set[int], spared: set[str]) -> list[str]:
        """Delete what shows anything of `gone`; which files those were."""
        paths: list[str] = []
        with self._complaining():
            listed = ",".join(map(str, gone)) or "NULL"
            rows = self._index.execute(f"SELECT DISTINCT path FROM shows WHERE place IN ({listed})").fetchall()  # noqa: S608
            paths += [path for (path,) in rows if path not in spared]
            self._forget(paths)
        return paths

    def _forget(self, paths: list[str]) -> None:
        for path in paths:
            for name in (path, f"{path}.gz"):
                (self.pages / name).unlink(missing_ok=True)
        index = self._index
        index.execute("BEGIN IMMEDIATE")
        for path in paths:
            row = index.execute("DELETE FROM pages WHERE path = ? RETURNING bytes, places", [path]).fetchone()
            if row:
                index.execute("UPDATE room SET bytes = bytes - ?", [row[0]])
                pairs = [(place, path) for place in json.loads(row[1])]
                index.executemany("DELETE FROM shows WHERE place = ? AND path = ?", pairs)
        index.execute("COMMIT")

    @contextmanager
    def _lock(self, kind: int, patience: float | None = None) -> Iterator[bool]:
        """Hold the lock: shared among writers of pages, alone for a purge. Whether it was had within `patience`."""
        file = os.open(self.root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if patience is None:
                fcntl.flock(file, kind)
                yield True
            else:
                yield _take(lambda: fcntl.flock(file, kind | fcntl.LOCK_NB), patience)
        finally:
            os.close(file)

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        """A full or broken disk costs the pages kept on it, and a line in the log each minute; never an answer."""
        try:
            yield
        except (OSError, sqlite3.Error) as error:
            with suppress(sqlite3.Error):
                if self._index.in_transaction:
                    self._index.execute("ROLLBACK")
            if time.monotonic() - self._complained > 60:
                self._complained = time.monotonic()
                log.error("Pages cannot be kept in %s: %s. They are rendered each time.", self.root, error)


def _replace(file: Path, body: bytes) -> None:
    draft = file.with_name(f"{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        draft.write_bytes(body)
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _take(attempt, patience: float) -> bool:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + patience
    while True:
        try:
            attempt()
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.002)


# A lock of the open file where there is one, so that threads exclude each other too: fcntl(2).
_LOCK_BYTES = getattr(fcntl, "F_OFD_SETLK", fcntl.F_SETLK)


def _one_byte(at: int) -> bytes:
    """A `struct flock` for a lock on the byte `at`, to write."""
    return struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, at, 1, 0)
