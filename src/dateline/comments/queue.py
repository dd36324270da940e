"""The moderators' queue at the desk: what is held, the oldest first; what was decided, the last first."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.stories.models import Current

from . import actions, paging
from .models import Comment
from .refusals import Refused
from .roles import PERMISSION

PAGE = 25
State = Comment.State
log = logging.getLogger(__name__)


@require_safe
@permission_required(PERMISSION)
def queue(request: HttpRequest) -> HttpResponse:
    """Comments in one state, `?state=held` where none is named. Three queries beside the desk's own."""
    state = State(asked) if (asked := request.GET.get("state", "")) in State.values else State.HELD
    listed = _list(state, request.GET)
    _place_under_stories(listed.rows)
    context = {
        "listed": listed,
        "state": state,
        "tabs": [(each, each.label, f"{reverse('comments_queue')}?state={each}") for each in State],
        "reasons": [reason for reason in Comment.Reason.choices if reason[0] != Comment.Reason.DELETED],
        "here": request.GET.urlencode(),
        "header_title": _("Comments"),
        "breadcrumbs_items": [{"url": reverse("comments_queue"), "label": _("Comments")}],
        "header_icon": "comment",
    }
    return render(request, "comments/queue.html", context)


@require_POST
@permission_required(PERMISSION)
def decide(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Approve or reject, and go on to the next comment where the queue was left."""
    get_object_or_404(Comment, pk=comment_id)
    asked = request.POST
    state = State.REJECTED if asked.get("decision") == "reject" else State.APPROVED
    try:
        comment = actions.decide(
            comment_id,
            state,
            by=request.user,
            was=asked.get("was", ""),
            reason=asked.get("reason", ""),
            edited=asked.get("edited", ""),
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        log.info("Comment %s on story %s: %s by %s.", comment.pk, comment.story_id, state, request.user)
        messages.success(request, _("Approved.") if state == State.APPROVED else _("Rejected."))
    return HttpResponseRedirect(f"{reverse('comments_queue')}?{asked.get('here', '')}#{asked.get('next') or 'queue'}")


def _list(state: State, asked: QueryDict) -> paging.Page:
    rows = Comment.objects.select_related("reader", "decided_by", "parent").prefetch_related("former")
    if state == State.HELD:
        return paging.page(rows.filter(decided_at=None), asked, oldest_first=True, limit=PAGE)
    return paging.page(rows.filter(state=state), asked, oldest_first=False, limit=PAGE, time="decided_at")


def _place_under_stories(comments: Any) -> None:
    """Give each comment the story it answers as it is out now, and the one that comes after it in the list."""
    stories = Current.objects.in_bulk({comment.story_id for comment in comments})
    for place, comment in enumerate(comments, 1):
        comment.under = stories[comment.story_id]
        comment.following = comments[place] if place < len(comments) else None
