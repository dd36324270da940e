"""What every format is read into."""

import hashlib
import html
import json
import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dateline.stories import cleaning

LIMIT = 5_000_000  # characters of one story's text; more is no story
Block = dict[str, Any]


@dataclass(frozen=True)
class Bad:
    """A document that could not be taken in, with the reason, as somebody will look at it."""

    position: str
    reason: str
    raw: bytes = b""


@dataclass(frozen=True)
class Skipped:
    """A document that holds nothing to take in, and is no mistake."""

    position: str
    reason: str
    raw: bytes = b""


@dataclass
class Record:
    """One document, read. Texts are as they were written; `taking.py` cleans what it saves."""

    position: str
    raw: bytes
    headline: str = ""
    body: list[Block] = field(default_factory=list)
    stored: str = ""  # the body as a StreamField keeps it; `finding.py` makes it, and lets go of the blocks
    published_at: datetime | None = None
    date: str = ""  # as it was written
    news_id: int | None = None
    language: str = ""
    summary: str = ""
    kicker: str = ""
    slugline: str = ""
    place: str = ""
    credit: str = ""
    byline: str = ""
    section: str = ""
    subjects: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    urgency: int = 5
    embargo: datetime | None = None
    provider: str = ""
    source_id: str = ""
    source_version: str = ""
    original_publisher: str = ""
    flag: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same document, whenever it comes again."""
        return hashlib.sha256(self.raw).hexdigest()[:32]

    def doubt(self, why: str) -> None:
        """Flag it for an editor, beside what it is flagged for already."""
        self.flag = f"{self.flag} {why}".strip()

    def blocks(self) -> str:
        """The body as a StreamField keeps it."""
        return json.dumps([{**_storable(block), "id": str(uuid.uuid4())} for block in self.body])


def _storable(value: Any) -> Any:
    """`value` with each of its texts cleaned: once they are JSON, what must go cannot be told from what says so."""
    match value:
        case str():
            return cleaning.text(value)
        case list():
            return [_storable(each) for each in value]
        case dict():
            return {name: _storable(each) for name, each in value.items()}
    return value


def paragraph(*lines: str) -> Block:
    """A paragraph of plain text; its lines, where there are several, stay lines."""
    return {
        "type": "paragraph",
        "value": "<p>" + "<br/>".join(html.escape(line, quote=False) for line in lines) + "</p>",
    }


def paragraphs(text: str) -> list[Block]:
    """Plain text as paragraphs: parted by blank lines where there are any, by line ends otherwise."""
    parts = text.replace("\r\n", "\n").split("\n\n") if "\n\n" in text.strip() else text.splitlines()
    return [paragraph(" ".join(part.split())) for part in parts if part.strip()]


# A point after these, or after one letter, ends no sentence.
_SHORT = re.compile(
    r"(?:^|[\s(\"'“])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Maj|Col|Lt|Sgt|Capt|Cmdr|Adm|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr|No|vs|Inc|Corp|Ltd|"
    r"M|Mme|Sra?|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[^\W\d_]|(?:[^\W\d_]\.)+[^\W\d_])$",
)


def first_sentence(text: str, *, limit: int = 120) -> str:
    """A working headline: the first sentence, cut at a word where it is long."""
    text = " ".join(text.split())
    for end, char in enumerate(text[: limit + 1]):
        if char in ".!?؟。۔" and end > 15 and _ends_here(text, end):
            return text[: end + 1].rstrip(".。۔")
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "…"


def _ends_here(text: str, end: int) -> bool:
    if text[end] == "。" or end + 1 == len(text):
        return True
    if text[end + 1] not in " \"'”»":
        return False
    return text[end] != "." or not (_SHORT.search(text[:end]) or text[end + 2 : end + 3].islower())


WORKING_HEADLINE = "Working headline: the archive had none. Write one."
