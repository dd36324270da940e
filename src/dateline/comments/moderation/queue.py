"""The moderators' lists at the desk: each queue 25 at a time, to look things up and to act on many at once."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from .. import actions
from ..models import Comment
from ..refusals import AlreadyDecided, LeasedToAnother, Refused
from ..roles import PERMISSION
from ..threads import paging
from . import bans, beside, queues, statements

PAGE = 25
MOST = 100  # comments acted on at once
State = Comment.State
log = logging.getLogger(__name__)


@require_safe
@permission_required(PERMISSION)
def queue(request: HttpRequest) -> HttpResponse:
    """The comments of one queue, `?state=held` where none is named. Three queries beside the desk's own."""
    shown = queues.asked(request.GET.get("state"))
    rows = shown.rows(request.user)
    listed = paging.page(rows, request.GET, oldest_first=shown.oldest_first, limit=PAGE, time=shown.time)
    beside.place(listed.rows, request.user)
    here = request.GET.urlencode()
    return render(request, "comments/queue.html", frame(shown) | {"listed": listed, "state": shown.name, "here": here})


@require_POST
@permission_required(PERMISSION)
def decide(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Approve or reject, ban perhaps, and go on where the queue was left. A script is answered in JSON."""
    get_object_or_404(Comment, pk=comment_id)
    asked = request.POST
    refused: Refused | None = None
    try:
        said = act(asked, comment_id, was=asked.get("was", ""), seen=number(asked.get("seen")), by=request.user)
    except Refused as refusal:
        refused, said = refusal, str(refusal)
    if _is_script(request):
        gone = isinstance(refused, AlreadyDecided | LeasedToAnother)
        return JsonResponse({"said": said, "done": refused is None, "gone": gone})
    (messages.error if refused else messages.success)(request, said)
    return HttpResponseRedirect(_back(asked))


@require_POST
@permission_required(PERMISSION)
def undo(request: HttpRequest) -> HttpResponse:
    """Take back one's last decision; the comment lies before oneself again."""
    try:
        comment = actions.undo(by=request.user)
    except Refused as refused:
        answer = {"said": str(refused), "done": False}
        messages.error(request, str(refused)) if not _is_script(request) else None
    else:
        log.info("Comment %s: the last decision of %s was taken back.", comment.pk, request.user)
        answer = {"said": _("Taken back."), "done": True, "comment": comment.pk}
        messages.success(request, _("Taken back.")) if not _is_script(request) else None
    return JsonResponse(answer) if _is_script(request) else HttpResponseRedirect(_back(request.POST))


@require_POST
@permission_required(PERMISSION)
def many(request: HttpRequest) -> HttpResponse:
    """Approve or reject those that were ticked, each in its own transaction, and say of each what became of it."""
    asked = request.POST
    results = []
    for ticked in asked.getlist("comment")[:MOST]:
        comment_id, _dot, rest = ticked.partition(".")
        was, _dot, seen = rest.partition(".")
        comment = Comment.objects.filter(pk=number(comment_id) or 0).first()
        if comment is None:
            continue
        try:
            said, done = act(asked, comment.pk, was=was, seen=number(seen), by=request.user), True
        except Refused as refused:
            said, done = str(refused), False
        results.append({"comment": comment, "said": said, "done": done})
    context = frame(queues.asked(asked.get("state"))) | {"results": results, "back": _back(asked)}
    return render(request, "comments/many.html", context)


def act(asked: Any, comment_id: int, *, was: str, seen: int | None, by: Any) -> str:
    """What the form asks for, done to one comment; what the moderator is told. Raises what the verbs refuse."""
    how = {"was": was, "seen": seen, "reason": asked.get("reason", ""), "words": asked.get("words", "")[:2_000]}
    if asked.get("decision") != "reject":
        state, said = State.APPROVED, _("Approved.")
        actions.decide(comment_id, state, by=by, was=was, seen=seen)
    elif asked.get("term"):
        state, said = State.REJECTED, _("Rejected, and its reader banned.")
        bans.ban(comment_id, asked["term"], by=by, **how)
    else:
        state, said = State.REJECTED, _("Rejected.")
        actions.decide(comment_id, state, by=by, **how)
    log.info("Comment %s: %s by %s.", comment_id, state, by)
    return said


def frame(shown: queues.Queue) -> dict[str, Any]:
    """What every screen of the moderators shows."""
    lists = reverse("comments_queue")
    return {
        "queue": shown,
        "tabs": [(each.name, each.label, f"{lists}?state={each.name}") for each in queues.QUEUES.values()],
        "reasons": statements.choices(),
        "terms": [(name, label) for name, (label, _length) in bans.TERMS.items()],
        "header_title": _("Comments"),
        "breadcrumbs_items": [{"url": lists, "label": _("Comments")}],
        "header_icon": "comment",
    }


def number(text: str | None) -> int | None:
    """A number that we wrote into a form; None for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _back(asked: Any) -> str:
    """Where the form was: a list, at the comment that came next, or the page that gives one after another."""
    page = reverse("comments_read") if asked.get("back") == "read" else reverse("comments_queue")
    return f"{page}?{asked.get('here', '')}#{asked.get('next') or 'queue'}"
