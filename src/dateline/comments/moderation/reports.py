"""Readers report a comment, and object to what was decided: the verbs.

What a report of illegal content has to hold, and what its sender and the writer are owed, is in Regulation (EU)
2022/2065 (Digital Services Act), Articles 16, 17 and 20. It holds for every reader of every newsroom here: an answer
with its reasons is owed to everybody.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from ..mail import telling
from ..models import Comment, Decision
from ..refusals import NoAppeal, TooOften
from ..threads import addresses, submissions
from . import log as moderation_log
from .objections import Appeal, Ban, Report

State = Comment.State
Side = Appeal.Side
OFTEN = 10  # reports from one address
OFTEN_WITHIN = timedelta(minutes=10)
APPEAL_WITHIN = timedelta(days=183)  # six months (Article 20(1))


def report(comment: Comment, *, reason: str, address: str, language: str, **said: Any) -> Report:
    """Hold a reader's report on a comment for a moderator, and confirm that it came where it is a notice.

    `said` are the explanation, name and mail address, already cleaned (report_forms.py). The same again from the same
    address adds nothing and returns the first. Refuses what comes too often from one address (TooOften). Who reports
    is answered the same whatever others reported, and whatever became of it.
    """
    now = timezone.now()
    said["mail"] = said.get("mail", "").lower()
    keyed = addresses.keyed(address, now)
    named = submissions.name(
        story_id=comment.story_id,
        parent_id=comment.pk,
        name=reason,
        text=said.get("words", ""),
        address=f"report {keyed}",
    )
    before = Report.objects.filter(submission=named).select_related("comment").first()
    if before:
        return before
    _check_rate(keyed, address, now)
    made = Report(
        comment=comment, reason=reason, address=keyed, language=language, submission=named, created_at=now, **said
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            Comment.objects.filter(pk=comment.pk).update(reported_at=Coalesce("reported_at", now))
            moderation_log.reported(made)
            if made.is_notice:
                telling.notice_received(made)
    except IntegrityError:
        return Report.objects.select_related("comment").get(submission=named)  # the same, sent at the same moment
    return made


@transaction.atomic
def appeal_by_writer(comment: Comment, words: str) -> Appeal:
    """Object to a rejection. Refuses what is no rejection, what one appealed against before, and what is too late."""
    decision = last_decision(comment)
    if comment.state != State.REJECTED or decision is None:
        raise NoAppeal(_("Your comment is not rejected: there is nothing to appeal against."))
    return _appeal(Side.WRITER, comment, decision, words)


@transaction.atomic
def appeal_by_reporter(made: Report, words: str) -> Appeal:
    """Object to a report's answer: that the comment stays. Refuses as `appeal_by_writer` does."""
    if made.answer is None or made.answer.state != State.APPROVED or made.gone:
        raise NoAppeal(_("The comment does not stay, or nobody has decided yet: there is nothing to appeal against."))
    return _appeal(Side.REPORTER, made.comment, made.answer, words, made)


@transaction.atomic
def appeal_against_ban(ban: Ban, words: str) -> Appeal:
    """Object to a ban. Refuses one that does not hold, what one appealed against before, and what is too late."""
    if ban.lifted_at or (ban.until and ban.until <= timezone.now()):
        raise NoAppeal(_("You may comment again: there is nothing to appeal against."))
    if Appeal.objects.filter(ban=ban).exists():
        raise NoAppeal(_("You appealed before. Its answer stands on this page."))
    _check_time(ban.at)
    return _made(Appeal(side=Side.WRITER, comment=ban.comment, ban=ban, words=words, created_at=timezone.now()))


def last_decision(comment: Comment) -> Decision | None:
    """What was decided last on a comment and holds; None where no moderator decided, or he took it back."""
    return Decision.objects.filter(comment=comment, undoes=None, undone=None).order_by("-id").first()


def appeal_of(made: Report) -> Appeal | None:
    """The appeal of who reported, against the answer that he got."""
    return Appeal.objects.filter(report=made).order_by("-id").first()


def appeal_of_writer(comment: Comment) -> Appeal | None:
    """The newest appeal of the comment's writer."""
    return Appeal.objects.filter(comment=comment, side=Side.WRITER, ban=None).order_by("-id").first()


def _appeal(side: str, comment: Comment, decision: Decision, words: str, made: Report | None = None) -> Appeal:
    if Appeal.objects.filter(against=decision, report=made).exists():
        raise NoAppeal(_("You appealed before. Its answer stands on this page."))
    if Appeal.objects.filter(answer=decision, report=made, side=side).exists():
        raise NoAppeal(_("This is the answer to your appeal. A court, or a certified body for disputes, may hear you."))
    _check_time(decision.at)
    now = timezone.now()
    made_now = Appeal(side=side, comment=comment, against=decision, report=made, words=words, created_at=now)
    return _made(made_now)


def _made(appeal: Appeal) -> Appeal:
    appeal.save()
    if appeal.ban is None:
        Comment.objects.filter(pk=appeal.comment_id).update(appealed_at=Coalesce("appealed_at", appeal.created_at))
    moderation_log.appealed(appeal)
    return appeal


def _check_time(decided_at: Any) -> None:
    if timezone.now() - decided_at > APPEAL_WITHIN:
        raise NoAppeal(
            _("An appeal is heard within six months. A court, or a certified body for disputes, may hear you.")
        )


def _check_rate(keyed: str, address: str, now: Any) -> None:
    if not addresses.is_public(address):
        return  # a proxy that did not say for whom it asks: everybody at once
    recent = Report.objects.filter(address=keyed, created_at__gt=now - OFTEN_WITHIN).values("pk")
    if len(recent[:OFTEN]) >= OFTEN:
        raise TooOften(_("Many reports came from your address just now. Wait ten minutes, then send it again."))
