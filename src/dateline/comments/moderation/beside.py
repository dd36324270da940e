"""What stands beside a comment at the desk: its story, how its reader fared, who reported it, before whom it lies."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from dateline.stories.models import Current

from ..models import Comment
from . import leases
from .objections import Appeal, Report

LAST = 5  # comments of the same reader
Rows = Sequence[Comment]


def place(comments: Rows, by: Any) -> None:
    """Give each comment of a list what stands beside it. One query; one or two more where something was reported."""
    stories = Current.objects.in_bulk({comment.story_id for comment in comments})
    holders = leases.holders(comments)
    for number, comment in enumerate(comments, 1):
        given: Any = comment
        given.under = stories[comment.story_id]
        given.following = comments[number] if number < len(comments) else None
        holder = holders.get(comment.pk)
        given.lies_before = holder if holder != by else None
    _objections(comments)


def place_more(comments: Rows) -> None:
    """Also the last comments of each one's reader, for who reads them one by one. One query."""
    arms = [
        Comment.objects.filter(pk__in=_newest(reader_id))
        for reader_id in sorted({comment.reader_id for comment in comments})
    ]
    by_reader = defaultdict(list)
    if arms:
        for row in arms[0].union(*arms[1:], all=True):
            by_reader[row.reader_id].append(row)
    for comment in comments:
        others = sorted(by_reader[comment.reader_id], key=lambda row: -row.pk)
        comment.by_the_same = [row for row in others if row.pk != comment.pk][:LAST]  # type: ignore[attr-defined]


def _newest(reader_id: int) -> Any:
    return Comment.objects.filter(reader=reader_id).order_by("-id").values("pk")[: LAST + 1]


def _objections(comments: Rows) -> None:
    """The open reports and appeals."""
    reported = [comment.pk for comment in comments if comment.reported_at]
    appealed = [comment.pk for comment in comments if comment.appealed_at]
    reports, appeals = defaultdict(list), defaultdict(list)
    if reported:
        for report in Report.objects.filter(comment__in=reported, answer=None, ended="").order_by("id"):
            reports[report.comment_id].append(report)
    if appealed:
        for appeal in Appeal.objects.filter(comment__in=appealed, outcome="", ban=None).order_by("id"):
            appeals[appeal.comment_id].append(appeal)
    for comment in comments:
        given: Any = comment
        given.open_reports, given.open_appeals = reports[comment.pk], appeals[comment.pk]
