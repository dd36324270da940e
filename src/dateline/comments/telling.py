"""Telling somebody by mail what was decided, where he left an address. Nobody has to: a signed address says the same.

Sent when the transaction has committed, and only tried: a mail server that is down stops no moderator.
"""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from . import receipts
from .models import Decision
from .moderation import Appeal, Report

log = logging.getLogger(__name__)


def tell(address: str, *, subject: str, text: str) -> None:
    """Send a mail to `address`, none where it is empty. The address is in no log."""
    if address:
        transaction.on_commit(lambda: _send(address, subject, text))


def _send(address: str, subject: str, text: str) -> None:
    try:
        EmailMessage(subject, text, to=[address]).send()
    except OSError as error:
        log.warning("A mail was not sent (%s). Whom it was for finds the answer at the address he was given.", error)


def report_received(report: Report) -> None:
    """Confirm a notice (Article 16(4)), with where its answer will stand."""
    with translation.override(report.language):
        tell(
            report.mail,
            subject=_("We received your report"),
            text=_("A moderator will look at the comment. What he decides will stand here:") + _where(report),
        )


def report_answered(report: Report, decision: Decision) -> None:
    """Say what was decided on a report, and that one may appeal (Article 16(5))."""
    shown = decision.state == "approved"
    with translation.override(report.language):
        said = _("The comment stays.") if shown else _("The comment is not shown any more.")
        tell(
            report.mail,
            subject=_("Your report was decided on"),
            text=said + "\n\n" + _("Why, and how to appeal:") + _where(report),
        )


def appeal_answered(appeal: Appeal, outcome: str) -> None:
    """Say to who reported how his appeal ended."""
    report = appeal.report
    if report is None:
        return
    with translation.override(report.language):
        tell(
            report.mail,
            subject=_("Your appeal was decided on"),
            text=str(Appeal.Outcome(outcome).label) + _where(report),
        )


def _where(report: Report) -> str:
    return f"\n{settings.DATELINE.site_url.rstrip('/')}{receipts.of_report(report)}\n"
