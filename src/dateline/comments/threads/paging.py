"""Pages of comments, newest, oldest or most valued first: by keyset (stories/keyset.py), so the last is as quick as the first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from dateline.stories import keyset

_BEGINNING = "0.0"


@dataclass(frozen=True)
class Page:
    """Comments in order, and what to add to the address for the pages beside this one; "" where there is none."""

    rows: Sequence
    next: str
    previous: str


def page(rows: QuerySet, asked: QueryDict, *, oldest_first: bool, limit: int, time: str = "created_at") -> Page:
    """One page of `rows`, in the order of the field `time`, as `?before=` or `?after=` ask. One query."""
    if not oldest_first:
        found = keyset.page(rows, asked, time=time, number="id", limit=limit)
        return Page(found.rows, _link("before", found.older), _link("after", found.newer))
    first = not (keyset.read(asked.get("before")) or keyset.read(asked.get("after")))
    if first:
        asked = QueryDict(f"after={_BEGINNING}")
    found = keyset.page(rows, asked, time=time, number="id", limit=limit)
    return Page(found.rows[::-1], _link("after", found.newer), "" if first else _link("before", found.older))


def first(newest: Sequence, *, limit: int) -> Page:
    """The first page of `newest`, which are one more than `limit` where there is another."""
    last = newest[limit - 1] if len(newest) > limit else None
    return Page(newest[:limit], _link("before", keyset.write(last.created_at, last.pk) if last else None), "")


def most_valued(rows: QuerySet, asked: QueryDict, *, limit: int) -> Page:
    """One page of `rows`, the most valued first, of equals the newest. One query."""
    found = keyset.page(rows, asked, time="valued", number="id", limit=limit, scale=keyset.NUMBERS)
    return Page(found.rows, _link("before", found.older), _link("after", found.newer))


def _link(name: str, cursor: str | None) -> str:
    return f"{name}={cursor}" if cursor else ""
