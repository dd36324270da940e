"""What was said before."""

from ..models import Comment
from . import sketches
from .verdicts import Attempt, Hold, Verdict

ALIKE_FROM_WORDS = 5


def said_before(attempt: Attempt) -> Verdict:
    """The same address or reader sent the same words, or nearly, however they were spelled."""
    same = any(sketches.alike(attempt.sketch, said.sketch, from_words=ALIKE_FROM_WORDS) for said in attempt.before)
    return Hold(Comment.Concern.REPEATS) if same else None


def said_here(attempt: Attempt) -> Verdict:
    """Somebody else said nearly the same in this thread lately. Short ones may: "Well said" is said by many."""
    if sketches.size(attempt.sketch) < ALIKE_FROM_WORDS:
        return None
    same = any(sketches.alike(attempt.sketch, said.sketch, from_words=ALIKE_FROM_WORDS) for said in attempt.lately)
    return Hold(Comment.Concern.ECHOES) if same else None
