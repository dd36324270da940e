"""What a check is asked, and what it may answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from dateline.stories.models import Current

from ..models import Comment, Reader
from ..moderation.modes import Standing
from ..refusals import Refused
from . import disguises, score, sketches


def moment(written: str) -> datetime:
    """What a database writes for it. SQLite keeps moments without their zone: in UTC."""
    found = datetime.fromisoformat(written)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class Said(NamedTuple):
    """Comments that were taken in before: how many, the moment of the first, and the words of each in 64 bytes."""

    number: int = 0
    since: str = ""  # as the database writes it
    sketches: Sequence[bytes] = ()

    def are(self, number: int, within: timedelta, at: datetime) -> bool:
        """Whether so many came within this time before `at`."""
        return self.number >= number and at - moment(self.since) < within


@dataclass(frozen=True)
class Attempt:
    """A comment that somebody wants to make, and what he and others said before it."""

    current: Current
    standing: Standing
    reader: Reader
    name: str
    text: str
    at: datetime
    limited: bool  # whether its address stands for one household
    may_be_banned: bool  # its writer, or whoever writes from his address: a ban was not lifted
    has_namesake: bool  # a signed-in reader's name looks the same
    from_address: Said  # the newest, at most rates.OFTEN
    by_reader: Said  # likewise; of a guest none: he is no more than his address
    lately: Said  # in this thread, at most rates.BUSY

    @cached_property
    def typed(self) -> str:
        """All that would be shown."""
        return f"{self.name}\n{self.text}"

    @cached_property
    def readings(self) -> disguises.Reading:
        return disguises.read(self.typed)

    @cached_property
    def sketch(self) -> bytes:
        return sketches.of(self.text)

    @cached_property
    def score(self) -> int:
        return score.of(self.text)


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
