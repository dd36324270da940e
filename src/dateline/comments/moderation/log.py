"""The numbers of the public moderation log: how many comments came, what became of them, why, and how fast.

Kept by the verbs, each in its own transaction, in a small table (`Tally`): no page counts through the archive, and no
number can be told apart from what happened. Everything about a comment is counted in its story, and in the month in
which it came. Nobody's name and nobody's words are kept here.

A comment that came is shown, was rejected, was deleted by its writer, or waits: one of them, always.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from dateline.stories.prepared import say

from ..models import Comment, Decision
from .objections import Appeal, Report, Tally

PARTS = 8
AT_ONCE = 1000  # rows in one statement
DELETED = "deleted"  # by their writers, shown or held until then
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
    return f"month-{edition}-{at.astimezone(UTC):%Y-%m}"


def scopes(comment: Comment) -> list[str]:
    return [story(comment.story_id), month(comment.language, comment.created_at)]


def came(*comments: Comment) -> None:
    """Count comments that were taken in; as shown too, where the checks let them through."""
    _add_all(map(_came, comments), part=comments[0].pk % PARTS)


def moved_in(comments: Iterable[Comment]) -> None:
    """Count what came from another system, in the months in which it was written. How long it waited there is not known."""
    _add_all(map(_came, comments))


def _came(comment: Comment) -> tuple[Comment, dict[str, int]]:
    return comment, {"came": 1, _as(comment, comment.state, comment.reason): 1}


def decided(comment: Comment, decision: Decision) -> None:
    _add(comment, _steps(comment, decision))


def undone(comment: Comment, decision: Decision) -> None:
    """Count back what `decided` counted."""
    _add(comment, {what: -step for what, step in _steps(comment, decision).items()})


def moved(comment: Comment, was: str) -> None:
    """Its writer took it back from what it was: it waits again."""
    _add(comment, {_as(comment, comment.state, comment.reason): 1, _as(comment, was, ""): -1})


def deleted(comments: Iterable[Comment]) -> None:
    """Their writers deleted them, which stood or waited as these rows say. What was rejected before stays so."""
    gone = (comment for comment in comments if comment.state != Comment.State.REJECTED)
    _add_all((comment, {DELETED: 1, comment.state: -1}) for comment in gone)


def withdrawn(comments: Iterable[Comment]) -> None:
    """They waited under a story that was killed."""
    _add_all((comment, {f"rejected-{Comment.Reason.WITHDRAWN}": 1}) for comment in comments)


def reported(report: Report) -> None:
    _add(report.comment, {"reported": 1, f"reported-{report.reason}": 1})


def appealed(appeal: Appeal) -> None:
    _add(appeal.comment, {"appealed": 1})


def appeal_answered(appeal: Appeal, outcome: str, step: int = 1) -> None:
    _add(appeal.comment, {f"appeal-{outcome}": step})


def _steps(comment: Comment, decision: Decision) -> Counter[str]:
    steps: Counter[str] = Counter()
    steps[_as(comment, decision.state, decision.reason)] += 1
    steps[_as(comment, decision.was, decision.was_reason)] -= 1
    if decision.state != decision.was and decision.was == Comment.State.HELD and decision.by_id and is_timed(comment):
        steps[waited(decision.at - comment.created_at)] += 1
    return steps


def counted_as(state: str, reason: str, *, deleted: bool) -> str:
    """What a comment in that state is counted as. Those that are "held" are counted by nobody: they are the rest."""
    if reason == Comment.Reason.DELETED or (state == Comment.State.APPROVED and deleted):
        return DELETED
    return f"rejected-{reason}" if state == Comment.State.REJECTED else state


def _as(comment: Comment, state: str, reason: str) -> str:
    return counted_as(state, reason, deleted=bool(comment.deleted_at))


def is_timed(comment: Comment) -> bool:
    """Whether it waited for our moderators from the moment it was written: not the newsroom's own, nor what moved in.

    What moved in is known by its guest, who is told apart by another hash than that of the address it came from.
    """
    reader = comment.reader
    moved_in = not comment.address and bool(reader.address) and reader.confirmed_at is None
    return comment.staff_id is None and not moved_in


def waited(took: timedelta) -> str:
    return f"waited-{next((place for place, end in enumerate(WAITS) if took <= end), len(WAITS))}"


def _add(comment: Comment, steps: dict[str, int]) -> None:
    _add_all([(comment, steps)], part=comment.pk % PARTS)


def _add_all(changes: Iterable[tuple[Comment, dict[str, int]]], part: int = 0) -> None:
    """One statement. Rows in one order, so that two transactions never wait for each other in a circle."""
    sums: Counter[tuple[str, str, int]] = Counter()
    for comment, steps in changes:
        for scope in scopes(comment):
            for what, step in steps.items():
                sums[scope, what, part] += step
    rows = [(*key, step) for key, step in sorted(sums.items()) if step and key[1] != Comment.State.HELD]
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        marks = ", ".join(["(%s, %s, %s, %s)"] * len(some))
        say(_ADD.format(marks), [value for row in some for value in row])


@dataclass(frozen=True)
class Numbers:
    """The log of one story, or of one month."""

    counted: dict[str, int]

    def __getitem__(self, what: str) -> int:
        return max(0, self.counted.get(what, 0))

    @property
    def rejected(self) -> int:
        return sum(number for what, number in self.counted.items() if what.startswith("rejected-"))

    @property
    def waits(self) -> int:
        return max(0, self["came"] - self["approved"] - self.rejected - self[DELETED])

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
