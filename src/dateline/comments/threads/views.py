"""The thread's own page, where comments are read on and sent to, and each comment's page."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dateline.stories.models import Current

from ..models import STANDS, Comment
from ..readers import sessions
from ..record import announcements
from ..refusals import NotFromHere, Refused, TooOften
from . import addresses, origins, paging, receipts, sending, showing, thread, votes
from .showing import Page
from .thread import PAGE

REPLIES = 100  # on one page of a comment
ORDERS = ("newest", "oldest", "valued")


@csrf_exempt  # origins.py takes its place, and says why
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, news_id: int, page: Page) -> HttpResponse:
    """GET: the thread, 50 at a time, `?order=oldest`, `valued` or newest first. POST: a comment.

    410 under a killed story, 404 where none was published. Three queries for the newest page: the story, its comments
    with their replies, and the sections where they are not known; four for others; one more for a corrected story.
    """
    if request.method == "POST":
        return sending.post(request, news_id, page)
    current = showing.story(news_id)
    if current.killed:
        return showing.closed(request, current, page)
    address = thread.address(current.pk, current.edition)
    return showing.elsewhere(request, address) or _show(request, current, page)


def _show(request: HttpRequest, current: Current, page: Page) -> HttpResponse:
    order = asked if (asked := request.GET.get("order")) in ORDERS else "newest"
    first = not {"before", "after"} & set(request.GET)
    if first and order == "newest":
        shown = thread.newest(current.pk)
        listed = paging.first(shown.comments, limit=PAGE)
        shown = replace(shown, comments=listed.rows)
    else:
        listed = _page(request, current, order, first)
        more = bool(listed.next)
        shown = thread.first_page(current.pk, listed.rows, whole=not more) if first else thread.later_page(listed.rows)
    sent = receipts.read(request.GET.get("thanks"), current.pk)
    notices = announcements.of(current)
    response = showing.render(
        request,
        current,
        page,
        listed=listed,
        thread=shown,
        order=order,
        sent=sent,
        receipt=request.get_full_path(),
        sent_decision=receipts.of_decision(sent, current.edition) if sent else "",
        notices=notices,
    )
    return showing.only_theirs(response, "It answers one reader.") if sent else response


def _page(request: HttpRequest, current: Current, order: str, first: bool) -> paging.Page:
    rows = thread.standing(current.pk)
    rows = thread.with_last(rows, current.pk) if first else rows
    if order == "valued":
        return paging.most_valued(rows, request.GET, limit=PAGE)
    return paging.page(rows, request.GET, oldest_first=order == "oldest", limit=PAGE)


@require_safe
def comment(request: HttpRequest, news_id: int, comment_id: int, page: Page) -> HttpResponse:
    """A comment on a page of its own, what it answers, its replies, and the form that answers it.

    Where it began a thread, all of that, 100 at a time, `?page=2`; else what answers it, 50 at a time, with what stands
    beneath. 404 where it is not shown. Four queries; five beneath a reply.
    """
    current = showing.story(news_id)
    if current.killed:
        return showing.closed(request, current, page)
    found = showing.place(current, comment_id)
    if found is None:
        raise Http404(f"No comment {comment_id}.")
    address = f"{thread.address(current.pk, current.edition)}{found.pk}/"
    return showing.elsewhere(request, address) or _show_one(request, current, found, page)


def _show_one(request: HttpRequest, current: Current, found: Comment, page: Page, **context: Any) -> HttpResponse:
    beneath = (_all_replies if found.thread_id is None else _replies_beneath)(request, found)
    if not found.is_shown and not beneath["replies"]:
        raise Http404(f"Comment {found.pk} is gone, and what answered it.")
    address = f"{thread.address(current.pk, current.edition)}{found.pk}/"
    if told := "valued" in request.GET and request.method != "POST":
        who = _who(request)
        context |= {"stands": votes.stands(found, **who), "by_reader": who["reader"]}
    response = showing.render(
        request, current, page, "comments/comment.html",
        answered=found, address=address, told=told, depth=found.depth, **beneath, **context,
    )  # fmt: skip
    return showing.only_theirs(response, "It answers one reader.") if told else response


@csrf_exempt
@require_POST
def valued(request: HttpRequest, news_id: int, comment_id: int, page: Page) -> HttpResponse:
    """Call a comment valuable, or with `deed=take-back` no longer: 303 to the comment, which says what stands.

    403 where another site sent it, 404 for a comment that is not shown, 410 under a killed story, 422 for one's own,
    429 for too many.
    """
    current = showing.story(news_id)
    if current.killed:
        return showing.closed(request, current, page)
    found = showing.comment(current, comment_id)
    if found is None:
        raise Http404(f"No comment {comment_id}.")
    deed = votes.take_back if request.POST.get("deed") == "take-back" else votes.value
    try:
        if not origins.is_ours(request):
            raise NotFromHere(_("Your browser says that another site sent this vote. If it was yours, vote here."))
        deed(found, **_who(request))
    except Refused as refused:
        status = {NotFromHere: 403, TooOften: 429}.get(type(refused), 422)
        answer = _show_one(request, current, found, page, refused=str(refused), status=status)
    else:
        answer = HttpResponseRedirect(
            f"{thread.address(current.pk, current.edition)}{found.pk}/?valued#told", status=303
        )
    return showing.only_theirs(answer, "It answers one reader.")


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"address": addresses.of(request), "reader": sessions.reader_of(request)}


def _all_replies(request: HttpRequest, found: Comment) -> dict:
    pages = max(1, -(-found.places // REPLIES))
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    if not 1 <= number <= pages:
        raise Http404(f"No page {asked[:20]} of comment {found.pk}.")
    return {
        "replies": thread.page_of_replies(found, number - 1, REPLIES),
        "further": (),
        "previous": f"page={number - 1}" if number > 1 else "",
        "next": f"page={number + 1}" if number < pages else "",
    }


def _replies_beneath(request: HttpRequest, found: Comment) -> dict:
    rows = Comment.objects.filter(STANDS, parent=found).only("created_at")
    listed = paging.page(rows, request.GET, oldest_first=True, limit=PAGE)
    found_beneath = thread.beneath(found, listed.rows)
    return {
        "replies": found_beneath.replies,
        "further": found_beneath.further,
        "previous": listed.previous,
        "next": listed.next,
    }
