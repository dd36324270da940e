"""What was said before."""

from collections.abc import Sequence

from ..models import Comment
from . import sketches
from .verdicts import Attempt, Hold, Verdict

ALIKE_FROM_WORDS = 5


def said_before(attempt: Attempt) -> Verdict:
    """The same address or reader sent the same words, or nearly, however they were spelled."""
    before = [*attempt.from_address.sketches, *attempt.by_reader.sketches]
    return Hold(Comment.Concern.REPEATS) if _is_among(before, attempt) else None


def said_here(attempt: Attempt) -> Verdict:
    """Somebody else said nearly the same in this thread lately. Short ones may: "Well said" is said by many."""
    if sketches.size(attempt.sketch) < ALIKE_FROM_WORDS:
        return None
    return Hold(Comment.Concern.ECHOES) if _is_among(attempt.lately.sketches, attempt) else None


def _is_among(said: Sequence[bytes], attempt: Attempt) -> bool:
    return any(sketches.alike(attempt.sketch, each, from_words=ALIKE_FROM_WORDS) for each in said)
