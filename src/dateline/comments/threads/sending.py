"""What becomes of a form that a reader sent."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from dateline.stories.models import Current

from .. import actions
from ..readers import sessions
from ..refusals import Refused
from . import addresses, origins, receipts, showing
from .forms import CommentForm
from .showing import Page

LARGEST = 100_000  # bytes of a form that is read; several times what a comment may need


def post(request: HttpRequest, news_id: int, page: Page) -> HttpResponse:
    """303 to where the comment's state is told; 403, 413, 422 or 429 with the form and what is wrong.

    410 under a killed story, 404 where none was published. Who sent nothing wrong costs no query but the verb's.
    """
    if not origins.is_ours(request):
        return _again(request, news_id, page, 403, refused="foreign")
    if is_too_large(request):
        return _again(request, news_id, page, 413, refused="large")
    form, status = CommentForm(request.POST), 422
    if form.is_valid():
        try:
            return _accept(request, news_id, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, str(refused))
            status = refused.status
        except Current.DoesNotExist as error:
            raise Http404(f"No story {news_id}.") from error
    return _again(request, news_id, page, status, form=form)


def _accept(request: HttpRequest, news_id: int, sent: dict[str, Any]) -> HttpResponse:
    comment = actions.accept(
        min(news_id, showing.LARGEST),
        name=sent["name"],
        text=sent["comment"],
        address=addresses.of(request),
        version=sent["version"],
        parent_id=sent["parent"],
        form=sent["form"],
        reader=sessions.reader_of(request),
    )
    response = HttpResponseRedirect(receipts.address(comment, comment.language), status=303)
    return showing.only_theirs(response, "It answers one reader.")


def is_too_large(request: HttpRequest) -> bool:
    """Whether a form is larger than any that is read, or does not say its size."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return not (text.isascii() and text.isdecimal() and int(text) <= LARGEST)


def _again(
    request: HttpRequest, news_id: int, page: Page, status: int, *, form: CommentForm | None = None, refused: str = ""
) -> HttpResponse:
    """The thread again: with what was typed and what is wrong with it, or why it was not read.

    A reply still answers what it answered.
    """
    current = showing.story(news_id)
    if current.killed:
        return showing.closed(request, current, page)
    answered = showing.comment(current, form.cleaned_data.get("parent")) if form else None
    response = showing.render(request, current, page, status=status, form=form, answered=answered, refused=refused)
    return showing.only_theirs(response, "It answers one reader.")
