"""Why a comment is not shown: written with each rejection, for its writer to read.

Regulation (EU) 2022/2065, Article 17, asks for it wherever what somebody wrote is not shown.
"""

from ..models import Comment, Decision
from .objections import Report, Statement

Ground = Statement.Ground
Reason = Comment.Reason
# What a moderator rejects for, and a reader reports for, in the order of the keys 1 to 8.
REASONS = (
    Reason.OFF_TOPIC, Reason.INSULT, Reason.HATE, Reason.FALSE,
    Reason.PRIVATE, Reason.ADVERTISING, Reason.ILLEGAL, Reason.REPEATED,
)  # fmt: skip

# That it is somebody's first, or was changed, is no finding: every comment may be looked at for that.
NO_FINDING = {Comment.Concern.FIRST.value, Comment.Concern.EDITED.value}


def choices() -> list[tuple[str, str]]:
    """The reasons, each with its words in the language of who asks."""
    return [(reason.value, str(reason.label)) for reason in REASONS]


def write(decision: Decision, words: str) -> None:
    """The statement that goes with a rejection; none with what is approved."""
    if decision.state != Comment.State.REJECTED:
        return
    comment = decision.comment
    Statement.objects.create(
        decision=decision,
        ground=Ground.LAW if decision.reason == Reason.ILLEGAL else Ground.RULES,
        words=words.strip(),
        notice=Report.objects.filter(comment=comment, answer=None, ended="").order_by("id").first(),
        found_by_program=bool(set(comment.concerns) - NO_FINDING),
    )


def of(decision: Decision | None) -> Statement | None:
    """The reasons that a decision was given; None where it let the comment stay."""
    return Statement.objects.filter(decision=decision).first() if decision else None


def standing(comment: Comment) -> Statement | None:
    """Why the comment is not shown now; None where it is, or waits, or no moderator rejected it."""
    if comment.reason not in REASONS:
        return None
    found = Statement.objects.filter(decision__comment=comment, decision__undone=None)
    return found.select_related("decision", "notice").order_by("-id").first()
