"""Pages that list stories: fronts, sections, topics, corrections, search."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from dateline.edge import headers, keys
from dateline.search.find import find
from dateline.stories import keyset
from dateline.stories.models import Current, CurrentTopic, Publication, Section, Topic
from dateline.stories.prepared import prepared, read

from .rendering import Sections, page

RIVER = 30  # stories on a page of a list
HITS = 20  # on a page of a search, each with a passage of its text
FRONT = 48  # newest stories among which a front chooses
SECONDS = 5  # beside the lead
FRONT_RIVER = 22  # below them
PER_SECTION = 4


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The edition's first page; with `?before=` the list of what is older. Three queries."""
    edition = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    if "before" in request.GET or "after" in request.GET:
        rows = Current.objects.filter(edition=edition, killed=False)
        listed = keyset.page(rows, request.GET, time="published_at", number="story_id", limit=RIVER)
        return _list(request, listed, key=keys.front(edition), kind="newest")
    stories = list(_newest(edition))
    sections = Sections()
    lead, seconds, river = _arrange(stories)
    return page(
        request,
        "pages/front.html",
        keys=[keys.front(edition), keys.TODAY],
        lead=lead,
        seconds=seconds,
        river=river,
        older=_older(stories, {story.pk for story in [*seconds, *river, lead] if story}),
        by_section=_newest_by_section(sections, edition, {story.pk for story in [lead, *seconds] if story}),
        sections=sections,
    )


@prepared(str)
def _newest(edition: str) -> QuerySet[Current]:
    return Current.objects.filter(edition=edition, killed=False).order_by("-published_at", "-story_id")[:FRONT]


def _arrange(stories: list[Current]) -> tuple[Current | None, list[Current], list[Current]]:
    """The lead: the most urgent, with a picture if there is one as urgent; then five seconds; then the river."""
    ranked = sorted(stories, key=lambda story: (story.urgency, story.picture is None, -story.published_at.timestamp()))
    top = ranked[: 1 + SECONDS]
    shown = {story.pk for story in top}
    rest = [story for story in stories if story.pk not in shown]
    return (top[0] if top else None), top[1:], rest[:FRONT_RIVER]


def _older(stories: list[Current], shown: set[int]) -> str | None:
    """Where the next page begins: behind the last story before which none is missing on the front.

    A second that is older than the river stands on both; none stands on neither.
    """
    gap = next((place for place, story in enumerate(stories) if story.pk not in shown), None)
    return keyset.write(stories[gap - 1].published_at, stories[gap - 1].pk) if gap else None


_NEWEST_IN_SECTION = (
    "SELECT story_id FROM (SELECT story_id FROM stories_current WHERE section_id = %s AND edition = %s AND NOT killed"  # noqa: S608
    f" AND story_id NOT IN ({', '.join(['%s'] * (1 + SECONDS))})"
    f" ORDER BY published_at DESC, story_id DESC LIMIT {PER_SECTION}) AS newest"
)


def _newest_by_section(sections: Sections, edition: str, shown: set[int]) -> list[tuple[Section, list[Current]]]:
    """The newest of each section but what the front shows above: one query, a short range of an index for each."""
    listed = [section for section in sections if section.in_navigation]
    if not listed:
        return []
    above = [*shown, *[0] * (1 + SECONDS - len(shown))]  # no story has the number 0
    params = [value for section in listed for value in (section.pk, edition, *above)]
    found: dict[int, list[Current]] = {}
    rows = read(Current, f"story_id IN ({' UNION ALL '.join([_NEWEST_IN_SECTION] * len(listed))})", params)
    for row in sorted(rows, key=lambda row: (row.published_at, row.pk), reverse=True):
        found.setdefault(row.section_id, []).append(row)
    return [(section, found[section.pk]) for section in listed if section.pk in found]


