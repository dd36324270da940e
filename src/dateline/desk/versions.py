"""Every version that left the building: the list, one of them, and the words that differ between any two."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_denied

from dateline.stories import cleaning, items, languages, parts
from dateline.stories.models import Publication, Story

from . import words
from .permissions import may

MOST = 200  # versions in one list, the newest


@require_safe
def versions(request: HttpRequest, news_id: int) -> HttpResponse:
    """The versions, newest first, and two of them compared: the newest two unless `from` and `to` say otherwise."""
    story = _story(request, news_id)
    if story is None:
        return permission_denied(request)
    rows = list(Publication.objects.filter(story_id=news_id).select_related("by").order_by("-version")[:MOST])
    numbers = [row.version for row in rows]
    new = _asked(request, "to", numbers) or (numbers[0] if numbers else None)
    old = _asked(request, "from", numbers) or (numbers[1] if len(numbers) > 1 else None)
    found = {
        row.version: row
        for row in Publication.objects.filter(story_id=news_id, version__in=[old, new]).select_related("item")
    }
    changes = parts.changes(words.within(found[old]), words.within(found[new])) if old and new else []
    context = {"story": story, "rows": rows, "old": old, "new": new, "changes": changes}
    deeds = {f"may_{deed}": may(request.user, deed, story) for deed in ("change", "kill")}
    return render(request, "desk/versions.html", context | deeds)


@require_safe
def version(request: HttpRequest, news_id: int, number: int) -> HttpResponse:
    """One version, word for word, for the desk; of a killed story too."""
    story = _story(request, news_id)
    if story is None:
        return permission_denied(request)
    publications = Publication.objects.select_related("by", "item")
    publication = get_object_or_404(publications, story_id=news_id, version=number)
    item = items.read(publication.item.json or "{}")
    body = cleaning.body(items.value(item, "bodies", "html"))  # cleaned when it went out, and once more
    context = {
        "story": story,
        "publication": publication,
        "erased": publication.item.json is None,
        "words": words.within(publication),
        "body": mark_safe(body),
        "language": story.language,
        "direction": languages.direction(story.language),
    }
    return render(request, "desk/version.html", context)


def _story(request: HttpRequest, news_id: int) -> Story | None:
    if not request.user.has_perm("stories.view_story"):
        return None
    return get_object_or_404(Story.objects.select_related("locale", "section"), pk=news_id)


def _asked(request: HttpRequest, name: str, numbers: list[int]) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 and int(text) in numbers else None
