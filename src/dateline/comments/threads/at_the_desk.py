"""A story's thread at the desk: what readers see of it, where the newsroom picks letters and writes its own."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from dateline.stories.models import Current

from ..models import Comment
from ..refusals import Refused
from ..roles import PERMISSION
from . import newsroom, paging
from .forms import CommentForm

PAGE = 25
log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PERMISSION)
def thread(request: HttpRequest, news_id: int) -> HttpResponse:
    """GET: the approved comments on a story, replies too, newest first. POST: a comment of the newsroom."""
    current = get_object_or_404(Current, pk=news_id)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _write(request, current, form.cleaned_data):
        return HttpResponseRedirect(reverse("comments_on", args=[current.pk]))
    rows = Comment.objects.filter(story_id=current.pk, state=Comment.State.APPROVED).select_related("parent", "staff")
    context = {
        "story": current,
        "listed": paging.page(rows, request.GET, oldest_first=False, limit=PAGE, time="decided_at"),
        "form": form,
        "header_title": _("Comments"),
        "header_icon": "comment",
        "breadcrumbs_items": [
            {"url": reverse("comments_queue"), "label": _("Comments")},
            # Not the headline, which stands beneath: Wagtail's line has one direction, and cuts what does not fit in it.
            {"url": reverse("comments_on", args=[current.pk]), "label": f"{_('News ID')} {current.pk}"},
        ],
    }
    return render(request, "comments/on_story.html", context, status=200 if request.method != "POST" else 422)


def _write(request: HttpRequest, current: Current, sent: dict[str, Any]) -> bool:
    try:
        made = newsroom.write(
            current, by=request.user, text=sent["comment"], parent_id=sent["parent"], form=sent["form"]
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    log.info("Comment %s on story %s by the newsroom: %s.", made.pk, made.story_id, request.user)
    messages.success(request, _("Your comment is published."))
    return True


@require_POST
@permission_required(PERMISSION)
def pick(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Set a comment at the head of its thread, or with `deed=unpick` take it from there; then go on where one was."""
    comment = get_object_or_404(Comment, pk=comment_id)
    asked = request.POST
    try:
        if asked.get("deed") == "unpick":
            newsroom.unpick(comment_id)
            messages.success(request, _("No longer picked."))
        else:
            newsroom.pick(comment_id, by=request.user, was=asked.get("was", ""))
            messages.success(request, _("Picked."))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        log.info("Comment %s: %s by %s.", comment_id, asked.get("deed"), request.user)
    if "here" in asked:
        here = f"{reverse('comments_queue')}?{asked['here']}#{asked.get('next') or 'queue'}"
    else:
        here = f"{reverse('comments_on', args=[comment.story_id])}#comment-{comment_id}"
    return HttpResponseRedirect(here)
