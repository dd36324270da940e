"""What the thread's pages have in common."""

from typing import Any, Protocol

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from dateline.edge import headers, keys
from dateline.stories.models import Current
from dateline.stories.prepared import prepared

from ..models import STANDS, Comment
from ..moderation import modes
from . import thread
from .forms import CommentForm
from .letters import Letters

LARGEST = 2**63 - 1  # the databases take no larger number


class Page(Protocol):
    """How the site renders a page (`pages.rendering.page`, passed in by urls.py)."""

    def __call__(
        self,
        request: HttpRequest,
        template: str,
        *,
        keys: list[str],
        status: int = 200,
        fresh: int = ...,
        **context: Any,
    ) -> HttpResponse: ...


def story(news_id: int) -> Current:
    """The story as it is out, or killed. 404 where none was ever published."""
    for current in _current(min(news_id, LARGEST)):
        return current
    raise Http404(f"No story {news_id}.")


@prepared(int)
def _current(news_id: int) -> QuerySet[Current]:
    return Current.objects.filter(pk=news_id)


def comment(current: Current, number: int | None) -> Comment | None:
    """A comment on the story that readers see: it was approved."""
    found = place(current, number)
    return found if found and found.is_shown else None


def place(current: Current, number: int | None) -> Comment | None:
    """The same; or one that is gone, and has a place still since answers to it are shown."""
    if number is None:
        return None
    rows = Comment.objects.filter(STANDS, pk=min(number, LARGEST), story_id=current.pk)
    found = rows.select_related("parent").first()
    return found if found and (found.is_shown or found.replies or found.place) else None


def closed(request: HttpRequest, current: Current, page: Page) -> HttpResponse:
    """410: nobody reads or writes comments on a killed story."""
    return page(request, "comments/closed.html", status=410, keys=[keys.story(current.pk)], story=current)


def elsewhere(request: HttpRequest, address: str) -> HttpResponse | None:
    """301 to the page's one address, None where it was asked for."""
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def render(
    request: HttpRequest,
    current: Current,
    page: Page,
    template: str = "comments/thread.html",
    *,
    status: int = 200,
    form: CommentForm | None = None,
    depth: int = 0,
    **context: Any,
) -> HttpResponse:
    """A page that every reader gets, with the form to write on; or the one that was sent, with what is wrong with it."""
    action = thread.address(current.pk, current.edition)
    return page(
        request,
        template,
        status=status,
        keys=[keys.story(current.pk), keys.thread(current.pk)],
        story=current,
        action=action,
        letters=Letters(current, action, depth),
        form=form,
        standing=modes.show(request, current),
        **context,
    )


def only_theirs(response: HttpResponse, why: str) -> HttpResponse:
    """An answer to one reader, which no cache may keep."""
    for name in ("ETag", "Surrogate-Key", "Cache-Tag"):
        del response[name]
    return headers.uncacheable(response, why=why)
