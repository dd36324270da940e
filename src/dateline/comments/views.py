"""The thread's own page, where comments are read on and sent to."""

from typing import Any, Protocol

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.edge import headers
from dateline.stories.models import Current

from . import actions, addresses, origins, paging, receipts, thread
from .forms import CommentForm

PAGE = 50  # comments on one page of a thread
_NO_STORY = 2**63 - 1  # the databases take no larger number
LARGEST = 100_000  # bytes of a form that is read; ten times what a comment may need


class Page(Protocol):
    """How the site renders a page (`pages.rendering.page`, passed in by urls.py)."""

    def __call__(
        self, request: HttpRequest, template: str, *, keys: list[str], status: int = 200, **context: Any
    ) -> HttpResponse: ...


@csrf_exempt  # origins.py takes its place, and says why
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: HttpRequest, news_id: int, page: Page) -> HttpResponse:
    """GET: the thread, 50 at a time, `?order=oldest` or newest first. POST: a comment, held for a moderator.

    410 under a killed story, 404 where none was published. Three queries for a page: the story, its thread, the
    sections of the masthead.
    """
    current = Current.objects.filter(pk=min(news_id, _NO_STORY)).first()
    if current is None:
        raise Http404(f"No story {news_id}.")
    if current.killed:
        return page(request, "comments/closed.html", status=410, keys=[f"story-{news_id}"], story=current)
    if request.method == "POST":
        return _post(request, current, page)
    address = thread.address(current.pk, current.edition)
    if request.path != address:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    return _show(request, current, page)


def _show(request: HttpRequest, current: Current, page: Page) -> HttpResponse:
    oldest_first = request.GET.get("order") == "oldest"
    listed = paging.page(thread.approved(current.pk), request.GET, oldest_first=oldest_first, limit=PAGE)
    sent = receipts.read(request.GET.get("thanks"), current.pk)
    response = _render(request, current, page, listed=listed, oldest_first=oldest_first, sent=sent)
    return _only_theirs(response, "It answers one reader.") if sent else response


def _post(request: HttpRequest, current: Current, page: Page) -> HttpResponse:
    """303 to where the comment's state is told; 403, 413 or 422 with the form and what is wrong."""
    if not origins.is_ours(request):
        return _refuse(request, current, page, 403, "foreign")
    if not 0 <= int(request.META.get("CONTENT_LENGTH") or 0) <= LARGEST:
        return _refuse(request, current, page, 413, "large")
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _only_theirs(_render(request, current, page, status=422, form=form), "It shows what one reader typed.")
    comment = actions.accept(
        current,
        name=form.cleaned_data["name"],
        text=form.cleaned_data["comment"],
        address=addresses.of(request),
        language=current.edition,
        version=form.cleaned_data["version"],
        form=form.cleaned_data["form"],
    )
    response = HttpResponseRedirect(receipts.address(comment, current.edition), status=303)
    return _only_theirs(response, "It answers one reader.")


def _refuse(request: HttpRequest, current: Current, page: Page, status: int, why: str) -> HttpResponse:
    response = _render(request, current, page, status=status, refused=why)
    return _only_theirs(response, "It answers one reader.")


def _render(
    request: HttpRequest,
    current: Current,
    page: Page,
    *,
    status: int = 200,
    form: CommentForm | None = None,
    **context: Any,
) -> HttpResponse:
    return page(
        request,
        "comments/thread.html",
        status=status,
        keys=[f"story-{current.pk}", f"thread-{current.pk}"],
        story=current,
        action=thread.address(current.pk, current.edition),
        version=current.version,
        form=form or CommentForm(),
        **context,
    )


def _only_theirs(response: HttpResponse, why: str) -> HttpResponse:
    for name in ("ETag", "Surrogate-Key", "Cache-Tag"):
        del response[name]
    return headers.uncacheable(response, why=why)
