"""JSON Lines: Dateline's own form, a comment on each line (docs/contracts/comments.md)."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from dateline.stories import languages
from dateline.stories.models import Current

from ..models import Comment
from ..threads.addresses import secret
from .records import MAIL, Bad, Reason, Record, State, Thread, key
from .shelf import Shelf

LONGEST_LINE = 1_000_000  # bytes
CHUNK = 500
LAST_PLACE = 1_000_000
_KEY = re.compile("[0-9a-f]{32}")


def fits(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")


def lines() -> Iterator[str]:
    """A line for each comment, what is answered before its answers. No mail address, no network address, no moderator."""
    rows = Comment.objects.select_related("parent").order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        stories = Current.objects.in_bulk({comment.story_id for comment in chunk})
        for comment in chunk:
            yield json.dumps(_said(comment, stories[comment.story_id]), ensure_ascii=False) + "\n"
        last = chunk[-1].pk


def _said(comment: Comment, current: Current) -> dict[str, Any]:
    return {
        "key": comment.submission,
        "news_id": comment.story_id,
        "link": f"{languages.prefix(current.edition)}/news/{comment.story_id}/",
        "version": comment.version,
        "parent": comment.parent.submission if comment.parent else None,
        "reader": secret("exported reader", str(comment.reader_id))[:16],
        "name": comment.name,
        "text": comment.text,
        "language": comment.language,
        "state": comment.state,
        "reason": comment.reason,
        "valued": comment.valued,
        "place": comment.place,
        "signed_in": comment.signed_in,
        "staff": staff(comment.staff_id) if comment.staff_id else "",
        "by_moderator": comment.decided_by_id is not None,
        "created_at": _utc(comment.created_at),
        "decided_at": _utc(comment.decided_at),
        "edited_at": _utc(comment.edited_at),
        "deleted_at": _utc(comment.deleted_at),
        "picked_at": _utc(comment.picked_at),
    }


def staff(user_id: int) -> str:
    """Tells one writer of the newsroom from another, and to nobody but this newsroom which of them it is."""
    return secret("exported staff", str(user_id))[:16]


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def read(stream: BinaryIO, shelf: Shelf) -> Iterator[Record | Bad]:
    """Each line that is not empty."""
    number = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE:
            yield Bad(f"line {number}", f"It is longer than {LONGEST_LINE:,} bytes.", _kept(raw))
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE)
        elif raw.strip(b"\xef\xbb\xbf \r\n\t"):
            yield _line(f"line {number}", raw)


def _line(position: str, raw: bytes) -> Record | Bad:
    try:
        said = json.loads(raw.decode("utf-8-sig"))
        if not isinstance(said, dict):
            raise ValueError("no object")
        return _record(position, said)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        return Bad(position, f"It is no comment as JSON: {error}.", _kept(raw))


def _record(position: str, said: dict[str, Any]) -> Record:
    state, reason = said.get("state") or State.APPROVED, said.get("reason") or ""
    if state not in State.values:
        raise ValueError(f"state {state!r} is none of {', '.join(State.values)}")
    if state == State.REJECTED and reason not in Reason.values:
        reason = Reason.BEFORE
    within = said.get("thread")
    thread: dict[str, Any] = within if isinstance(within, dict) else said
    at = _moment(said.get("created_at") or said.get("at"))
    if at is None:
        raise ValueError("created_at is missing")
    number = thread.get("news_id")
    text = _text(said, "text")
    return Record(
        position=position,
        key=_name(said.get("key")) or key("jsonl", number, thread.get("link"), said.get("name"), text, at),
        thread=Thread(
            _text(thread, "link"), _text(thread, "identifier"), _text(thread, "title"), int(number) if number else None
        ),
        text=text,
        at=at,
        name=_text(said, "name"),
        person=_text(said, "reader"),
        parent=_name(said.get("parent")),
        state=state,
        reason=reason if state == State.REJECTED else "",
        decided_at=_moment(said.get("decided_at")),
        language=_text(said, "language")[:100],
        version=int(said["version"]) if said.get("version") else None,
        valued=int(said.get("valued") or 0),
        place=_place(said.get("place")),
        edited_at=_moment(said.get("edited_at")),
        deleted_at=_moment(said.get("deleted_at")),
        picked_at=_moment(said.get("picked_at")),
        signed_in=said.get("signed_in") is True,
        staff=_text(said, "staff"),
        by_moderator=said.get("by_moderator") is True,
    )


def _place(said: Any) -> int | None:
    """One that a thread may have; else it gets the next."""
    return said if type(said) is int and 0 < said < LAST_PLACE else None


def _name(said: Any) -> str:
    """A comment's key, as it is where it is one of ours."""
    text = "" if said is None else str(said)
    return text if not text or _KEY.fullmatch(text) else key("jsonl", text)


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    if value is not None and not isinstance(value, str | int):
        raise ValueError(f"{name} is no text")
    return "" if value is None else str(value)


def _moment(value: Any) -> datetime | None:
    """With its offset from UTC; without one, it is UTC."""
    if not value:
        return None
    found = datetime.fromisoformat(str(value))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _kept(raw: bytes) -> str:
    """What is kept of a line that could not be read: without what looks like a mail address."""
    return MAIL.sub("[mail address]", raw[:20_000].decode("utf-8", "replace"))
