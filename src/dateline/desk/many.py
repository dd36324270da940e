"""One deed for several stories of the list. Each is asked for by itself: whether this person may, and whether it can."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied

from dateline.stories import actions
from dateline.stories.models import Story
from dateline.stories.refusals import Refused

from . import approval
from .permissions import may

MOST = 50  # stories, as many as a page of the list has


@require_http_methods(["GET", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Show which of the chosen stories the deed is for, and which not; then do it, and tell what was refused."""
    asked = request.POST if request.method == "POST" else request.GET
    deed = asked.get("deed", "")
    if deed not in _DEEDS or not request.user.has_perm("stories.publish_story"):
        return permission_denied(request)
    stories = list(_chosen(asked.getlist("story")))
    able = [story for story in stories if _DEEDS[deed].can(request.user, story)]
    if request.method == "POST":
        _do(request, deed, able, set(asked.getlist("seen")))
        return redirect("desk_story:list")
    context = {
        "deed": deed,
        "able": [(story, approval.seen(story)) for story in able],
        "unable": [story for story in stories if story not in able],
    }
    return render(request, "desk/many.html", context)


def _chosen(asked: Iterable[str]) -> Any:
    numbers = [int(text) for text in asked if text.isascii() and text.isdecimal() and len(text) < 19]
    return Story.objects.select_related("section", "locale").filter(pk__in=numbers[:MOST]).order_by("-touched_at")


def _do(request: HttpRequest, deed: str, stories: list[Story], seen: set[str]) -> None:
    """A story that was changed since the page was shown is left as it is."""
    done = 0
    for story in stories:
        if approval.seen(story) not in seen:
            messages.error(
                request, f"{story.pk}: {_('The story was changed meanwhile. Look at it once more, then decide.')}"
            )
            continue
        try:
            with transaction.atomic():
                _DEEDS[deed].do(story, request.user)
            done += 1
        except Refused as refusal:
            messages.error(request, str(refusal))
    if done:
        messages.success(request, _("Done for %(number)s stories.") % {"number": done})


class _Deed:
    def __init__(self, can: Callable[[Any, Story], bool], do: Callable[[Story, Any], Any]) -> None:
        self.can, self.do = can, do


_DEEDS = {
    "approve": _Deed(approval.may_approve, approval.approve),
    "spike": _Deed(lambda user, story: may(user, "spike", story), lambda story, user: actions.spike(story, by=user)),
}
