"""The public moderation log: of a story, and of a month in each edition."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dateline.edge import headers, keys
from dateline.stories import languages

from ..models import Comment
from ..threads import showing, thread
from ..threads.showing import Page
from . import log as moderation_log

FRESH = 300  # seconds: a log need not be newer
# What its writer deleted has a row of its own.
_REASONS = [(reason.value, reason.label) for reason in Comment.Reason if reason.value != moderation_log.DELETED]
_FIRST_YEAR = 2000  # nobody commented before


@require_safe
def story_log(request: HttpRequest, news_id: int, page: Page) -> HttpResponse:
    """What became of the comments on a story. 410 under a killed one. Two queries beside the masthead's."""
    current = showing.story(news_id)
    if current.killed:
        return showing.closed(request, current, page)
    address = f"{thread.address(current.pk, current.edition)}log/"
    numbers = moderation_log.read(moderation_log.story(current.pk))
    return showing.elsewhere(request, address) or _show(
        request, page, numbers, [keys.story(current.pk)], story=current,
        title=_("Moderation log"), month=_month_address(current.edition, timezone.now().date()),
    )  # fmt: skip


@require_safe
def month_log(request: HttpRequest, month: str, page: Page) -> HttpResponse:
    """What became of the comments that came in a month, in one edition. 404 for a month that has not begun."""
    edition = translation.get_language() or "en"
    first = _first_day(month)
    if first is None or first > timezone.now().date():
        raise Http404(f"No month {month[:20]}.")
    numbers = moderation_log.read(moderation_log.month(edition, datetime(first.year, first.month, 1, tzinfo=UTC)))
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)
    return _show(
        request, page, numbers, [f"log-{edition}-{month}"], story=None,
        title=_("Moderation log, %(month)s") % {"month": date_format(first, "F Y")},
        earlier=_month_address(edition, before) if before.year >= _FIRST_YEAR else "",
        later=_month_address(edition, after) if after <= timezone.now().date() else "",
    )  # fmt: skip


@require_safe
def this_month(request: HttpRequest) -> HttpResponse:
    """To the log of the month that it is."""
    edition = translation.get_language() or "en"
    answer = HttpResponseRedirect(_month_address(edition, timezone.now().date()))
    return headers.cacheable(request, answer, keys=["log"], fresh=FRESH, keep=FRESH)


def in_words(limit: timedelta | None) -> str:
    """Within what time: `within 5 minutes`."""
    if limit is None:
        return _("after more than a week")
    for unit, words in (
        (timedelta(days=1), lambda n: translation.ngettext("within %(n)s day", "within %(n)s days", n)),
        (timedelta(hours=1), lambda n: translation.ngettext("within %(n)s hour", "within %(n)s hours", n)),
    ):
        if limit >= unit:
            return words(limit // unit) % {"n": limit // unit}
    minutes = limit // timedelta(minutes=1)
    return translation.ngettext("within %(n)s minute", "within %(n)s minutes", minutes) % {"n": minutes}


def _show(request: HttpRequest, page: Page, log: Any, names: list[str], **context: Any) -> HttpResponse:
    return page(
        request, "comments/log.html", keys=names, fresh=FRESH, keep=FRESH, log=log, reasons=_REASONS,
        half=in_words(log.within(0.5)), most=in_words(log.within(0.9)), **context,
    )  # fmt: skip


def _first_day(month: str) -> date | None:
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return first if first.year >= _FIRST_YEAR else None


def _month_address(edition: str, day: date) -> str:
    return f"{languages.prefix(edition)}/comments/log/{day:%Y-%m}/"
