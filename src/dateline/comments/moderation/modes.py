"""How comments on a story are taken: open, held or closed; and until when.

A mode is set for the site, a section or a story. The most specific that is set wins; the days after which a thread
closes are looked up in the same way, and apart. Where nothing was set, every comment is held.

Whether a comment is taken in is asked of the database each time. A page only shows the form or a sentence instead: it
goes by what the process knows (`rules.Kept`), and is kept by the edge until a mode is set or the thread closes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from dateline.edge import keys
from dateline.edge.purging import purge
from dateline.stories.models import Current

from .rules import KEY, Kept, ModeSet

Mode = ModeSet.Mode
SITE = ""
# What is set for the story of the row `story`, in one value: asked along with what else is asked of a comment that comes in.
_HERE = """
SELECT {} FROM comments_modeset
WHERE in_force AND place IN ('story-' || story.story_id, 'section-' || story.section_id, '')"""
_SET = "place || ' ' || mode || ' ' || coalesce(CAST(days AS text), '')"
HERE = {
    "sqlite": _HERE.format(f"group_concat({_SET})"),
    "postgresql": _HERE.format(f"string_agg({_SET}, ',')"),
}
Set = tuple[str, int | None]  # the mode, "" where none is set here; and the days, None likewise


@dataclass(frozen=True)
class Standing:
    """How comments on one story are taken now."""

    mode: Mode = Mode.ALL
    closed: bool = False
    seconds: float | None = None  # until it closes by itself


def of_section(section_id: int) -> str:
    return f"section-{section_id}"


def of_story(news_id: int) -> str:
    return f"story-{news_id}"


def places(current: Current) -> list[str]:
    """Where a mode for this story may be set, the most specific first."""
    return [of_story(current.pk), of_section(current.section_id), SITE]


def read(here: str | None) -> dict[str, Set]:
    """What `HERE` found."""
    rows = (each.split(" ") for each in here.split(",")) if here else ()
    return {place: (mode, int(days) if days else None) for place, mode, days in rows}


def shown(current: Current) -> Standing:
    """As it was within the last five seconds. Mostly no query."""
    return settle(current, KEPT.get())


def show(request: HttpRequest, current: Current) -> Standing:
    """As `shown`, on a page that answers `request`: it is kept no longer than until the thread closes by itself."""
    found = shown(current)
    if found.seconds is not None:
        request.edge_keep = int(found.seconds)  # type: ignore[attr-defined]
    return found


def settle(current: Current, sets: Mapping[str, Set]) -> Standing:
    """What holds for `current` of all that is set."""
    found = [sets[place] for place in places(current) if place in sets]
    mode = Mode(next((mode for mode, _days in found if mode), Mode.ALL))
    days = next((days for _mode, days in found if days is not None), 0)
    left = (current.published_at + timedelta(days=days) - timezone.now()).total_seconds() if days else None
    if mode == Mode.CLOSED or (left is not None and left <= 0):
        return Standing(mode, closed=True)
    return Standing(mode, seconds=left)


def in_force(wanted: list[str] | None = None) -> dict[str, Set]:
    """What is set at these places, or at all."""
    rows = ModeSet.objects.filter(in_force=True)
    if wanted is not None:
        rows = rows.filter(place__in=wanted)
    return {place: (mode, days) for place, mode, days in rows.values_list("place", "mode", "days")}


def set_mode(place: str, mode: str, days: int | None, *, by: Any) -> None:
    """From now on comments at `place` are taken so. Nothing is written where they were already."""
    if in_force([place]).get(place, ("", None)) == (mode, days):
        return
    with transaction.atomic():
        ModeSet.objects.filter(place=place, in_force=True).update(in_force=False)
        ModeSet.objects.create(place=place, mode=mode, days=days, by=by)
        purge([KEY, _shown_on(place)])
    KEPT.forget()


def _shown_on(place: str) -> str:
    """What shows the mode of a place: a story's thread; of a section or the site any page may."""
    kind, _dash, number = place.partition("-")
    return keys.thread(int(number)) if kind == "story" else keys.EVERYTHING


def history(wanted: list[str], limit: int = 20) -> list[ModeSet]:
    """Who set what at these places, the last first."""
    return list(ModeSet.objects.filter(place__in=wanted).select_related("by").order_by("-id")[:limit])


KEPT: Kept[dict[str, Set]] = Kept(ModeSet, in_force)
