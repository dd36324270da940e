"""What becomes of a form that a reader sent."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from dateline.stories.models import Current

from .. import actions
from ..readers import sessions
from ..refusals import Refused
from . import addresses, origins, receipts, showing
from .forms import CommentForm
from .showing import Page

LARGEST = 100_000  # bytes of a form that is read; several times what a comment may need


def post(request: HttpRequest, current: Current, page: Page) -> HttpResponse:
    """303 to where the comment's state is told; 403, 413, 422 or 429 with the form and what is wrong."""
    if not origins.is_ours(request):
        return _refuse(request, current, page, 403, "foreign")
    if is_too_large(request):
        return _refuse(request, current, page, 413, "large")
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _back(request, current, page, form)
    sent = form.cleaned_data
    try:
        comment = actions.accept(
            current,
            name=sent["name"],
            text=sent["comment"],
            address=addresses.of(request),
            language=current.edition,
            version=sent["version"],
            parent_id=sent["parent"],
            form=sent["form"],
            reader=sessions.reader_of(request),
        )
    except Refused as refused:
        form.add_error(refused.field, str(refused))
        return _back(request, current, page, form, status=refused.status)
    response = HttpResponseRedirect(receipts.address(comment, current.edition), status=303)
    return showing.only_theirs(response, "It answers one reader.")


def is_too_large(request: HttpRequest) -> bool:
    """Whether a form is larger than any that is read, or does not say its size."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return not (text.isascii() and text.isdecimal() and int(text) <= LARGEST)


def _back(request: HttpRequest, current: Current, page: Page, form: CommentForm, *, status: int = 422) -> HttpResponse:
    """The form again, with what was typed and what is wrong with it; a reply still answers what it answered."""
    answered = showing.comment(current, form.cleaned_data.get("parent"))
    response = showing.render(request, current, page, status=status, form=form, answered=answered)
    return showing.only_theirs(response, "It shows what one reader typed.")


def _refuse(request: HttpRequest, current: Current, page: Page, status: int, why: str) -> HttpResponse:
    response = showing.render(request, current, page, status=status, refused=why)
    return showing.only_theirs(response, "It answers one reader.")
