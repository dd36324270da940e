"""What has to be remembered while a file is read, on the disk: memory does not grow with the file."""

import json
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from .records import MOMENTS, Record, Thread


class Shelf:
    """Threads by their number, records that wait for what they answer, and keys that a dry run took in."""

    def __init__(self) -> None:
        self._file = tempfile.NamedTemporaryFile(prefix="dateline-", suffix=".shelf")  # noqa: SIM115
        self._database = sqlite3.connect(self._file.name, isolation_level=None)
        self._database.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE thread (number TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID;"
            "CREATE TABLE waiting (place INTEGER PRIMARY KEY, record TEXT);"
            "CREATE TABLE taken (key TEXT PRIMARY KEY, news_id INTEGER) WITHOUT ROWID;"
            "CREATE TABLE slug (slug TEXT, news_id INTEGER); CREATE INDEX slug_slug ON slug (slug);"
        )

    def close(self) -> None:
        self._database.close()
        self._file.close()

    def keep_thread(self, number: str, thread: Thread) -> None:
        self._database.execute("INSERT OR REPLACE INTO thread VALUES (?, ?)", (number, json.dumps(asdict(thread))))

    def thread(self, number: str) -> Thread | None:
        found = self._database.execute("SELECT said FROM thread WHERE number = ?", (number,)).fetchone()
        return Thread(**json.loads(found[0])) if found else None

    def wait(self, record: Record) -> None:
        self._database.execute("INSERT INTO waiting (record) VALUES (?)", (json.dumps(record.plain()),))

    def waiting(self) -> Iterator[Record]:
        """Take down what waits, in the order in which it came. What waits again is not given twice."""
        last = self._database.execute("SELECT max(place) FROM waiting").fetchone()[0] or 0
        place = 0
        while rows := self._database.execute(
            "SELECT place, record FROM waiting WHERE place > ? AND place <= ? ORDER BY place LIMIT 500", (place, last)
        ).fetchall():
            place = rows[-1][0]
            self._database.execute("DELETE FROM waiting WHERE place <= ?", (place,))
            yield from (self._record(text) for _, text in rows)

    def _record(self, text: str) -> Record:
        said = json.loads(text)
        said["thread"] = Thread(**said["thread"])
        said |= {name: datetime.fromisoformat(said[name]) for name in MOMENTS if said[name]}
        record = Record(**said)
        found = self.thread(record.thread.number) if record.thread.number else None
        return replace(record, thread=found) if found else record

    def take(self, taken: Sequence[tuple[str, int]]) -> None:
        self._database.executemany("INSERT OR IGNORE INTO taken VALUES (?, ?)", taken)

    def taken(self, key: str) -> int | None:
        """The story of a comment that a dry run would have taken in."""
        found = self._database.execute("SELECT news_id FROM taken WHERE key = ?", (key,)).fetchone()
        return int(found[0]) if found else None

    def keep_slugs(self, rows: Iterator[tuple[str, int]]) -> None:
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO slug VALUES (?, ?)", rows)
        self._database.execute("COMMIT")

    def of_slug(self, slug: str) -> list[int]:
        """The stories with this slug: the first two, since one too many is no answer."""
        rows = self._database.execute("SELECT news_id FROM slug WHERE slug = ? LIMIT 2", (slug,))
        return [news_id for (news_id,) in rows]
