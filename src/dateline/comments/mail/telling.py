"""Telling somebody by mail what was decided, where he left an address. Nobody has to: a signed address says the same.

It goes by the outbox (`writing.py`): with the transaction that decided, and again while a mail server is down. What a
moderator may still take back is told to nobody, and who takes it back takes the mail out of the outbox.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dateline.stories import languages, pictures

from ..models import Comment, Decision, Mail
from ..moderation.objections import Appeal, Report
from ..threads import receipts
from . import writing as mail

LIFE = timedelta(days=7)


def tell(address: str | None, *, subject: str, text: str, about: Decision | None = None) -> None:
    """Send a mail in the language that is active to `address`, none where it is empty. The address is in no log."""
    if address:
        language, until = translation.get_language() or "en", timezone.now() + LIFE
        mail.put("mail_told", to=address, subject=subject, language=language, until=until, about=about, words=text)


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
            about=decision,
        )


def take_back(decision: Decision) -> None:
    """Nobody is told any more what was decided; in the transaction that takes it back."""
    Mail.objects.filter(about=decision).delete()


def forget_rejection(comment: Comment) -> None:
    """The comment is shown: its writer need not learn of a rejection that he was not told of yet."""
    if comment.reader.email:
        Mail.objects.filter(about__comment=comment, to=comment.reader.email).delete()


def rejected(decision: Decision) -> None:
    """Say to a writer who signed in that his comment is not shown, and where he reads why (Article 17)."""
    comment, reader = decision.comment, decision.comment.reader
    if not reader.email:
        return
    language = languages.edition(reader.language)
    with translation.override(language):
        address = receipts.of_decision(comment, comment.language)
        tell(
            reader.email,
            subject=_("Your comment is not shown"),
            text=_("A moderator decided so. Why, and how to appeal:") + f"\n{pictures.absolute(address)}\n",
            about=decision,
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
            about=appeal.answer,
        )


def _where(report: Report) -> str:
    return f"\n{settings.DATELINE.site_url.rstrip('/')}{receipts.of_report(report)}\n"
