"""What a decision answers: the reports and the appeals that were open on its comment.

In the decision's own transaction: nobody is told what did not hold.
"""

from django.db.models import Min
from django.utils import timezone

from ..mail import telling
from ..models import Comment, Decision
from . import log as moderation_log
from .objections import Appeal, Ban, Report

Outcome = Appeal.Outcome


def give(decision: Decision) -> None:
    """Answer what is open, and tell those who left an address."""
    open_now = Report.objects.filter(comment=decision.comment, answer=None, ended="")
    reports = list(open_now.select_related("comment"))
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(answer=decision)
    telling.reports_answered(reports, decision)
    outcome = Outcome.REVERSED if decision.state != decision.was else Outcome.UPHELD
    appeals = list(Appeal.objects.filter(comment=decision.comment, ban=None, outcome="").select_related("report"))
    answered = Appeal.objects.filter(pk__in=[appeal.pk for appeal in appeals])
    answered.update(outcome=outcome, answered_at=timezone.now(), answer=decision)
    for appeal in appeals:
        appeal.answer = decision
        moderation_log.appeal_answered(appeal, outcome)
        telling.appeal_answered(appeal, outcome)


def take_back(decision: Decision, comment: Comment) -> None:
    """Open again what the decision answered, and lift the ban that came with it."""
    reports = Report.objects.filter(answer=decision)
    appeals = Appeal.objects.filter(answer=decision)
    for appeal in appeals:
        moderation_log.appeal_answered(appeal, appeal.outcome, -1)
    comment.reported_at = reports.aggregate(first=Min("created_at"))["first"]
    comment.appealed_at = appeals.aggregate(first=Min("created_at"))["first"]
    comment.save(update_fields=["reported_at", "appealed_at"])
    reports.update(answer=None)
    appeals.update(outcome="", answered_at=None, answer=None)
    Ban.objects.filter(decision=decision, lifted_at=None).update(lifted_at=timezone.now(), lifted_by=decision.by)
