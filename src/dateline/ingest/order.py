"""Whether an archive writes the day first or the month, which one date alone (04/03/2021) does not tell."""

from collections.abc import Iterator
from datetime import datetime

from . import dates
from .records import Bad, Record, Skipped

AHEAD, AHEAD_BYTES = 1000, 32 << 20  # how far the other dates of a file are looked at before one is settled


def read(text: str, *, language: str = "") -> datetime:
    """As `dates.read` does, for a date whose file is not settled yet: day first, if that is a date that can be."""
    try:
        return dates.read(text, language=language)
    except ValueError:
        if dates.order(text) != "either":
            raise
        return dates.read(text, language=language, month_first=True)


def settle(records: Iterator[Record | Bad | Skipped]) -> Iterator[Record | Bad | Skipped]:
    """The records of one file; a date that may be two is read as the file's other dates are, or flagged."""
    seen: set[str] = set()
    held: list[Record | Bad | Skipped] = []
    size = 0
    try:
        for record in records:
            order = dates.order(record.date) if isinstance(record, Record) else ""
            seen |= {order} - {"", "either"}
            if not held and order != "either":
                yield record
                continue
            held.append(record)
            size += len(record.raw)
            if len(held) >= AHEAD or size >= AHEAD_BYTES:
                yield from _settled(held, seen)
                held, size = [], 0
    except Exception:  # a parser that breaks down: those before it arrive
        yield from _settled(held, seen)
        raise
    yield from _settled(held, seen)


def _settled(held: list[Record | Bad | Skipped], seen: set[str]) -> Iterator[Record | Bad | Skipped]:
    for record in held:
        if isinstance(record, Record) and dates.order(record.date) == "either":
            _decide(record, seen)
        yield record


def _decide(record: Record, seen: set[str]) -> None:
    if seen == {"month"}:
        try:
            record.published_at = dates.read(record.date, language=record.language, month_first=True)
            return
        except ValueError:
            pass  # it can only be the other
    if seen != {"day"}:
        record.doubt(f"Its date '{record.date[:40]}' may be two; it was read as {record.published_at:%d %B %Y}.")
