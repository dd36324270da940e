"""Telling somebody by mail what was decided, where he left an address. Nobody has to: a signed address says the same.

It goes by the outbox (`writing.py`): with the transaction that decided, and again while a mail server is down. What a
moderator may still take back is told to nobody, and who takes it back takes the mail out of the outbox.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dateline.stories import languages, pictures
from dateline.stories.models import Current

from ..models import Comment, Decision, Mail
from ..moderation.objections import Appeal, Report, Statement
from ..threads import receipts
from . import writing as mail

LIFE = timedelta(days=7)
MAILBOX_OFTEN, MAILBOX_WITHIN = 3, timedelta(minutes=30)  # notices that are confirmed
BEGINNING = 200  # characters of a comment, by which its writer knows it


def tell(address: str | None, *, subject: str, text: str, about: Decision | None = None) -> None:
    """Send a mail in the language that is active to `address`, none where it is empty. The address is in no log."""
    if address:
        language, until = translation.get_language() or "en", timezone.now() + LIFE
        mail.put("mail_told", to=address, subject=subject, language=language, until=until, about=about, words=text)


def notice_received(report: Report) -> None:
    """Confirm a notice (Article 16(4)), with where its answer will stand.

    Three in half an hour to one mailbox, as of links to sign in: anybody may name it, and from any address.
    """
    notices = Report.objects.filter(mail=report.mail, reason=report.reason)
    lately = notices.filter(created_at__gt=report.created_at - MAILBOX_WITHIN)
    if len(lately.values_list("pk")[: MAILBOX_OFTEN + 1]) > MAILBOX_OFTEN:
        return
    with translation.override(report.language):
        tell(
            report.mail,
            subject=_("We received your report"),
            text=_("A moderator will look at the comment. What he decides will stand here:") + _where(report),
        )


def reports_answered(reports: Iterable[Report], decision: Decision) -> None:
    """Say what was decided on reports on one comment, and that one may appeal (Article 16(5))."""
    for report in _one_a_mailbox(reports):
        with translation.override(report.language):
            tell(
                report.mail,
                subject=_("Your report was decided on"),
                text=(report.gone or _outcome(decision)) + "\n\n" + _("Why, and how to appeal:") + _where(report),
                about=decision,
            )


def _outcome(decision: Decision) -> str:
    """What was decided, and the facts or the law that its writer is told."""
    if decision.state == Comment.State.APPROVED:
        return _("The comment stays.")
    reasons = Statement.objects.filter(decision=decision).values_list("words", flat=True).first() or ""
    said = f"{_('The comment is not shown any more.')} {decision.get_reason_display()}"
    return f"{said}\n\n{reasons}" if reasons else said


def reports_ended(reports: Iterable[Report]) -> None:
    """Say that there is nothing left to decide on."""
    for report in _one_a_mailbox(reports):
        with translation.override(report.language):
            tell(report.mail, subject=_("Your report was decided on"), text=report.gone + _where(report))


def _one_a_mailbox(reports: Iterable[Report]) -> list[Report]:
    """Whoever sent several on one comment is told once."""
    return list({(report.comment_id, report.mail.lower()): report for report in reports}.values())


def take_back(decision: Decision) -> None:
    """Nobody is told any more what was decided; in the transaction that takes it back."""
    Mail.objects.filter(about=decision).delete()


def forget_rejection(comment: Comment) -> None:
    """The comment is shown: its writer need not learn of a rejection that he was not told of yet."""
    if comment.reader.email:
        Mail.objects.filter(about__comment=comment, to=comment.reader.email).delete()


def rejected(decision: Decision) -> None:
    """Say to a writer who signed in that his comment is not shown, and where he reads why (Article 17)."""
    comment = decision.comment
    language = languages.edition(comment.reader.language)
    with translation.override(language):
        address = receipts.of_decision(comment, comment.language)
        tell(
            comment.reader.email,
            subject=_("Your comment is not shown"),
            text=_said(comment)
            + f"{decision.get_reason_display()}\n\n"
            + _("A moderator decided so. Why, and how to appeal:")
            + f"\n{pictures.absolute(address)}\n",
            about=decision,
        )


def appeal_answered(appeal: Appeal, outcome: str) -> None:
    """Say to who appealed how it ended (Article 20(5)): to who reported, or to a writer who signed in."""
    reader, report = appeal.comment.reader, appeal.report
    with translation.override(report.language if report else languages.edition(reader.language)):
        tell(
            report.mail if report else reader.email,
            subject=_("Your appeal was decided on"),
            text=("" if report else _said(appeal.comment)) + str(Appeal.Outcome(outcome).label) + _answer_of(appeal),
            about=appeal.answer,
        )


def _said(comment: Comment) -> str:
    """Which comment it is about: its story, unless that was withdrawn, and how it begins."""
    current = Current.objects.filter(pk=comment.story_id, killed=False).first()
    under = (
        _("Your comment on this story:") + f"\n{current.headline}"
        if current
        else _("Your comment on a story that was withdrawn:")
    )
    words = " ".join(comment.text.split())
    begins = words if len(words) <= BEGINNING else f"{words[: BEGINNING - 1]}…"
    return f"{under}\n\n> {begins}\n\n" if begins else f"{under}\n\n"


def _answer_of(appeal: Appeal) -> str:
    """Where the answer to an appeal stands."""
    if appeal.report:
        return _where(appeal.report)
    comment = appeal.comment
    where = (
        receipts.of_ban(appeal.ban, comment.language) if appeal.ban else receipts.of_decision(comment, comment.language)
    )
    return f"\n{pictures.absolute(where)}\n"


def _where(report: Report) -> str:
    return f"\n{settings.DATELINE.site_url.rstrip('/')}{receipts.of_report(report)}\n"
