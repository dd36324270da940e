"""A story's versions, and the words that changed between any two."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline.edge import keys
from dateline.stories import items, parts
from dateline.stories.models import Current, Publication

from . import body
from .rendering import page
from .story import gone

VERSIONS = 200  # the newest that the page lists


@require_safe
def history(request: HttpRequest, news_id: int) -> HttpResponse:
    """All public versions with their notes, and a comparison: `?from=1&to=3`, the last two otherwise. Four queries."""
    current = _current(news_id)
    if current.killed:
        return gone(request, current)
    versions = list(_public(news_id).order_by("-version")[:VERSIONS])
    numbers = [version.version for version in versions]
    new = _asked(request, "to", numbers, default=numbers[0])
    older = [number for number in numbers if number < new] or [new]
    old = _asked(request, "from", numbers, default=older[0])
    compared = {p.version: p for p in _public(news_id).filter(version__in=[old, new]).select_related("item")}
    return page(
        request,
        "pages/history.html",
        keys=[keys.story(news_id)],
        story=current,
        versions=versions,
        old=old,
        new=new,
        changes=parts.changes(_parts(compared[old]), _parts(compared[new])) if old != new else [],
    )


@require_safe
def version(request: HttpRequest, news_id: int, version: int) -> HttpResponse:
    """One version as it was. Three queries."""
    current = _current(news_id)
    if current.killed:
        return gone(request, current)
    publication = _public(news_id).filter(version=min(version, 2**31 - 1)).select_related("item").first()
    if publication is None:
        raise Http404(f"Story {news_id} has no version {version}.")
    item = items.read(publication.item.json or "{}")
    return page(
        request,
        "pages/version.html",
        keys=[keys.story(news_id)],
        story=current,
        publication=publication,
        erased=publication.item.json is None,
        headline=items.value(item, "headlines", "main"),
        summary=items.value(item, "descriptions", "summary"),
        dateline=items.value(item, "descriptions", "dateline"),
        byline=item.get("by", ""),
        body=body.without_related(items.value(item, "bodies", "html")),
    )


def _current(news_id: int) -> Current:
    current = Current.objects.filter(pk=news_id).first()
    if current is None:
        raise Http404(f"No story {news_id}.")
    return current


def _public(news_id: int):
    return Publication.objects.filter(story_id=news_id).exclude(kind=Publication.Kind.ADVANCE)


def _asked(request: HttpRequest, name: str, numbers: list[int], *, default: int) -> int:
    text = request.GET.get(name, "")
    number = int(text) if text.isdecimal() and len(text) < 10 else default
    return number if number in numbers else default


def _parts(publication: Publication) -> parts.Parts:
    return parts.of(items.read(publication.item.json or "{}"), note=publication.note)
