"""The sample stories as their files tell them, and when each thing happened."""

import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from . import HERE


@dataclass
class Sample:
    """One story's file. `events` are its publish and what followed, oldest first; none for copy still inside."""

    language: str
    facts: dict[str, Any]
    events: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.facts["key"]


def newsroom() -> dict[str, Any]:
    return tomllib.loads((HERE / "newsroom.toml").read_text("utf-8"))


def comments() -> list[dict[str, Any]]:
    path = HERE / "comments.toml"
    return tomllib.loads(path.read_text("utf-8"))["comment"] if path.exists() else []


def samples() -> Iterator[Sample]:
    """Every story, translations after what they translate."""
    read = []
    for path in sorted((HERE / "stories").glob("*/*.toml")):
        facts = tomllib.loads(path.read_text("utf-8"))
        events = facts.pop("event", [])
        if "published" in facts:
            events = [{"kind": "publish", "at": facts["published"]}, *events]
        read.append(Sample(path.parent.name, facts, events))
    yield from sorted(read, key=lambda sample: ("translation_of" in sample.facts, sample.key))


def shift(samples: list[Sample]) -> timedelta:
    """Whole days from the sample's day to today, so that its last event is just past."""
    last = max(event["at"] for sample in samples for event in sample.events)
    return timedelta(days=(datetime.now(UTC) - last).days)


def blocks(body: list[dict[str, Any]], *, pictures: dict[str, int], news_ids: dict[str, int]) -> list[dict[str, Any]]:
    """The body as a StreamField keeps it. A related story that is not there (yet) is left out."""
    return [
        {"id": str(uuid.uuid4()), "type": kind, "value": value}
        for kind, value in (_block(part, pictures, news_ids) for part in body)
        if value is not None
    ]


def _block(part: dict[str, Any], pictures: dict[str, int], news_ids: dict[str, int]) -> tuple[str, Any]:
    match part:
        case {"p": text}:
            return "paragraph", f"<p>{text}</p>"
        case {"h": text}:
            return "heading", text
        case {"quote": words, "speaker": speaker}:
            return "quote", {"quote": words, "speaker": speaker}
        case {"list": items}:
            return "list", items
        case {"table": [head, *rows]}:
            return "table", {
                "columns": [{"type": "text", "heading": cell} for cell in head],
                "rows": [{"values": row} for row in rows],
                "caption": part.get("caption", ""),
            }
        case {"image": image}:
            return "image", {**image, "image": pictures[image["file"]]}
        case {"embed": embed}:
            return "embed", embed
        case {"related": key}:
            return "related", news_ids.get(key)
        case {"facts": facts}:
            return "facts", facts
    raise ValueError(f"The sample body has a part that is none of a body's: {part}")
