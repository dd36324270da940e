"""What was said before."""

from dateline.stories import folding

from ..models import Comment
from .verdicts import Attempt, Hold, Verdict

ALIKE = 0.8  # the share of two comments' words that they have in common
ALIKE_FROM_WORDS = 5


def said_before(attempt: Attempt) -> Verdict:
    """The same address sent the same words, or nearly, however they were spelled."""
    words = folding.words(attempt.text)
    said = (folding.words(comment.text) for comment in attempt.before)
    return Hold(Comment.Concern.REPEATS) if any(_alike(words, others) for others in said) else None


def _alike(words: list[str], others: list[str]) -> bool:
    if words == others:
        return True
    one, other = set(words), set(others)
    if min(len(one), len(other)) < ALIKE_FROM_WORDS:
        return False
    return len(one & other) >= ALIKE * len(one | other)
