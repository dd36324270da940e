"""What a check is asked, and what it may answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dateline.stories.models import Current

from ..models import Comment, Reader
from ..modes import Standing
from ..refusals import Refused


@dataclass(frozen=True)
class Attempt:
    """A comment that somebody wants to make."""

    current: Current
    standing: Standing
    reader: Reader
    name: str
    text: str
    at: datetime
    limited: bool  # whether its address stands for one household
    before: list[Comment]  # the newest from the same address, at most OFTEN


@dataclass(frozen=True)
class Refuse:
    """It is not taken in, and its writer is told."""

    refusal: Refused


@dataclass(frozen=True)
class Hold:
    """It waits for a moderator, whatever the mode; the concern says what to look at. None: there is nothing to say."""

    concern: Comment.Concern | None = None


@dataclass(frozen=True)
class Note:
    """A moderator who happens to read it should know. It is no reason to hold it."""

    concern: Comment.Concern


Verdict = Refuse | Hold | Note | None
Check = Callable[[Attempt], Verdict]


@dataclass(frozen=True)
class Judgement:
    """What all checks said together."""

    concerns: list[str]
    held: bool
