"""What was said before a comment came in: by the same address, by the same reader, in the same thread.

In plain SQL: these are asked for each comment that comes in, and to build them anew took longer than to answer them.
"""

from datetime import datetime
from typing import Any

from dateline.stories.models import Current
from dateline.stories.prepared import ask

from ..checks import Attempt, Said, rates
from ..models import Reader
from ..moderation import modes

# The moment as text: of dozens, a check looks at one or two (Said.at). A bare column would be parsed.
_SAID = "SELECT CAST(created_at AS text) AS moment, sketch FROM comments_comment WHERE id <> %s AND"
_FROM_ADDRESS = f"{_SAID} address = %s ORDER BY created_at DESC LIMIT {rates.OFTEN}"
_BY_READER = f"{_SAID} reader_id = %s ORDER BY id DESC LIMIT {rates.OFTEN}"
_LATELY = f"{_SAID} story_id = %s ORDER BY id DESC LIMIT {rates.BUSY}"


def attempt(
    current: Current,
    reader: Reader,
    *,
    name: str,
    text: str,
    at: datetime,
    address: str,
    limited: bool,
    but: int = 0,
) -> Attempt:
    """Everything that the checks ask for, by the indexes alone. Three queries, four for a reader who signed in.

    `but` is the number of a comment that is left out: one that is changed does not repeat itself.
    """
    guest = reader.pk is None or (not reader.confirmed_at and reader.address == address)  # no more than his address
    return Attempt(
        current=current,
        standing=modes.standing(current),
        reader=reader,
        name=name,
        text=text,
        at=at,
        limited=limited,
        from_address=said(_FROM_ADDRESS, address, but) if address else [],
        by_reader=[] if guest else said(_BY_READER, reader.pk, but),
        lately=said(_LATELY, current.pk, but),
    )


def said(sql: str, whose: Any, but: int = 0) -> list[Said]:
    return [Said(moment, bytes(sketch)) for moment, sketch in ask(sql, [but, whose])]
