"""What leaves the queues by itself: its writer deleted it, or its story was killed.

Nobody has to decide on it then, and whoever waits for an answer is told why.
"""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from ..mail import telling
from ..models import Comment
from . import log as moderation_log
from .objections import Appeal, Report

State = Comment.State
Gone = Report.Gone


def deleted(rows: QuerySet[Comment]) -> None:
    """Their writers delete these comments; in that transaction, and before their words go."""
    moderation_log.deleted(rows.filter(deleted_at=None).select_for_update())
    _end(rows, Gone.DELETED, Appeal.objects.all())


def withdrawn(news_id: int) -> None:
    """A story was killed: what waited under it is not shown, and what was reported is gone.

    A writer may go on to object to what was decided on his own comment before.
    """
    rows = Comment.objects.filter(story_id=news_id)
    held = list(rows.filter(decided_at=None).select_for_update())
    rows.filter(decided_at=None).update(
        state=State.REJECTED, reason=Comment.Reason.WITHDRAWN, decided_at=timezone.now(),
        decided_times=F("decided_times") + 1,
    )  # fmt: skip
    moderation_log.withdrawn(held)
    _end(rows, Gone.WITHDRAWN, Appeal.objects.filter(side=Appeal.Side.REPORTER))


def _end(rows: QuerySet[Comment], how: Gone, appealed: QuerySet[Appeal]) -> None:
    """Answer what is open on `rows`: that the comment is not there any more."""
    waiting = rows.filter(Q(reported_at__isnull=False) | Q(appealed_at__isnull=False))
    now, ids = timezone.now(), list(waiting.order_by("pk").values_list("pk", flat=True))
    reports = list(Report.objects.filter(comment__in=ids, answer=None, ended="").select_related("comment"))
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(ended=how, ended_at=now)
    for report in reports:
        report.ended = how
    telling.reports_ended(reports)
    appeals = list(appealed.filter(comment__in=ids, ban=None, outcome="").select_related("report", "comment__reader"))
    ended = Appeal.objects.filter(pk__in=[appeal.pk for appeal in appeals])
    ended.update(outcome=Appeal.Outcome.MOOT, answered_at=now)
    for appeal in appeals:
        moderation_log.appeal_answered(appeal, Appeal.Outcome.MOOT)
        if appeal.report or how == Gone.WITHDRAWN:
            telling.appeal_answered(appeal, Appeal.Outcome.MOOT)
    open_still = Appeal.objects.filter(comment=OuterRef("pk"), ban=None, outcome="")
    Comment.objects.filter(pk__in=ids).update(reported_at=None)
    Comment.objects.filter(~Exists(open_still), pk__in=ids).update(appealed_at=None)
