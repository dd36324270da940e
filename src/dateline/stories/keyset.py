"""Lists that are as quick on their last page as on their first: no counting, no offset."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import QueryDict

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """Rows newest first, and the cursors of the pages beside it; None where there is none."""

    rows: Sequence[Any]
    older: str | None
    newer: str | None


class Scale(NamedTuple):
    """How the first field's values are read from a cursor, and written in one."""

    read: Callable[[str | None], tuple[Any, int] | None]
    write: Callable[[Any, int], str]


def page(rows: QuerySet, asked: QueryDict, *, time: str, number: str, limit: int, scale: Scale | None = None) -> Page:
    """One page of `rows`, newest first by the fields `time` and `number`, as `?before=` or `?after=` ask.

    One query, which an index on (-time, -number) answers. A cursor that we did not give gives the first page. Where
    `time` holds no moments but numbers, the greatest first, `scale` is NUMBERS.
    """
    scale = scale or MOMENTS
    before, after = scale.read(asked.get("before")), scale.read(asked.get("after"))
    if after and not before:
        found = list(rows.filter(_beyond(time, number, after, "gt")).order_by(time, number)[: limit + 1])
        more, found = len(found) > limit, found[:limit][::-1]
        return Page(
            found, _cursor(found[-1:], time, number, scale), _cursor(found[:1], time, number, scale) if more else None
        )
    if before:
        rows = rows.filter(_beyond(time, number, before, "lt"))
    found = list(rows.order_by(f"-{time}", f"-{number}")[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    return Page(
        found,
        _cursor(found[-1:], time, number, scale) if more else None,
        _cursor(found[:1], time, number, scale) if before else None,
    )


def write(time: datetime, number: int) -> str:
    return f"{(time - _EPOCH) // timedelta(microseconds=1):x}.{number:x}"


def read(cursor: str | None) -> tuple[datetime, int] | None:
    try:
        time, number = (int(part, 16) for part in (cursor or "").split("."))
        return _EPOCH + timedelta(microseconds=time), min(number, 2**62)
    except (ValueError, OverflowError):
        return None


def write_number(value: int, number: int) -> str:
    return f"{value:x}.{number:x}"


def read_number(cursor: str | None) -> tuple[int, int] | None:
    try:
        value, number = (int(part, 16) for part in (cursor or "").split("."))
    except ValueError:
        return None
    return (min(value, 2**31 - 1), min(number, 2**62)) if min(value, number) >= 0 else None


MOMENTS = Scale(read, write)
NUMBERS = Scale(read_number, write_number)


def _beyond(time: str, number: str, place: tuple[Any, int], side: str) -> Q:
    """A row value comparison that both engines answer as one range of the index."""
    at, row = place
    return Q(**{f"{time}__{side}e": at}) & (Q(**{f"{time}__{side}": at}) | Q(**{f"{number}__{side}": row}))


def _cursor(rows: Sequence[Any], time: str, number: str, scale: Scale) -> str | None:
    return scale.write(_value(rows[0], time), _value(rows[0], number)) if rows else None


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