@require_safe
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section's stories, newest first. Two queries."""
    edition = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    sections = Sections()
    this = next((section for section in sections if section.slug == slug), None)
    if this is None:
        raise Http404("No such section.")
    rows = Current.objects.filter(section=this, edition=edition, killed=False)
    listed = keyset.page(rows, request.GET, time="published_at", number="story_id", limit=RIVER)
    return _list(request, listed, key=keys.section(this.slug), kind="section", this=this, sections=sections)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories about a topic, newest first. Three queries."""
    edition = request.LANGUAGE_CODE  # type: ignore[attr-defined]
    this = Topic.objects.filter(slug=slug).first()
    if this is None:
        raise Http404("No such topic.")
    rows = CurrentTopic.objects.filter(topic=this, edition=edition).select_related("story")
    listed = keyset.page(rows, request.GET, time="published_at", number="story_id", limit=RIVER)
    stories = keyset.Page([row.story for row in listed.rows], listed.older, listed.newer)
    return _list(request, stories, key=keys.topic(this.slug), kind="topic", this=this)


def _list(request: HttpRequest, listed: keyset.Page, *, key: str, **context: Any) -> HttpResponse:
    """A page of a list. It knows what it was turned to, since its own address is the one to keep."""
    turned = [(name, cursor) for name in ("before", "after") if keyset.read(cursor := request.GET.get(name))]
    turned_to = f"?{urlencode(turned[:1])}" if turned else ""
    return page(request, "pages/list.html", keys=[key, keys.TODAY], listed=listed, turned_to=turned_to, **context)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What we got wrong, in every edition: corrections and kills, newest first. Three queries."""
    rows = Publication.objects.filter(kind__in=["correct", "kill"])
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(seq__lt=int(before))
    found = list(rows.order_by("-seq")[: RIVER + 1])
    currents = Current.objects.in_bulk([publication.story_id for publication in found])
    return page(
        request,
        "pages/corrections.html",
        keys=[keys.CORRECTIONS],
        corrections=[(publication, currents[publication.story_id]) for publication in found[:RIVER]],
        older=found[RIVER - 1].seq if len(found) > RIVER else None,
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Stories by their words, the best match or the newest first, with the words marked. Three queries."""
    asked = {name: str(value).replace("\x00", "") for name, value in request.GET.items()}  # which no database takes
    query = asked.get("q", "").strip()
    sections = Sections()
    chosen = next((section for section in sections if section.slug == asked.get("section")), None)
    results = find(
        query,
        language=asked.get("language") or None,
        section_id=chosen.pk if chosen else None,
        since=_midnight(asked.get("from")),
        until=_midnight(asked.get("to"), days=1),
        newest=asked.get("order") == "newest",
        after=asked.get("after"),
        before=asked.get("before"),
        limit=HITS,
    )
    kept = {name: asked[name] for name in ("q", "section", "language", "from", "to", "order") if asked.get(name)}
    return page(
        request,
        "pages/search.html",
        keys=[keys.follower("search"), keys.TODAY],
        query=query,
        results=results,
        asked=kept,
        sections=sections,
    )


def _midnight(text: str | None, *, days: int = 0) -> datetime | None:
    """The newsroom's midnight at a date such as 2026-11-23; None where there is no such date."""
    try:
        day = datetime.strptime(text or "", "%Y-%m-%d") + timedelta(days=days)
        return timezone.make_aware(day)
    except (ValueError, OverflowError):
        return None


@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """The sections' colours as a style sheet: the pages themselves carry no styles. One query."""
    rules = [
        f'[data-section="{section.slug}"] {{ --section: {section.colour}; }}'
        for section in Section.objects.all()
        if _HEX.fullmatch(section.colour) and not set(section.slug) & set('"\\<\n')
    ]
    response = HttpResponse("\n".join(rules) + "\n", content_type="text/css")
    return headers.cacheable(request, response, keys=[keys.EVERYTHING], fresh=300)


_HEX = re.compile("#[0-9a-fA-F]{6}")
