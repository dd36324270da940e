"""Find what is published.

    results = find("harbour strike", language="en", after=request.GET.get("after"))
    for hit in results.hits: hit.headline, hit.excerpt, hit.current

Newest first, a page at a time, in two statements whatever the size of the archive or the page.
"""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from dateline.stories import items
from dateline.stories.models import Current

from . import engines, marks, questions
from .models import first_place
from .words import facet

MOST_HITS = 100


@dataclass(frozen=True)
class Hit:
    """A story that was found. Both texts are in the story's language: show them with its `lang` and `dir`."""

    news_id: int
    current: Current  # with its section
    headline: Markup  # what was looked for in <mark>
    excerpt: Markup


@dataclass(frozen=True)
class Results:
    """A page of hits, newest first; `next` and `previous` are cursors for `find`, None where there is no more."""

    hits: list[Hit]
    next: str | None
    previous: str | None


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
    """What is out and answers `query` (see `questions.py`), published from `since` on and before `until`.

    `after` gives the hits that follow that cursor, `before` those in front of it. A cursor that makes no sense is
    taken for none. A query without a word finds nothing. Nothing that can be typed raises.
    """
    question = questions.ask(query)
    if not question:
        return Results([], None, None)
    facets = [
        facet(name, str(value))
        for name, value in (("lang", language), ("ed", edition), ("sec", section_id))
        if value not in (None, "")
    ]
    limit = max(1, min(limit, MOST_HITS))
    lowest = first_place(since) if since else -_EVERYWHERE
    highest = first_place(until) if until else _EVERYWHERE
    place_after, place_before = _read_cursor(after), _read_cursor(before)
    backwards = place_after is None and place_before is not None
    if place_after is not None:
        highest = min(highest, place_after)
    elif place_before is not None:
        lowest = max(lowest, place_before + 1)
    found = engines.ask(question, facets, engines.Range(lowest, highest, limit + 1, backwards))
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    has_next, has_previous = (bool(found), more) if backwards else (more, place_after is not None)
    return Results(
        _hits(question, [news_id for _, news_id in found]),
        _cursor(found[-1][0]) if found and has_next else None,
        _cursor(found[0][0]) if found and has_previous else None,
    )


_EVERYWHERE = 2**63 - 1


def _hits(question: questions.Question, news_ids: list[int]) -> list[Hit]:
    """The stories as they are now; those that were killed since they were indexed are left out."""
    rows = Current.objects.filter(pk__in=news_ids, killed=False).select_related("section", "publication__item")
    by_id = {row.pk: row for row in rows} if news_ids else {}
    marker = marks.Marker(question.wanted)
    return [_hit(marker, by_id[news_id]) for news_id in news_ids if news_id in by_id]


def _hit(marker: marks.Marker, current: Current) -> Hit:
    item = items.read(current.publication.item.json or "{}")
    texts = [items.value(item, "bodies", "text"), current.summary, current.byline, current.kicker, current.place]
    return Hit(current.pk, current, marker.marked(current.headline), marker.excerpt(texts))


def _cursor(place: int) -> str:
    return format(place, "x")


def _read_cursor(text: str | None) -> int | None:
    try:
        place = int(text or "", 16) if len(text or "") <= 20 else None
    except ValueError:
        return None
    return place if place is not None and abs(place) < _EVERYWHERE else None
