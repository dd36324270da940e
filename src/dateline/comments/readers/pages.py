"""The pages of readers who sign in: the door, their own page, and the way out. None of them needs a script."""

from contextlib import suppress
from functools import wraps
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dateline.stories.models import Current

from ..checks import names
from ..mail import folder as mail_folder
from ..mail import replies as replies_mail
from ..models import Comment, Reader
from ..refusals import Refused, TooOften
from ..threads import addresses, origins, paging, sending, showing
from ..threads.forms import CommentForm
from ..threads.showing import Page
from . import closing, own_words, sessions, signing_in

PAGE = 20  # of his comments


class MailboxForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write your mail address, then press the button."),
            "invalid": gettext_lazy("This is no mail address. Write it as name@example.org."),
        },
    )


class NameForm(CommentForm):
    """The name alone, held to what holds for it under a story."""

    comment = None  # type: ignore[assignment]


class WordsForm(CommentForm):
    """The words alone."""

    name = None  # type: ignore[assignment]


def _ours(view: Any) -> Any:
    """A view that only our own pages may send to (threads/origins.py), and whose answer no cache keeps."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, page: Page, **options: Any) -> HttpResponse:
        if request.method == "POST" and (status := _refuses(request)):
            response = page(request, "comments/reader_refused.html", status=status, keys=[])
        else:
            response = view(request, *args, page=page, **options)
        return _private(response)

    return wrapped


def _refuses(request: HttpRequest) -> int:
    """403 for what another site sent, 413 for what is too large; 0 for what is read."""
    return 403 if not origins.is_ours(request) else 413 if sending.is_too_large(request) else 0


def _signed_in(view: Any) -> Any:
    """A view for who is signed in, as its second argument; all others are sent to the door."""

    @_ours
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        reader = sessions.reader_of(request)
        if reader is None:
            return _to("reader_sign_in")
        return view(request, reader, *args, **options)

    return wrapped


def _private(response: HttpResponse) -> HttpResponse:
    response = showing.only_theirs(response, "It answers one reader.")
    response["Cache-Control"] = "private, no-store"
    # To our own pages only: an address may hold a link that signs in.
    response["Referrer-Policy"] = "same-origin"
    return response


def _to(name: str, *args: Any, query: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse(name, args=args) + query, status=303)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, page: Page) -> HttpResponse:
    """GET: the door, the same for everybody. POST: a mail with a link, and one answer whether we know him or not."""
    if request.method == "POST":
        return _ask(request, page=page)
    context: dict[str, Any] = {"form": MailboxForm(), "after": request.GET, "folder": mail_folder.is_used()}
    return page(request, "comments/reader_sign_in.html", keys=["readers"], **context)


@_ours
def _ask(request: HttpRequest, page: Page) -> HttpResponse:
    form = MailboxForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            language = translation.get_language() or ""
            signing_in.ask(form.cleaned_data["email"], language=language, address=addresses.of(request))
        except TooOften as refused:
            form.add_error("email", str(refused))
            status = 429
        else:
            return _to("reader_sign_in", query="?sent")
    return page(request, "comments/reader_sign_in.html", status=status, keys=[], form=form, after={}, folder=False)


@_ours
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, link: str, page: Page) -> HttpResponse:
    """GET: a button. POST: pressed, it signs in. 410 where the link was used, or is older than half an hour."""
    found = signing_in.find(link)
    form = NameForm(request.POST if request.method == "POST" else None)
    if found and request.method == "POST" and form.is_valid():
        reader = signing_in.enter(link, name=form.cleaned_data["name"])
        if reader:
            response = _to("reader_me")
            sessions.begin(response, reader)
            return response
        found = None  # pressed twice at once
    context: dict[str, Any] = {"found": found, "form": form, "known": bool(found and signing_in.is_known(found))}
    status = 410 if not found else 422 if form.errors else 200
    return page(request, "comments/reader_enter.html", status=status, keys=[], **context)


@require_POST
@_signed_in
def leave(request: HttpRequest, reader: Reader, page: Page) -> HttpResponse:
    """Sign out here; with `everywhere`, in every browser."""
    if "everywhere" in request.POST:
        reader.generation += 1
        reader.save(update_fields=["generation"])
    response = _to("reader_sign_in")
    sessions.end(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@_signed_in
def me(request: HttpRequest, reader: Reader, page: Page) -> HttpResponse:
    """GET: his comments, and what became of each. POST: his name, and whether he wants mail."""
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": reader.name})
    if form.is_bound and form.is_valid():
        reader.name = form.cleaned_data["name"]
        reader.looks = names.looks(reader.name)
        reader.wants_replies = "wants_replies" in request.POST
        reader.save(update_fields=["name", "looks", "wants_replies"])
        return _to("reader_me", query="?kept")
    rows = own_words.of(reader).select_related("parent")
    listed = paging.page(rows, request.GET, oldest_first=False, limit=PAGE)
    _place_under_stories(listed.rows)
    context: dict[str, Any] = {"reader": reader, "form": form, "listed": listed, "after": request.GET}
    return page(request, "comments/reader_me.html", status=422 if form.errors else 200, keys=[], **context)


@require_http_methods(["GET", "HEAD", "POST"])
@_signed_in
def own(request: HttpRequest, reader: Reader, comment_id: int, page: Page) -> HttpResponse:
    """GET: one of his comments, to be changed or deleted. POST: does it. 404 where it is not his."""
    comment = own_words.of(reader).filter(pk=min(comment_id, 2**63 - 1)).select_related("parent").first()
    if comment is None:
        raise Http404(f"No comment {comment_id} of this reader.")
    if request.method == "POST" and "delete" in request.POST:
        with suppress(Comment.DoesNotExist):  # pressed twice
            own_words.delete(comment.pk, reader=reader)
        return _to("reader_me", query="?deleted")
    status = 422
    form = WordsForm(request.POST if request.method == "POST" else None, initial={"comment": comment.text})
    if form.is_bound and form.is_valid():
        try:
            own_words.edit(comment.pk, reader=reader, text=form.cleaned_data["comment"])
            return _to("reader_me", query="?changed")
        except Refused as refused:
            form.add_error("comment", str(refused))
            status = refused.status
    _place_under_stories([comment])
    context: dict[str, Any] = {
        "comment": comment,
        "form": form,
        "editable": own_words.is_editable(comment) or form.is_bound,
    }
    return page(request, "comments/reader_comment.html", status=status if form.errors else 200, keys=[], **context)


@require_safe
@_ours
def who(request: HttpRequest, page: Page) -> HttpResponse:
    """Under whose name a comment from this browser would stand: for thread.js, since the pages are everybody's."""
    reader = sessions.reader_of(request)
    return JsonResponse({"signed_in": reader is not None, "name": reader.name if reader else ""})


