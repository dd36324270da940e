"""What every format is read into."""

import hashlib
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ..models import Comment

State, Reason = Comment.State, Comment.Reason
MAIL = re.compile(r"[^\s@\"<>]+@[^\s@\"<>]+\.[^\s@\"<>]+")


@dataclass(frozen=True)
class Bad:
    """A comment that could not be taken in: where it stands, why, and what can be read of it."""

    position: str
    reason: str
    raw: str = ""
    key: str = ""


@dataclass(frozen=True)
class Skipped:
    """What is no reader's comment, and no mistake."""

    position: str
    reason: str


@dataclass(frozen=True)
class Thread:
    """What comments answered where they come from: its address, its name there, its title."""

    link: str = ""
    identifier: str = ""
    title: str = ""
    news_id: int | None = None
    number: str = ""  # of one that the file has not told of yet


MOMENTS = ("at", "decided_at", "edited_at", "deleted_at", "picked_at")


@dataclass(frozen=True)
class Record:
    """One comment, read. `key` is its name where it comes from, the same each time; `parent` that of what it answers.

    `person` tells one writer from another there: a mail address, a login. Only a keyed hash of it is kept.
    """

    position: str
    key: str
    thread: Thread
    text: str
    at: datetime
    name: str = ""
    person: str = ""
    parent: str = ""
    state: str = State.APPROVED
    reason: str = ""
    decided_at: datetime | None = None
    language: str = ""
    version: int | None = None
    valued: int = 0  # by how many readers there; who they were is not known here
    place: int | None = None  # among the replies of its thread
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    picked_at: datetime | None = None
    signed_in: bool = False
    staff: str = ""  # tells one writer of the newsroom from another; "" for readers
    by_moderator: bool = False  # whether somebody read it before it was decided on

    def as_json(self) -> dict[str, Any]:
        """What is kept of one that could not be taken in: all but who wrote it, as JSON Lines import takes it."""
        kept = {**self.plain(), "name": MAIL.sub("", self.name)}
        del kept["position"], kept["person"]
        return kept

    def plain(self) -> dict[str, Any]:
        """All of it, as JSON has it."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(self).items()
        }


def key(*parts: object) -> str:
    """A name for a comment: the same for the same comment, whenever and wherever it comes again."""
    text = "".join(f"{len(str(part))}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
