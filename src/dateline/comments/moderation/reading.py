"""Reading one comment after another at the desk, each large and with what stands beside it, by keyboard alone.

A few comments are leased ahead, so that the next is there at once (leases.py); `queue.js` shows them one by one.
Without JavaScript the page gives one, and its forms lead to the next.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from ..models import Comment
from ..roles import PERMISSION
from . import beside, leases, queues
from .queue import frame, number

AHEAD = 8  # comments that one moderator holds
MOST = 200  # that he may have skipped


@require_safe
@permission_required(PERMISSION)
def read(request: HttpRequest) -> HttpResponse:
    """The first comment of `?queue=` that lies before nobody else; it lies before who asks from now on."""
    shown = queues.asked(request.GET.get("queue"))
    skipped = _numbers(request.GET.get("skipped"))
    comments = _given(request, shown, skipped, 1)
    if not comments and skipped:  # once round: what was skipped comes again
        skipped = []
        comments = _given(request, shown, skipped, 1)
    context = frame(shown) | {
        "comments": comments,
        "skipped": ",".join(map(str, skipped)),
        "here": f"queue={shown.name}&skipped={','.join(map(str, skipped))}",
        "queues": [each for each in queues.QUEUES.values() if each.waits],
        "user": request.user,
    }
    return render(request, "comments/read.html", context)


@require_safe
@permission_required(PERMISSION)
def batch(request: HttpRequest) -> HttpResponse:
    """The comments that follow those that the page `have`, and that were not `skipped`, as HTML."""
    shown = queues.asked(request.GET.get("queue"))
    have = _numbers(request.GET.get("have"))
    only = number(request.GET.get("only"))
    if only:
        comments = list(Comment.objects.select_related("reader", "decided_by", "parent").filter(pk=only))
        beside.place(comments, request.user)
        beside.place_more(comments)
    else:
        comments = _given(request, shown, have + _numbers(request.GET.get("skipped")), AHEAD)
    return render(request, "comments/read_comments.html", frame(shown) | {"comments": comments, "here": ""})


@require_POST
@permission_required(PERMISSION)
def renew(request: HttpRequest) -> HttpResponse:
    """Keep the leases of the page that is open. Those that are still held."""
    held = leases.renew(_numbers(request.POST.get("have")), by=request.user)
    return JsonResponse({"held": sorted(held)})


@require_POST
@permission_required(PERMISSION)
def skip(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Give a comment back for others to decide, and go on to the next."""
    leases.release(comment_id, by=request.user)
    if request.headers.get("Accept", "") == "application/json":
        return JsonResponse({"done": True})
    skipped = [*_numbers(request.POST.get("skipped")), comment_id][-MOST:]
    queue = queues.asked(request.POST.get("queue")).name
    return HttpResponseRedirect(f"{reverse('comments_read')}?queue={queue}&skipped={','.join(map(str, skipped))}")


def _given(request: HttpRequest, shown: queues.Queue, without: list[int], limit: int) -> list[Comment]:
    if not shown.waits:
        return []
    rows = shown.ordered(request.user).exclude(pk__in=without)
    comments = leases.take(rows, by=request.user, limit=limit)
    beside.place(comments, request.user)
    beside.place_more(comments)
    return comments


def _numbers(text: str | None) -> list[int]:
    found = (number(part) for part in (text or "").split(",")[: MOST + AHEAD])
    return [each for each in found if each]
