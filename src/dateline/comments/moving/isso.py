"""Isso's database: the tables `threads` and `comments` of an SQLite file (isso 0.10 and later)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from .records import Bad, Reason, Record, State, Thread, key

_ACCEPTED, _PENDING, _DELETED = 1, 2, 4  # bits of `mode`
_COLUMNS = (
    "SELECT comments.id, comments.parent, comments.created, comments.mode, comments.text, comments.author,"
    " comments.email, comments.likes, threads.uri, threads.title FROM comments LEFT JOIN threads ON threads.id = comments.tid"
    " ORDER BY comments.id"
)


def fits(head: bytes) -> bool:
    return head.startswith(b"SQLite format 3\0")


def read(path: Path) -> Iterator[Record | Bad]:
    """Each comment, by number: what is answered stands before its answers. The file is only read."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")  # the file may be anybody's
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            for row in connection.execute(_COLUMNS):
                yield _comment(*row)
        except sqlite3.Error as error:
            yield Bad("the file", f"It is no whole database of Isso ({error}). Copy it while Isso is stopped.")


def _comment(number, parent, created, mode, text, author, email, likes, uri, title) -> Record | Bad:  # type: ignore[no-untyped-def]
    position = f"comment {number}"
    if not uri:
        return Bad(position, "Its thread is missing.", str(text or ""))
    try:
        at = datetime.fromtimestamp(float(created), UTC)
        # Numbers begin at 1 in each database: with its page and its moment, a comment's is nobody else's.
        state = _state(int(mode))
    except (TypeError, ValueError, OverflowError, OSError):
        return Bad(position, f"Its date '{created}' or mode '{mode}' is none.", str(text or ""))
    return Record(
        position=position,
        key=key("isso", uri, number),
        thread=Thread(link=str(uri), title=str(title or "")),
        text=str(text or ""),
        at=at,
        name=str(author or ""),
        person=str(email or ""),
        parent=key("isso", uri, parent) if parent else "",
        state=state,
        reason=Reason.BEFORE if state == State.REJECTED else "",
        valued=likes if isinstance(likes, int) else 0,
    )


def _state(mode: int) -> str:
    if mode & _DELETED:
        return State.REJECTED
    return State.HELD if mode & _PENDING else State.APPROVED
