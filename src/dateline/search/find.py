"""Find what is published.

    results = find("harbour strike", language="en", after=request.GET.get("after"))
    for hit in results.hits: hit.headline, hit.excerpt, hit.current

The best or the newest first, a page at a time, in two statements whatever the size of the archive or the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet
from markupsafe import Markup

from dateline.stories import items
from dateline.stories.models import Current
from dateline.stories.prepared import prepared

from . import engines, marks, questions
from .engines import Found, Tier
from .models import EVERYWHERE, first_place
from .questions import Where
from .words import facet

MOST_HITS = 100


@dataclass(frozen=True)
class Hit:
    """A story that was found. Both texts are in the story's language: show them with its `lang` and `dir`."""

    news_id: int
    current: Current
    headline: Markup  # what was looked for in <mark>
    excerpt: Markup


@dataclass(frozen=True)
class Results:
    """A page of hits; `next` and `previous` are cursors for `find`, None where there is no more."""

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
    newest: bool = False,
    after: str | None = None,
    before: str | None = None,
    limit: int = 20,
) -> Results:
    """What is out and answers `query` (see `questions.py`), published from `since` on and before `until`.

    First the stories whose headline has all the words, then the others, each newest first; with `newest` all of them
    together. `after` gives the hits that follow that cursor, `before` those in front of it. A cursor that makes no
    sense is taken for none. A query without a word finds nothing. Nothing that can be typed raises.
    """
    question = questions.ask(query)
    if not question:
        return Results([], None, None)
    limit = max(1, min(limit, MOST_HITS))
    lowest = first_place(since) if since else -EVERYWHERE
    highest = first_place(until) if until else EVERYWHERE
    order = NEWEST if newest or not question.wanted else BEST
    tiers = [Tier(where, lowest, highest) for where in order]
    behind, ahead = _read_cursor(after, order), _read_cursor(before, order)
    backwards = behind is None and ahead is not None
    tiers = _beyond(tiers, behind or ahead, backwards)
    found = engines.ask(question, facets_of(language, edition, section_id), tiers, limit + 1, backwards=backwards)
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    has_next, has_previous = (bool(found), more) if backwards else (more, behind is not None)
    return Results(
        _hits(question, [entry.news_id for entry in found]),
        _cursor(found[-1]) if found and has_next else None,
        _cursor(found[0]) if found and has_previous else None,
    )


BEST = (Where.HEADLINE, Where.ELSEWHERE)
NEWEST = (Where.ANYWHERE,)


def facets_of(language: str | None, edition: str | None, section_id: int | None) -> list[str]:
    given = (("lang", language), ("ed", edition), ("sec", section_id))
    return [facet(name, str(value)) for name, value in given if value not in (None, "")]


def _beyond(tiers: list[Tier], cursor: tuple[int, int] | None, backwards: bool) -> list[Tier]:
    """What of the tiers lies behind the cursor, or in front of it; in the order in which it is read."""
    if cursor is None:
        return tiers
    number, place = cursor
    if backwards:
        at = tiers[number]._replace(lowest=max(tiers[number].lowest, place + 1))
        return [at, *reversed(tiers[:number])]
    return [tiers[number]._replace(highest=min(tiers[number].highest, place)), *tiers[number + 1 :]]


def _hits(question: questions.Question, news_ids: list[int]) -> list[Hit]:
    """The stories as they are now; those that were killed since they were indexed are left out."""
    rows = _rows(*news_ids, *[0] * (MOST_HITS - len(news_ids))) if news_ids else []  # no story has the number 0
    by_id = {row.pk: row for row in rows}
    marker = marks.Marker(question.wanted)
    return [_hit(marker, by_id[news_id]) for news_id in news_ids if news_id in by_id]


@prepared(*[int] * MOST_HITS)
def _rows(*news_ids: int) -> QuerySet[Current]:
    rows = Current.objects.filter(pk__in=news_ids, killed=False).defer("picture", "translation_key", "dateline")
    return rows.annotate(item_json=F("publication__item__json"))


def _hit(marker: marks.Marker, current: Current) -> Hit:
    text = items.text(current.item_json or "")  # type: ignore[attr-defined]
    texts = [text, current.summary, current.byline, current.kicker, current.place]
    return Hit(current.pk, current, marker.marked(current.headline), marker.excerpt(texts))


def _cursor(found: Found) -> str:
    """The place, and whether it is in the second tier."""
    return f"{found.place:x}{'z' if found.where is Where.ELSEWHERE else ''}"


def _read_cursor(text: str | None, order: Sequence[Where]) -> tuple[int, int] | None:
    """The number of a tier, and a place in it; in another order than the cursor's, of the tier that there is."""
    text = text or ""
    try:
        place = int(text.removesuffix("z"), 16) if len(text) <= 20 else None
    except ValueError:
        return None
    tier = min(int(text.endswith("z")), len(order) - 1)
    return (tier, place) if place is not None and abs(place) < EVERYWHERE else None
