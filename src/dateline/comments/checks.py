"""What is looked at when a comment comes in: one list, whose order is the policy.

Each check is a function that answers with its verdict and its reason: a `Refuse` ends it, and its writer is told; a
`Hold` says to the moderator what to look at; None means that it found nothing. What no check objects to waits for
a moderator all the same.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dateline.stories import folding
from dateline.stories.models import Current

from .models import Comment, Reader
from .refusals import Refused, ThreadClosed, TooOften

Concern = Comment.Concern

OFTEN = 10  # comments from one address
OFTEN_WITHIN = timedelta(minutes=10)
MANY_LINKS = 3
PILED_MARKS = 5  # above and below one letter; Arabic, Hebrew, Thai and Vietnamese need three at most
ALIKE = 0.8  # the share of two comments' words that they have in common
ALIKE_FROM_WORDS = 5


@dataclass(frozen=True)
class Attempt:
    """A comment that somebody wants to make."""

    current: Current
    reader: Reader
    name: str
    text: str
    at: datetime
    limited: bool  # whether its address stands for one household
    before: list[Comment]  # the newest from the same address, at most OFTEN


@dataclass(frozen=True)
class Hold:
    concern: Comment.Concern


@dataclass(frozen=True)
class Refuse:
    refusal: Refused


Verdict = Hold | Refuse | None


def judge(attempt: Attempt) -> list[str]:
    """What the moderator should look at, in the order of the checks. Raises what the first that refuses says."""
    concerns = []
    for check in CHECKS:
        match check(attempt):
            case Refuse(refusal):
                raise refusal
            case Hold(concern):
                concerns.append(concern.value)
    return concerns


def closed_thread(attempt: Attempt) -> Verdict:
    """The story was killed."""
    if not attempt.current.killed:
        return None
    return Refuse(ThreadClosed(_("The story was withdrawn. Nobody can comment on it any more.")))


def banned(attempt: Attempt) -> Verdict:
    """A moderator banned the reader, or whoever writes from his address, and the time is not over."""
    from . import bans  # which reads what the verbs decided, and they read this list

    refusal = bans.refusal(attempt.reader, attempt.reader.address, attempt.at)
    return Refuse(refusal) if refusal else None


def too_often(attempt: Attempt) -> Verdict:
    """Ten comments in ten minutes from one address."""
    recent = [comment for comment in attempt.before if attempt.at - comment.created_at < OFTEN_WITHIN]
    if not attempt.limited or len(recent) < OFTEN:
        return None
    return Refuse(TooOften(_("Many comments came from your address just now. Wait ten minutes, then send it again.")))


def said_before(attempt: Attempt) -> Verdict:
    """The same address sent the same words, or nearly, however they were spelled."""
    words = folding.words(attempt.text)
    said = (folding.words(comment.text) for comment in attempt.before)
    return Hold(Concern.REPEATS) if any(_alike(words, others) for others in said) else None


def many_links(attempt: Attempt) -> Verdict:
    """Three links or more."""
    return Hold(Concern.LINKS) if len(_LINK.findall(attempt.text)) >= MANY_LINKS else None


def turned_around(attempt: Attempt) -> Verdict:
    """Characters that make text read in another order than it is written, as no keyboard makes them."""
    return Hold(Concern.DIRECTION) if _TURNS.search(attempt.name + attempt.text) else None


def piled_marks(attempt: Attempt) -> Verdict:
    """Marks piled above and below letters until they cover the lines around them."""
    piled = 0
    for char in attempt.name + attempt.text:
        piled = piled + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if piled >= PILED_MARKS:
            return Hold(Concern.MARKS)
    return None


def first_time(attempt: Attempt) -> Verdict:
    """Nothing that this guest wrote was ever approved."""
    return Hold(Concern.FIRST) if attempt.reader.approved == 0 else None


CHECKS: list[Callable[[Attempt], Verdict]] = [
    # What is not taken in at all.
    closed_thread,
    banned,
    too_often,
    # What a moderator should know. The words first, then who wrote them.
    said_before,
    many_links,
    turned_around,
    piled_marks,
    first_time,
]

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
# Embeddings and overrides. Isolates and the single marks are left to those who write two directions with care.
_TURNS = re.compile("[\u202a\u202b\u202d\u202e]")


def _alike(words: list[str], others: list[str]) -> bool:
    if words == others:
        return True
    one, other = set(words), set(others)
    if min(len(one), len(other)) < ALIKE_FROM_WORDS:
        return False
    return len(one & other) >= ALIKE * len(one | other)
