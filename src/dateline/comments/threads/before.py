"""What a comment meets when it comes in: its story and mode, its writer, and what he and others said before it.

In plain SQL, and in one row of one query: it is asked for each comment that comes in. To build it anew took longer than
to answer it, and so did to ask for each of these alone.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

from dateline.stories.models import Current
from dateline.stories.prepared import ask, new

from ..checks import Attempt, Said, names, rates
from ..checks.verdicts import moment
from ..models import Reader
from ..moderation import modes
from . import addresses

# In one row: for each row that SQLite gives, it lets go of Python's lock, and wakes whoever waits for that.
_SAID = """
SELECT count(*) AS number, CAST(min(created_at) AS text) AS since, {sketches} AS sketches FROM (
    SELECT created_at, sketch FROM comments_comment WHERE id <> %s AND {whose} = %s ORDER BY {newest} DESC LIMIT {most}
) AS newest"""
_ALL = """
SELECT story.version, story.killed, story.edition, story.section_id, CAST(story.published_at AS text), ({modes}),
guest.id, guest.approved, there.*, here.*, EXISTS (
    SELECT 1 FROM comments_ban WHERE reader_id = coalesce(guest.id, %s) AND lifted_at IS NULL
), EXISTS (
    SELECT 1 FROM comments_ban WHERE address = %s AND lifted_at IS NULL
), EXISTS (
    SELECT 1 FROM comments_reader WHERE looks = %s AND confirmed_at IS NOT NULL AND approved > 0
) FROM stories_current AS story LEFT JOIN (
    SELECT id, approved FROM comments_reader WHERE address = %s AND name = %s AND confirmed_at IS NULL
) AS guest ON true, ({there}) AS there, ({here}) AS here WHERE story.story_id = %s"""
_SKETCHES = {"sqlite": "group_concat(hex(sketch))", "postgresql": "string_agg(encode(sketch, 'hex'), ',')"}


def attempt(
    news_id: int,
    reader: Reader | None,
    *,
    name: str,
    text: str,
    at: datetime,
    address: str,
    limited: bool,
    but: int = 0,
) -> Attempt:
    """Everything that the checks ask for, by the indexes alone. One query, two for a reader who signed in.

    Where no reader is given it is a guest: who used this name at this (keyed) address before, or a new one, who is not saved
    yet. `but` is the number of a comment that is left out: one that is changed does not repeat itself. Raises
    Current.DoesNotExist for a story that was never published.
    """
    writer = reader or new(Reader, address=address, name=name)
    values = [
        writer.pk or 0,
        writer.address or addresses.NOWHERE,
        (not writer.confirmed_at and names.looks(name)) or None,
        *((None, None) if reader else (address, name)),
        but,
        address or addresses.NOWHERE,
        but,
        news_id,
        news_id,
    ]
    for row in ask(_sql("all", connection.vendor), values):
        current, guest = _current(news_id, *row[:5]), _guest(writer, *row[6:8])
        return Attempt(
            current=current,
            standing=modes.settle(current, modes.read(row[5])),
            reader=guest or writer,
            name=name,
            text=text,
            at=at,
            limited=limited,
            may_be_banned=bool(row[14] or row[15]),
            has_namesake=bool(row[16]),
            from_address=_said(*row[8:11]),
            by_reader=_by(reader, address, but),
            lately=_said(*row[11:14]),
        )
    raise Current.DoesNotExist(f"No story {news_id}.")


def _current(news_id: int, version: int, killed: Any, edition: str, section_id: int, published_at: str) -> Current:
    """The story without its words."""
    columns = ("story_id", "version", "killed", "edition", "section_id", "published_at")
    return Current.from_db(
        DEFAULT_DB_ALIAS, columns, (news_id, version, bool(killed), edition, section_id, moment(published_at))
    )


def _guest(writer: Reader, number: int | None, approved: int | None) -> Reader | None:
    """Who used this name at this address before; without what no check looks at."""
    if number is None:
        return None
    columns = ("id", "name", "address", "confirmed_at", "approved")
    return Reader.from_db(DEFAULT_DB_ALIAS, columns, (number, writer.name, writer.address, None, approved))


def _by(reader: Reader | None, address: str, but: int) -> Said:
    """What a reader said, wherever from. A guest is no more than his address."""
    if reader is None or (not reader.confirmed_at and reader.address == address):
        return Said()
    return _said(*ask(_sql("reader_id", connection.vendor), [but, reader.pk])[0])


def _said(number: int, since: str, sketches: str) -> Said:
    return Said(number, since, [bytes.fromhex(each) for each in sketches.split(",")]) if number else Said()


@cache
def _sql(whose: str, vendor: str) -> str:
    """What finds the newest comments whose column `whose` has a value; or all that there is to find."""
    if whose == "all":
        there, here = _sql("address", vendor), _sql("story_id", vendor)
        return _ALL.format(there=there, here=here, modes=modes.HERE[vendor])
    newest = "created_at" if whose == "address" else "id"
    most = rates.BUSY if whose == "story_id" else rates.OFTEN
    return _SAID.format(whose=whose, newest=newest, most=most, sketches=_SKETCHES[vendor])
