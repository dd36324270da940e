"""What was said before a comment came in: by the same address, by the same reader, in the same thread.

In plain SQL: these are asked for each comment that comes in, and to build them anew took longer than to answer them.
"""

from datetime import datetime
from functools import cache

from django.db import connection

from dateline.stories.models import Current
from dateline.stories.prepared import ask

from ..checks import Attempt, Said, names, rates
from ..models import Reader
from ..moderation import modes
from . import addresses

# In one row: for each row that SQLite gives, it lets go of Python's lock, and wakes whoever waits for that.
_SAID = """
SELECT count(*) AS number, CAST(min(created_at) AS text) AS since, {sketches} AS sketches FROM (
    SELECT created_at, sketch FROM comments_comment WHERE id <> %s AND {whose} = %s ORDER BY {newest} DESC LIMIT {most}
) AS newest"""
_ALL = """
SELECT there.*, here.*, EXISTS (
    SELECT 1 FROM comments_ban WHERE reader_id = %s AND lifted_at IS NULL
), EXISTS (
    SELECT 1 FROM comments_ban WHERE address = %s AND lifted_at IS NULL
), EXISTS (
    SELECT 1 FROM comments_reader WHERE looks = %s AND confirmed_at IS NOT NULL AND approved > 0
) FROM ({there}) AS there, ({here}) AS here"""
_SKETCHES = {"sqlite": "group_concat(hex(sketch))", "postgresql": "string_agg(encode(sketch, 'hex'), ',')"}


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
    """Everything that the checks ask for, by the indexes alone. Two queries, three for a reader who signed in.

    `but` is the number of a comment that is left out: one that is changed does not repeat itself.
    """
    guest = reader.pk is None or (not reader.confirmed_at and reader.address == address)  # no more than his address
    looks = names.looks(name) if not reader.confirmed_at else ""
    values = [
        reader.pk or 0,
        reader.address or addresses.NOWHERE,
        looks or None,
        but,
        address or addresses.NOWHERE,
        but,
        current.pk,
    ]
    ((*found, banned, banned_there, namesake),) = ask(_sql("all", connection.vendor), values)
    return Attempt(
        current=current,
        standing=modes.standing(current),
        reader=reader,
        name=name,
        text=text,
        at=at,
        limited=limited,
        may_be_banned=bool(banned or banned_there),
        has_namesake=bool(namesake),
        from_address=_said(*found[:3]),
        by_reader=Said() if guest else _said(*ask(_sql("reader_id", connection.vendor), [but, reader.pk])[0]),
        lately=_said(*found[3:]),
    )


def _said(number: int, since: str, sketches: str) -> Said:
    return Said(number, since, [bytes.fromhex(each) for each in sketches.split(",")]) if number else Said()


@cache
def _sql(whose: str, vendor: str) -> str:
    """What finds the newest comments whose column `whose` has a value; or all that there is to find."""
    if whose == "all":
        return _ALL.format(there=_sql("address", vendor), here=_sql("story_id", vendor))
    newest = "created_at" if whose == "address" else "id"
    most = rates.BUSY if whose == "story_id" else rates.OFTEN
    return _SAID.format(whose=whose, newest=newest, most=most, sketches=_SKETCHES[vendor])
