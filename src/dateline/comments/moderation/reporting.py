"""The pages on which readers report a comment, read what became of it, and appeal. They work without JavaScript.

What somebody is told stands at a signed address (threads/receipts.py), which nobody else can guess and no cache keeps. Those
pages outlive the story: who was owed reasons before a kill is owed them after it.
"""

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline.edge import keys
from dateline.stories.models import Current

from ..models import Comment
from ..refusals import NoAppeal, TooOften
from ..threads import addresses, origins, receipts, sending, showing, thread
from ..threads.showing import Page
from . import bans, reports, statements
from .objections import Appeal, Report
from .report_forms import AppealForm, ReportForm

_METHODS = ["GET", "HEAD", "POST"]


@csrf_exempt  # threads/origins.py takes its place, and says why
@require_http_methods(_METHODS)
def report(request: HttpRequest, news_id: int, comment_id: int, page: Page) -> HttpResponse:
    """The form that reports a comment. With `?receipt=`: what became of a report, and the form that appeals.

    404 for a comment that is not shown, 410 under a killed story.
    """
    current = showing.story(news_id)
    if request.GET.get("receipt"):
        return _reported(request, current, comment_id, page)
    if current.killed:
        return showing.closed(request, current, page)
    found = showing.comment(current, comment_id)
    if found is None:
        raise Http404(f"No comment {comment_id}.")
    if request.method == "POST":
        return _take_in(request, current, found, page)
    elsewhere = showing.elsewhere(request, f"{thread.address(current.pk, current.edition)}{found.pk}/report/")
    return elsewhere or _form(request, current, found, ReportForm(), page)


@csrf_exempt
@require_http_methods(_METHODS)
def decision(request: HttpRequest, news_id: int, comment_id: int, page: Page) -> HttpResponse:
    """To a comment's writer: why it is not shown, and the form that appeals. 404 without his receipt."""
    current = showing.story(news_id)
    comment = receipts.read(request.GET.get("receipt"), current.pk)
    if comment is None or comment.pk != comment_id:
        raise Http404("No such receipt.")
    form, refused = _appeal(request, lambda words: reports.appeal_by_writer(comment, words))
    if form is None:
        return _see(receipts.of_decision(comment, current.edition))
    statement = statements.standing(comment)
    context = {
        "comment": comment,
        "statement": statement,
        "ban": bans.standing().filter(decision=statement.decision).first() if statement else None,
        "appeal": reports.appeal_of_writer(comment),
        "closed": _why_closed(comment, None),
    }
    return _theirs(request, page, "comments/decision.html", current, form, refused, context)


@csrf_exempt
@require_http_methods(_METHODS)
def banned(request: HttpRequest, page: Page) -> HttpResponse:
    """To who was banned: until when and why, and the form that appeals. 404 without his receipt."""
    ban = receipts.read_ban(request.GET.get("receipt"))
    if ban is None:
        raise Http404("No such receipt.")
    form, refused = _appeal(request, lambda words: reports.appeal_against_ban(ban, words))
    if form is None:
        return _see(request.get_full_path())
    context = {"ban": ban, "appeal": Appeal.objects.filter(ban=ban).first()}
    return _theirs(request, page, "comments/banned.html", None, form, refused, context)


def _reported(request: HttpRequest, current: Current, comment_id: int, page: Page) -> HttpResponse:
    made = receipts.read_report(request.GET["receipt"], comment_id)
    if made is None or made.comment.story_id != current.pk:
        raise Http404("No such receipt.")
    form, refused = _appeal(request, lambda words: reports.appeal_by_reporter(made, words))
    if form is None:
        return _see(receipts.of_report(made))
    shown = f"{thread.address(current.pk, current.edition)}{comment_id}/"
    context = {
        "report": made,
        "action_of": shown,
        "appeal": reports.appeal_of(made),
        "gone": made.gone,
        "statement": statements.of(made.answer),
        "closed": bool(made.gone) or _why_closed(made.comment, made),
    }
    return _theirs(request, page, "comments/reported.html", current, form, refused, context)


def _take_in(request: HttpRequest, current: Current, comment: Comment, page: Page) -> HttpResponse:
    """303 to the receipt; 403, 413, 422 or 429 with the form and what is wrong."""
    if not origins.is_ours(request):
        return _form(request, current, comment, ReportForm(), page, status=403, refused="foreign")
    if sending.is_too_large(request):
        return _form(request, current, comment, ReportForm(), page, status=413, refused="large")
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form(request, current, comment, form, page, status=422)
    try:
        made = reports.report(comment, address=addresses.of(request), language=current.edition, **form.cleaned_data)
    except TooOften as refused:
        form.add_error(None, str(refused))
        return _form(request, current, comment, form, page, status=429)
    return _see(receipts.of_report(made))


def _form(
    request: HttpRequest, current: Current, comment: Comment, form: ReportForm, page: Page, *, status: int = 200,
    refused: str = "",
) -> HttpResponse:  # fmt: skip
    response = showing.render(
        request,
        current,
        page,
        "comments/report.html",
        status=status,
        comment=comment,
        report_form=form,
        refused=refused,
    )
    return response if status == 200 else showing.only_theirs(response, "It shows what one reader typed.")


def _appeal(request: HttpRequest, deed: Any) -> tuple[AppealForm | None, str]:
    """The form to show, with what is wrong with it; None where the appeal was taken in."""
    if request.method != "POST":
        return AppealForm(), ""
    if not origins.is_ours(request) or sending.is_too_large(request):
        return AppealForm(), "foreign"
    form = AppealForm(request.POST)
    if form.is_valid():
        try:
            deed(form.cleaned_data["words"])
        except NoAppeal as refused:
            form.add_error("words", str(refused))
        else:
            return None, ""
    return form, "wrong"


def _why_closed(comment: Comment, made: Report | None) -> bool:
    """Whether there is nothing to appeal against: not yet, not any more, or not a second time."""
    against = made.answer if made else reports.last_decision(comment)
    appealable = Comment.State.APPROVED if made else Comment.State.REJECTED
    if against is None or against.state != appealable:
        return True
    return Appeal.objects.filter(against=against, report=made).exists() or (
        Appeal.objects.filter(answer=against, report=made).exists()
    )


def _see(address: str) -> HttpResponse:
    return showing.only_theirs(HttpResponseRedirect(address, status=303), "It answers one reader.")


def _theirs(
    request: HttpRequest,
    page: Page,
    template: str,
    current: Current | None,
    form: AppealForm,
    refused: str,
    context: dict,
) -> HttpResponse:
    """A page for one person. 422 or 403 with what is wrong with what he sent."""
    status = {"": 200, "foreign": 403}.get(refused, 422)
    names = [keys.story(current.pk)] if current else []
    response = page(
        request,
        template,
        status=status,
        keys=names,
        story=current,
        appeal_form=form,
        refused=refused,
        receipt=quote(request.GET["receipt"]),
        **context,
    )
    return showing.only_theirs(response, "It answers one reader.")
