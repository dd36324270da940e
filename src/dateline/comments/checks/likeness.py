"""What a comment is like, as the score says. It only ever holds one for a human."""

from ..models import Comment
from . import score
from .verdicts import Attempt, Hold, Verdict


def looks_rejected(attempt: Attempt) -> Verdict:
    """It looks like what moderators reject: abuse, or advertising."""
    return Hold(Comment.Concern.SCORE) if attempt.score >= score.HOLDS_FROM else None