@require_safe
@_signed_in
def export(request: HttpRequest, reader: Reader, page: Page) -> HttpResponse:
    """All that is kept of him, as a file of JSON."""
    response = JsonResponse(closing.own_data(reader), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="my-letters.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@_signed_in
def close(request: HttpRequest, reader: Reader, page: Page) -> HttpResponse:
    """GET: what closing the account does. POST, with `sure`: closes it."""
    if request.method == "POST" and "sure" in request.POST:
        closing.close(reader)
        response = _to("reader_sign_in", query="?closed")
        sessions.end(response)
        return response
    context: dict[str, Any] = {"unsure": request.method == "POST", "former": closing.settings.DATELINE.former_readers}
    return page(request, "comments/reader_close.html", status=422 if context["unsure"] else 200, keys=[], **context)


@csrf_exempt  # the signed address is the right to do it: a mail program presses the button, without a page of ours
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str, page: Page) -> HttpResponse:
    """GET: a button. POST: no more mail on replies, whoever is signed in (RFC 8058)."""
    reader = replies_mail.reader_of(token)
    if reader is None:
        raise Http404("No reader has this address.")
    if request.method == "POST":
        Reader.objects.filter(pk=reader.pk).update(wants_replies=False)
    done = request.method == "POST" or not reader.wants_replies
    return _private(page(request, "comments/reader_unsubscribe.html", keys=[], done=done))


def _place_under_stories(comments: Any) -> None:
    """Give each comment the story it answers, as it is out now."""
    stories = Current.objects.in_bulk({comment.story_id for comment in comments})
    for comment in comments:
        comment.under = stories[comment.story_id]
        comment.editable = own_words.is_editable(comment)
