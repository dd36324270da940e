"""The log's numbers counted anew, from the comments and from what was decided on them.

No page needs it: the verbs keep the numbers. It finds out whether they are right, and sets them right.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from dateline.stories.verification import one_moment

from ..models import Comment, Decision
from . import log as moderation_log
from .objections import Appeal, Report, Tally

CURE = "Say: dateline comments recount"
Numbers = Counter[tuple[str, str]]


def verify() -> list[str]:
    """What is wrong with the log's numbers, a sentence each."""
    with one_moment():
        wrong = _differing(_kept(), _counted())
    return [f"The moderation log of {scope} does not say what became of its comments. {CURE}" for scope in wrong]


@transaction.atomic
def recount() -> int:
    """Set the numbers right, and return in how many stories and months they were wrong. Who writes waits meanwhile."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Tally._meta.db_table} IN EXCLUSIVE MODE")
    counted = _counted()
    wrong = _differing(_kept(), counted)
    rows = [
        Tally(scope=scope, what=what, part=0, number=number)
        for (scope, what), number in sorted(counted.items())
        if scope in wrong
    ]
    for scope in wrong:
        Tally.objects.filter(scope=scope).delete()
    Tally.objects.bulk_create(rows, batch_size=moderation_log.AT_ONCE)
    return len(wrong)


def _differing(kept: Numbers, counted: Numbers) -> list[str]:
    return sorted({scope for scope, what in kept.keys() | counted.keys() if kept[scope, what] != counted[scope, what]})


def _kept() -> Numbers:
    kept: Numbers = Counter()
    for scope, what, number in Tally.objects.values_list("scope", "what", "number").iterator():
        kept[scope, what] += number
    return kept


def _counted() -> Numbers:
    numbers: Numbers = Counter()
    for scopes, (state, reason, stands), number in _grouped(_comments(), "", "state", "reason", "stands"):
        _add(numbers, scopes, "came", number)
        _add(numbers, scopes, moderation_log.counted_as(state, reason, deleted=not stands), number)
    for scopes, (reason,), number in _grouped(Report.objects, "comment__", "reason"):
        _add(numbers, scopes, "reported", number)
        _add(numbers, scopes, f"reported-{reason}", number)
    for scopes, (outcome,), number in _grouped(Appeal.objects, "comment__", "outcome"):
        _add(numbers, scopes, "appealed", number)
        _add(numbers, scopes, f"appeal-{outcome}" if outcome else "", number)
    for decision in _waited().iterator(chunk_size=2000):
        if moderation_log.is_timed(decision.comment):
            for scope in moderation_log.scopes(decision.comment):
                numbers[scope, moderation_log.waited(decision.at - decision.comment.created_at)] += 1
    return numbers


def _comments() -> Any:
    return Comment.objects.annotate(stands=Q(deleted_at=None))


def _waited() -> Any:
    """The decisions by moderators on what was held, those that were taken back left out."""
    rows = Decision.objects.filter(was=Comment.State.HELD, by__isnull=False, undoes=None, undone=None)
    return rows.select_related("comment__reader")


def _grouped(rows: Any, path: str, *by: str) -> Iterable[tuple[list[str], tuple, int]]:
    """How many of `rows` are alike in `by`, in each story and each month."""
    rows = rows.order_by().annotate(month=TruncMonth(f"{path}created_at", tzinfo=UTC))
    told = rows.values_list(f"{path}story_id", f"{path}language", "month", *by)
    for news_id, language, at, *values, number in told.annotate(number=Count("pk")).iterator():
        yield [moderation_log.story(news_id), moderation_log.month(language, at)], tuple(values), number


def _add(numbers: Numbers, scopes: list[str], what: str, number: int) -> None:
    for scope in scopes:
        if what not in ("", Comment.State.HELD):
            numbers[scope, what] += number
