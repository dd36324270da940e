"""The thread's own page, where comments are read on and sent to, and each comment's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dateline.stories.models import Current

from . import announcements, paging, receipts, sending, showing, thread
from .models import Comment
from .showing import Page

PAGE = 50  # comments on one page of a thread
REPLIES = 100  # on one page of a comment


@csrf_exempt  # origins.py takes its place, and says why
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, news_id: int, page: Page) -> HttpResponse:
    """GET: the thread, 50 at a time, `?order=oldest` or newest first. POST: a comment, held for a moderator.

    410 under a killed story, 404 where none was published. Four queries for a page: the story, its comments, their
    replies, the sections of the masthead; one more for a story that was corrected.
    """
    current = showing.story(news_id)
    if current.killed:
        return showing.closed(request, current, page)
    if request.method == "POST":
        return sending.post(request, current, page)
    address = thread.address(current.pk, current.edition)
    return showing.elsewhere(request, address) or _show(request, current, page)


def _show(request: HttpRequest, current: Current, page: Page) -> HttpResponse:
    oldest_first = request.GET.get("order") == "oldest"
    listed = paging.page(thread.approved(current.pk), request.GET, oldest_first=oldest_first, limit=PAGE)
    thread.with_replies(listed.rows)
    sent = receipts.read(request.GET.get("thanks"), current.pk)
    notices = announcements.of(current)
    response = showing.render(
        request, current, page, listed=listed, oldest_first=oldest_first, sent=sent, notices=notices
    )
    return showing.only_theirs(response, "It answers one reader.") if sent else response


@require_safe
def comment(request: HttpRequest, news_id: int, comment_id: int, page: Page) -> HttpResponse:
    """A comment on a page of its own, what it answers, its replies, and the form that answers it.

    Where it began a thread, all of that, 100 at a time, `?page=2`; else what answers it directly, 50 at a time.
    404 where it is not shown. Four queries.
    """
    current = showing.story(news_id)
    if current.killed:
        return showing.closed(request, current, page)
    found = showing.comment(current, comment_id)
    if found is None:
        raise Http404(f"No comment {comment_id}.")
    address = f"{thread.address(current.pk, current.edition)}{found.pk}/"
    replies = _all_replies if found.thread_id is None else _direct_replies
    return showing.elsewhere(request, address) or showing.render(
        request, current, page, "comments/comment.html", answered=found, address=address, **replies(request, found)
    )


def _all_replies(request: HttpRequest, found: Comment) -> dict:
    pages = max(1, -(-found.places // REPLIES))
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    if not 1 <= number <= pages:
        raise Http404(f"No page {asked[:20]} of comment {found.pk}.")
    return {
        "replies": thread.page_of_replies(found, number - 1, REPLIES),
        "previous": f"page={number - 1}" if number > 1 else "",
        "next": f"page={number + 1}" if number < pages else "",
    }


def _direct_replies(request: HttpRequest, found: Comment) -> dict:
    rows = Comment.objects.filter(parent=found, state=Comment.State.APPROVED).select_related("parent")
    listed = paging.page(rows, request.GET, oldest_first=True, limit=PAGE)
    return {"replies": listed.rows, "previous": listed.previous, "next": listed.next}
