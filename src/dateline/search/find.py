"""Find stories that are out by their words, newest first."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from dateline.stories.models import Current

from .engines import engine, news_id_at, position
from .index import texts
from .marking import excerpt, mark
from .query import parse

_LOWEST, _HIGHEST = -(1 << 62), 1 << 62


@dataclass(frozen=True)
class Hit:
    news_id: int
    current: Current
    headline: Markup  # the words that were asked for in <mark>, the rest escaped
    excerpt: Markup


@dataclass(frozen=True)
class Results:
    hits: list[Hit]
    next: str | None = None  # older: `find(after=...)`
    previous: str | None = None  # newer: `find(before=...)`


def find(
    query: str,
    *,
    language: str | None = None,
    edition: str | None = None,
    section_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: str | None = None,
    before: str | None = None,
    limit: int = 20,
) -> Results:
    """A page of the stories that answer `query`: one query to the index and one for the stories.

    A cursor that we did not give gives the first page.
    """
    facets = [
        f"{name} {value}"
        for name, value in (("lang", language), ("edition", edition), ("section", section_id))
        if value is not None
    ]
    question = parse(query, facets=facets)
    if question is None:
        return Results([])
    low = position(since, 0) - 1 if since else _LOWEST
    high = position(until, 0) if until else _HIGHEST
    newer = _read(before) if not after else None
    older = _read(after)
    page = engine().find(
        question,
        low=max(low, newer) if newer is not None else low,
        high=min(high, older) if older is not None else high,
        newest_first=newer is None,
        limit=limit + 1,
    )
    more, page = len(page) > limit, page[:limit]
    if newer is not None:
        page.reverse()
    if not page:
        return Results([])
    return Results(
        _hits(page, question.phrases),
        next=_write(page[-1]) if more or newer is not None else None,
        previous=_write(page[0]) if older is not None or (newer is not None and more) else None,
    )


def _hits(page: list[int], phrases: object) -> list[Hit]:
    rows = Current.objects.filter(pk__in=[news_id_at(place) for place in page], killed=False)
    found = {current.pk: current for current in rows.select_related("publication__item")}
    wanted = {word for phrase in phrases for word in phrase}  # type: ignore[attr-defined]
    hits = []
    for place in page:
        # A story that was killed since the index looked is left out.
        if current := found.get(news_id_at(place)):
            headline, _, summary, *_, body = texts(current)
            hits.append(Hit(current.pk, current, mark(headline, wanted), excerpt([summary, body], wanted)))
    return hits


def _write(place: int) -> str:
    return format(place, "x")


def _read(cursor: str | None) -> int | None:
    try:
        place = int(cursor, 16) if cursor else None
    except ValueError:
        return None
    return place if place is not None and _LOWEST < place < _HIGHEST else None
