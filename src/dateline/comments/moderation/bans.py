"""Bans: a reader may not comment for a time, or for good, until a moderator lifts it.

He is told until when, why, and how to appeal. One who is banned by his address is free when its month ends: nobody
can know then who he was (threads/addresses.py).
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dateline.stories import calendars
from dateline.stories.prepared import prepared

from .. import actions
from ..mail import telling
from ..models import Comment, Decision, Reader
from ..refusals import AlreadyDecided, Banned, DecidedByOneself, ReasonMissing
from ..threads import addresses, receipts
from . import log as moderation_log
from .objections import Appeal, Ban

TERMS = {
    "day": (gettext_lazy("for a day"), timedelta(days=1)),
    "week": (gettext_lazy("for a week"), timedelta(weeks=1)),
    "month": (gettext_lazy("for a month"), timedelta(days=30)),
    "ever": (gettext_lazy("for good"), None),
}


def standing(now: datetime | None = None) -> QuerySet[Ban]:
    """The bans that hold now."""
    return Ban.objects.filter(Q(until=None) | Q(until__gt=now or timezone.now()), lifted_at=None)


@transaction.atomic
def ban(comment_id: int, term: str, *, by: Any, reason: str, **how: Any) -> Ban:
    """Reject a comment, where it is not yet or an appeal is open, and let its reader write no other for the `term`.

    Both or neither. Refuses what `actions.decide` refuses (`how`: its `was`, `words` and `seen`), and a term that is
    none of TERMS (ReasonMissing).
    """
    if term not in TERMS:
        raise ReasonMissing(_("Say for how long the reader is banned. Nothing was done."))
    comment = Comment.objects.select_related("reader").get(pk=comment_id)
    decision: Decision | None = None
    if comment.state != Comment.State.REJECTED or comment.appealed_at:
        actions.decide(comment_id, Comment.State.REJECTED, by=by, reason=reason, **how)
        decision = comment.decisions.order_by("-id").first()
    now, length = timezone.now(), TERMS[term][1]
    return Ban.objects.create(
        reader=comment.reader,
        address=comment.address,
        comment=comment,
        decision=decision,
        reason=reason if decision else comment.reason,
        by=by,
        at=now,
        until=now + length if length else None,
    )


@transaction.atomic
def lift(ban_id: int, *, by: Any) -> Ban:
    """Let the reader write again. An open appeal against it is answered so. Refuses what was lifted (AlreadyDecided)."""
    found = Ban.objects.select_for_update().get(pk=ban_id)
    if found.lifted_at:
        raise AlreadyDecided(_("The ban was lifted before. There is nothing left to do."))
    appeal = _open_appeal(found)
    if appeal and found.by == by:
        raise DecidedByOneself(_("The appeal is against your decision: another moderator answers it."))
    found.lifted_at, found.lifted_by = timezone.now(), by
    found.save(update_fields=["lifted_at", "lifted_by"])
    _answer(appeal, Appeal.Outcome.REVERSED)
    return found


@transaction.atomic
def keep(ban_id: int, *, by: Any) -> Ban:
    """Answer the appeal against a ban: it stands. Refuses its own moderator, and where no appeal is open."""
    found = Ban.objects.select_for_update().get(pk=ban_id)
    appeal = _open_appeal(found)
    if appeal is None:
        raise AlreadyDecided(_("No appeal against this ban is open. There is nothing left to do."))
    if found.by == by:
        raise DecidedByOneself(_("The appeal is against your decision: another moderator answers it."))
    _answer(appeal, Appeal.Outcome.UPHELD)
    return found


def refusal(reader: Reader, address: str, now: datetime) -> Banned | None:
    """What a banned reader is told: until when, and where to appeal."""
    bans = _bans(reader.pk or 0, address or addresses.NOWHERE)
    found = next((each for each in bans if each.until is None or each.until > now), None)
    if found is None:
        return None
    edition = get_language() or "en"
    until = calendars.moment(found.until, edition) if found.until else ""
    said = _("You may not comment until %(until)s.") % {"until": until} if until else _("You may not comment any more.")
    where = _("Why, and how to appeal:") + " " + receipts.of_ban(found, edition)
    return Banned(f"{said} {found.get_reason_display()} {where}")


@prepared(int, str)
def _bans(reader_id: int, address: str) -> QuerySet[Ban]:
    """Those that were not lifted, the newest first."""
    return Ban.objects.filter(Q(reader_id=reader_id) | Q(address=address), lifted_at=None).order_by("-id")


def _open_appeal(found: Ban) -> Appeal | None:
    return Appeal.objects.filter(ban=found, outcome="").first()


def _answer(appeal: Appeal | None, outcome: str) -> None:
    if appeal:
        appeal.outcome, appeal.answered_at = outcome, timezone.now()
        appeal.save(update_fields=["outcome", "answered_at"])
        moderation_log.appeal_answered(appeal, outcome)
        telling.appeal_answered(appeal, outcome)
