"""Disqus's export: <thread> elements, then a <post> for each comment (help.disqus.com, "Comments Export")."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from lxml import etree

from . import markup
from .records import Bad, Reason, Record, State, Thread, key
from .shelf import Shelf
from .xml import elements, local, texts

_ID = "{http://disqus.com/disqus-internals}id"


def fits(head: bytes) -> bool:
    return b"http://disqus.com" in head


def read(stream: BinaryIO, shelf: Shelf) -> Iterator[Record | Bad]:
    """Each post. Its thread may stand behind it: it then waits on the shelf until the file is read."""
    for element in elements(stream, {("disqus", "thread"), ("disqus", "post")}):
        if isinstance(element, Bad):
            yield element
        elif local(element) == "thread":
            _keep(element, shelf)
        else:
            yield _post(element, shelf)


def _keep(element: etree._Element, shelf: Shelf) -> None:
    said = texts(element)
    thread = Thread(said.get("link", ""), said.get("id", ""), said.get("title", ""))
    shelf.keep_thread(element.get(_ID, ""), thread)


def _post(element: etree._Element, shelf: Shelf) -> Record | Bad:
    number = element.get(_ID, "")
    position = f"post {number or '?'}, line {element.sourceline}"
    said = texts(element)
    text = markup.typed(said.get("message", ""))
    answers = {local(child): child.get(_ID, "") for child in element if local(child) in ("thread", "parent")}
    if not number or not answers.get("thread"):
        return Bad(position, "It has no number, or no thread.", text)
    try:
        at = datetime.fromisoformat(said.get("createdAt", ""))
    except ValueError:
        reason = f"Its createdAt '{said.get('createdAt', '')[:40]}' is no date."
        return Bad(position, reason, text, key("disqus", number))
    author = next((texts(child) for child in element if local(child) == "author"), {})
    state, reason = _state(said)
    return Record(
        position=position,
        key=key("disqus", number),
        thread=shelf.thread(answers["thread"]) or Thread(number=answers["thread"]),
        text=text,
        at=at,
        name=author.get("name", ""),
        person=author.get("username", "") or author.get("email", ""),
        parent=key("disqus", answers["parent"]) if answers.get("parent") else "",
        state=state,
        reason=reason,
    )


def _state(said: dict[str, str]) -> tuple[str, str]:
    if said.get("isSpam") == "true":
        return State.REJECTED, Reason.ADVERTISING
    if said.get("isDeleted") == "true":
        return State.REJECTED, Reason.BEFORE
    return (State.HELD if said.get("isApproved") == "false" else State.APPROVED), ""
