"""How a comment looks, whatever it says."""

import re
import unicodedata

from ..models import Comment
from .verdicts import Attempt, Hold, Verdict

Concern = Comment.Concern
MANY_LINKS = 3
PILED_MARKS = 5  # above and below one letter; Arabic, Hebrew, Thai and Vietnamese need three at most

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
# Embeddings and overrides. Isolates and the single marks are left to those who write two directions with care.
_TURNS = re.compile("[\u202a\u202b\u202d\u202e]")


def many_links(attempt: Attempt) -> Verdict:
    """Three links or more."""
    return Hold(Concern.LINKS) if len(_LINK.findall(attempt.text)) >= MANY_LINKS else None


def turned_around(attempt: Attempt) -> Verdict:
    """Characters that make text read in another order than it is written, as no keyboard makes them."""
    return Hold(Concern.DIRECTION) if _TURNS.search(attempt.name + attempt.text) else None


def piled_marks(attempt: Attempt) -> Verdict:
    """Marks piled above and below letters until they cover the lines around them."""
    typed = attempt.name + attempt.text
    if typed.isascii():
        return None
    piled = 0
    for char in typed:
        piled = piled + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if piled >= PILED_MARKS:
            return Hold(Concern.MARKS)
    return None
