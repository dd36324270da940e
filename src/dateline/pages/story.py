"""The page of a story."""

from collections.abc import Sequence
from typing import Protocol

from django.db.models import Case, F, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dateline.edge import headers, keys
from dateline.stories import items
from dateline.stories.models import Current, CurrentRelated, PublishedItem
from dateline.stories.prepared import prepared

from . import body, linked_data
from .rendering import Sections
from .rendering import page as render


class Part(Protocol):
    """What another room places under a story: at most one query, safe HTML."""

    def __call__(self, request: HttpRequest, current: Current) -> SafeString: ...


@require_safe
def page(request: HttpRequest, news_id: int, slug: str, beneath: Sequence[Part] = ()) -> HttpResponse:
    """A story as it is out now: 410 with the advisory once killed. Any other address of it leads here.

    Three queries: the story with its neighbours, the sections, and what lies beneath.
    """
    current, neighbours = _with_neighbours(news_id)
    if current is None:
        raise Http404(f"No story {news_id}.")
    if current.killed:
        return gone(request, current)
    if request.path != _unquoted(current):
        return headers.cacheable(request, _moved(current), keys=[keys.story(news_id)])
    item: str | None = current.item  # type: ignore[attr-defined]  # annotated
    return show(request, current, items.read(item or "{}"), neighbours, beneath)


def show(
    request: HttpRequest,
    current: Current,
    item: items.Item,
    neighbours: Sequence[Current],
    beneath: Sequence[Part] = (),
) -> HttpResponse:
    """Render a story's page from what is out, or from a preview of it."""
    sections = Sections()
    out = {other.pk: other for other in neighbours if not other.killed}
    translations = [other for other in out.values() if other.translation_key == current.translation_key]
    related = [other for other in out.values() if other not in translations]
    return render(
        request,
        "pages/story.html",
        keys=[keys.story(current.pk), keys.thread(current.pk)],
        story=current,
        item=item,
        body=body.html(current, item, out),
        topics=[subject for subject in item.get("subjects", []) if subject["rel"] == "topic"],
        sources=item.get("infosources", []),
        section=sections.get(current.section_id),
        translations=translations,
        related=related,
        alternates=[current, *translations] if translations else [],
        linked_data=linked_data.article(current, item),
        editors_note=items.editors_note(item, _correction(current)),
        beneath=[part(request, current) for part in beneath],
        sections=sections,
    )


def gone(request: HttpRequest, current: Current) -> HttpResponse:
    """410: the story was killed; why, and a way on. None of its words."""
    return render(
        request,
        "pages/killed.html",
        status=410,
        keys=[keys.story(current.pk), keys.front(current.edition)],
        story=current,
        advisory=current.corrections[-1],
        newest=newest(current.edition),
    )


def newest(edition: str) -> list[Current]:
    """A few stories for those who found none where they looked."""
    return list(Current.objects.filter(edition=edition, killed=False).order_by("-published_at", "-story_id")[:6])


@require_safe
def ninjs(request: HttpRequest, news_id: int) -> HttpResponse:
    """The item of the newest version as it is stored, byte for byte. One query."""
    item = PublishedItem.objects.filter(
        publication__in=Current.objects.filter(pk=news_id).values("publication")
    ).first()
    if item is None or item.json is None:
        raise Http404(f"No story {news_id}.")
    response = HttpResponse(item.json, content_type="application/json")
    return headers.cacheable(request, response, keys=[keys.story(news_id)])


def _with_neighbours(news_id: int) -> tuple[Current | None, list[Current]]:
    """The story, those it points to, and its translations: one query, each found by an index."""
    rows = list(_story_and_neighbours(news_id))
    current = next((row for row in rows if row.pk == news_id), None)
    return current, [row for row in rows if row.pk != news_id]


@prepared(int)
def _story_and_neighbours(news_id: int) -> QuerySet[Current]:
    """Each as it is out; the story itself with the text of its item as `item`."""
    one = Current.objects.filter(pk=news_id)
    wanted = one.values("pk").union(
        CurrentRelated.objects.filter(source_id=news_id).values("target_id"),
        Current.objects.filter(translation_key__in=one.values("translation_key")).values("pk"),
    )
    item = Case(When(pk=news_id, then=F("publication__item__json")))
    return Current.objects.filter(pk__in=wanted).annotate(item=item)


def _correction(current: Current) -> str:
    """The note of the version that is out, where it is a correction: it stands among the corrections already."""
    newest = current.corrections[-1] if current.corrections else None
    return newest["note"] if newest and newest["version"] == current.version else ""


def _unquoted(current: Current) -> str:
    from urllib.parse import unquote

    return unquote(current.get_absolute_url())


def _moved(current: Current) -> HttpResponse:
    return HttpResponsePermanentRedirect(current.get_absolute_url())
