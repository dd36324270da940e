"""How a comment looks, whatever it says."""

import re
import unicodedata

from django.utils.translation import gettext as _

from ..models import Comment
from ..refusals import TooLong
from ..threads.forms import LONGEST_NAME, LONGEST_TEXT
from .verdicts import Attempt, Hold, Refuse, Verdict

Concern = Comment.Concern
MANY_LINKS = 3
PILED_MARKS = 5  # above and below one letter; Arabic, Hebrew, Thai and Vietnamese need three at most

# An address, with https:// before it or not: a.example/x, and a.com alone.
_LINK = re.compile(
    r"https?://|\bwww\.|(?<![\w@.:/-])(?:[\w-]{1,63}\.)+"
    r"(?:[^\W\d_]{2,24}/[^\s/]|(?:com|net|org|info|biz|ru|io|co|me|ly|xyz|top|shop|online|site|club|link|click|live)\b)",
    re.IGNORECASE,
)
# Embeddings and overrides. Isolates and the single marks are left to those who write two directions with care.
_TURNS = re.compile("[\u202a\u202b\u202d\u202e]")


def too_long(attempt: Attempt) -> Verdict:
    """More than the form takes, by whichever door it came."""
    if len(attempt.text) <= LONGEST_TEXT and len(attempt.name) <= LONGEST_NAME:
        return None
    words = _("A comment may have %(limit)s characters; this one has %(length)s. Shorten it.")
    return Refuse(TooLong(words % {"limit": LONGEST_TEXT, "length": len(attempt.text)}))


def many_links(attempt: Attempt) -> Verdict:
    """Three links or more."""
    return Hold(Concern.LINKS) if len(_LINK.findall(attempt.text)) >= MANY_LINKS else None


def turned_around(attempt: Attempt) -> Verdict:
    """Characters that make text read in another order than it is written, as no keyboard makes them."""
    return Hold(Concern.DIRECTION) if _TURNS.search(attempt.typed) else None


def piled_marks(attempt: Attempt) -> Verdict:
    """Marks piled above and below letters until they cover the lines around them."""
    typed = attempt.typed
    if typed.isascii():
        return None
    piled = 0
    for char in typed:
        piled = piled + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if piled >= PILED_MARKS:
            return Hold(Concern.MARKS)
    return None
