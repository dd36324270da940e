"""The comments in WordPress's export (WXR 1.0 to 1.2): <wp:comment> within the <item> that they answer."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from lxml import etree

from . import markup
from .records import Bad, Reason, Record, Skipped, State, Thread, key
from .shelf import Shelf
from .xml import elements, local, texts

_STATES = {
    "1": (State.APPROVED, ""),
    "approved": (State.APPROVED, ""),
    "0": (State.HELD, ""),
    "hold": (State.HELD, ""),
    "spam": (State.REJECTED, Reason.ADVERTISING),
    "trash": (State.REJECTED, Reason.BEFORE),
    "post-trashed": (State.REJECTED, Reason.BEFORE),
}


def fits(head: bytes) -> bool:
    return b"wordpress.org/export" in head


def read(stream: BinaryIO, shelf: Shelf) -> Iterator[Record | Bad | Skipped]:
    """Each comment, with what its item says of itself before it. Pingbacks and trackbacks are no reader's words."""
    site = ""
    for element in elements(stream, {("channel", "base_blog_url"), ("channel", "item"), ("item", "comment")}):
        if isinstance(element, Bad):
            yield element
        elif local(element) == "comment":
            said = texts(element.getparent())
            thread = Thread(said.get("link", ""), said.get("post_id", ""), said.get("title", ""))
            yield _comment(element, thread, site)
        elif local(element) == "base_blog_url":
            site = (element.text or "").strip()


def _comment(element: etree._Element, thread: Thread, site: str) -> Record | Bad | Skipped:
    said = texts(element)
    number, kind = said.get("comment_id", ""), said.get("comment_type", "")
    position = f"comment {number or '?'}, line {element.sourceline}"
    if kind not in ("", "comment"):
        return Skipped(position, f"It is a {kind[:30]}, no comment.")
    text = markup.typed(said.get("comment_content", ""))
    if not number.isdecimal():
        return Bad(position, "It has no number.", text)
    name = key("wxr", site, number)
    try:
        at = _date(said)
    except ValueError:
        return Bad(position, f"Its date '{said.get('comment_date_gmt', '')[:40]}' is none.", text, name)
    state = _STATES.get(said.get("comment_approved", "1"))
    if state is None:
        return Bad(position, f"comment_approved '{said['comment_approved'][:40]}' is no state.", text, name)
    parent = said.get("comment_parent", "0")
    return Record(
        position=position,
        key=name,
        thread=thread,
        text=text,
        at=at,
        name=said.get("comment_author", ""),
        person=said.get("comment_author_email", ""),
        parent=key("wxr", site, parent) if parent not in ("", "0") else "",
        state=state[0],
        reason=state[1],
    )


def _date(said: dict[str, str]) -> datetime:
    """In UTC; an old export that has local time only is read as if it were."""
    text = said.get("comment_date_gmt", "")
    if text in ("", "0000-00-00 00:00:00"):
        text = said.get("comment_date", "")
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
