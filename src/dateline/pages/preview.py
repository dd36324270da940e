"""A story as its readers will see it, before they do."""

from django.http import HttpRequest, HttpResponse

from dateline.stories import items
from dateline.stories.models import Current

from .story import show


def story(request: HttpRequest, current: Current, item: items.Item) -> HttpResponse:
    """The public page of an unsaved `current`, for the desk's preview only."""
    from django.utils import translation

    with translation.override(current.edition):
        request.LANGUAGE_CODE = current.edition  # type: ignore[attr-defined]
        response = show(request, current, item, [])
    response["Cache-Control"] = "no-store"
    return response
