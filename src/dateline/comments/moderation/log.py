"""The numbers of the public moderation log: how many comments came, what became of them, why, and how fast.

Kept by the verbs, each in its own transaction, in a small table (`Tally`): no page counts through the archive, and no
number can be told apart from what happened. Everything about a comment is counted in its story, and in the month in
which it came. Nobody's name and nobody's words are kept here.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from ..models import Comment, Decision
from .objections import Appeal, Report, Tally
from .statements import REASONS

PARTS = 8
# How long a held comment waited: the upper ends of what is told apart.
WAITS = [
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1),
    timedelta(hours=3), timedelta(hours=6), timedelta(hours=12), timedelta(days=1), timedelta(days=3), timedelta(days=7),
]  # fmt: skip
# Both engines add to the row that is there, and neither asks first.
_ADD = """
INSERT INTO comments_tally (scope, what, part, number) VALUES {}
ON CONFLICT (scope, what, part) DO UPDATE SET number = comments_tally.number + excluded.number
"""


def story(news_id: int) -> str:
    return f"story-{news_id}"


def month(edition: str, at: datetime) -> str:
    return f"month-{edition}-{at:%Y-%m}"


def came(comment: Comment) -> None:
    """Count a comment that was taken in; as shown too, where the checks let it through."""
    _add(comment, {"came": 1, _as(comment.state, comment.reason): 1})


def decided(comment: Comment, decision: Decision) -> None:
    steps: Counter[str] = Counter()
    if decision.state != decision.was:
        steps[_as(decision.state, decision.reason)] += 1
        steps[_as(decision.was, decision.was_reason)] -= 1
        steps[_waited(comment, decision)] += 1
    elif decision.reason != decision.was_reason:
        steps[_as(decision.state, decision.reason)] += 1
        steps[_as(decision.was, decision.was_reason)] -= 1
    _add(comment, steps)


def moved(comment: Comment, was: str) -> None:
    """Its writer took it back from what it was: it waits again."""
    _add(comment, {_as(comment.state, comment.reason): 1, _as(was, ""): -1})


def undone(comment: Comment, decision: Decision) -> None:
    """Count back what `decided` counted."""
    steps: Counter[str] = Counter()
    if (decision.state, decision.reason) != (decision.was, decision.was_reason):
        steps[_as(decision.was, decision.was_reason)] += 1
        steps[_as(decision.state, decision.reason)] -= 1
    if decision.state != decision.was:
        steps[_waited(comment, decision)] -= 1
    _add(comment, steps)


def reported(report: Report) -> None:
    _add(report.comment, {"reported": 1, f"reported-{report.reason}": 1})


def appealed(appeal: Appeal) -> None:
    _add(appeal.comment, {"appealed": 1})


def appeal_answered(appeal: Appeal, outcome: str, step: int = 1) -> None:
    _add(appeal.comment, {f"appeal-{outcome}": step})


def _as(state: str, reason: str) -> str:
    return f"rejected-{reason}" if state == Comment.State.REJECTED else state


def _waited(comment: Comment, decision: Decision) -> str:
    """What to count a decision on a held comment under, by how long it waited; "" for a later one, or the checks' own."""
    if decision.was != Comment.State.HELD or decision.by_id is None:
        return ""
    took = decision.at - comment.created_at
    return f"waited-{next((place for place, end in enumerate(WAITS) if took <= end), len(WAITS))}"


def _add(comment: Comment, steps: dict[str, int]) -> None:
    """One statement. Rows in one order, so that two transactions never wait for each other in a circle."""
    steps = {what: step for what, step in steps.items() if step and what not in ("", Comment.State.HELD)}
    scopes = sorted([story(comment.story_id), month(comment.language, comment.created_at)])
    rows = [(scope, what, comment.pk % PARTS, steps[what]) for scope in scopes for what in sorted(steps)]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(
                _ADD.format(", ".join(["(%s, %s, %s, %s)"] * len(rows))), [value for row in rows for value in row]
            )


@dataclass(frozen=True)
class Numbers:
    """The log of one story, or of one month."""

    counted: dict[str, int]

    def __getitem__(self, what: str) -> int:
        return max(0, self.counted.get(what, 0))

    @property
    def rejected(self) -> int:
        return sum(self[f"rejected-{reason.value}"] for reason in REASONS)

    @property
    def waits(self) -> int:
        """Those that did not wait any more when this was counted are not among them."""
        return max(0, self["came"] - self["approved"] - self.rejected)

    def within(self, share: float) -> timedelta | None:
        """The time within which this share of the held comments was decided; None where it was longer than a week, or
        where none was."""
        numbers = [self[f"waited-{place}"] for place in range(len(WAITS) + 1)]
        wanted, reached = share * sum(numbers), 0
        for end, number in zip(WAITS, numbers, strict=False):
            reached += number
            if reached and reached >= wanted:
                return end
        return None

    @property
    def timed(self) -> bool:
        return any(self[f"waited-{place}"] for place in range(len(WAITS) + 1))


def read(scope: str) -> Numbers:
    """One query, of at most a few hundred rows whatever happened."""
    counted: Counter[str] = Counter()
    for what, number in Tally.objects.filter(scope=scope).values_list("what", "number"):
        counted[what] += number
    return Numbers(dict(counted))


def this_month() -> datetime:
    return timezone.now()
