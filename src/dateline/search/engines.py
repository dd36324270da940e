"""A question put to the database: which stories answer, in the order of their tiers, newest first in each.

One statement on each engine. The time it takes does not grow with the number of answers, since it stops at the page's
last.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.db import connection

from .questions import Question, Where, fts5, tsquery

WALKED = 2_000  # newest entries that PostgreSQL looks through before it asks its index of words


class Tier(NamedTuple):
    """Some of the answers: those that have the words `where`, at `lowest` <= place < `highest`."""

    where: Where
    lowest: int
    highest: int


class Found(NamedTuple):
    where: Where
    place: int
    news_id: int


def ask(
    question: Question, facets: list[str], tiers: Sequence[Tier], limit: int, *, backwards: bool = False
) -> list[Found]:
    """The first `limit` answers, one tier after another, each from its newest on; `backwards` from its oldest on."""
    engine = ENGINES[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(*engine(question, facets, tiers, limit, backwards))
        return [Found(tiers[number].where, place, news_id) for number, place, news_id in cursor.fetchall()]


Statement = tuple[str, dict[str, str | int]]


def sqlite(question: Question, facets: list[str], tiers: Sequence[Tier], limit: int, backwards: bool) -> Statement:
    """FTS5 reads its lists of row numbers, which are the places, from the end that is asked for.

    The second tier is begun only where the first did not fill the page.
    """
    order = "ASC" if backwards else "DESC"
    each = [
        f"SELECT * FROM (SELECT {n} AS tier, search_entry.place, search_entry.news_id FROM search_words"  # noqa: S608
        " CROSS JOIN search_entry ON search_entry.place = search_words.rowid"
        f" WHERE search_words MATCH %(question{n})s"
        f" AND search_words.rowid >= %(lowest{n})s AND search_words.rowid < %(highest{n})s"
        f" ORDER BY search_words.rowid {order} LIMIT %(limit)s)"  # nothing but numbers and `order` is put into the text
        for n in range(len(tiers))
    ]
    return f"{' UNION ALL '.join(each)} LIMIT %(limit)s", {
        **{f"question{n}": fts5(question, facets, tier.where) for n, tier in enumerate(tiers)},
        **_numbers(tiers, limit),
    }


def postgresql(question: Question, facets: list[str], tiers: Sequence[Tier], limit: int, backwards: bool) -> Statement:
    """The newest entries are looked through first; the GIN index is asked only where they did not fill the page.

    Left to itself the planner takes one way or the other by its statistics: a walk down all entries for a word that
    stands in none (seconds on a big archive), or a sort of all entries for a word that stands in half of them.
    Here a common word ends within the walk, and a rare one has a short list in the index.
    """
    order = "ASC" if backwards else "DESC"
    steps = [_tier(n, order) for n in range(len(tiers))]
    each = " UNION ALL ".join(f"SELECT {n} AS tier, place, news_id FROM tier{n}" for n in range(len(tiers)))  # noqa: S608
    return f"WITH {', '.join(steps)} {each} ORDER BY tier, place {order} LIMIT %(limit)s", {
        **{f"question{n}": tsquery(question, facets, tier.where) for n, tier in enumerate(tiers)},
        "walked": WALKED,
        **_numbers(tiers, limit),
    }


def _tier(n: int, order: str) -> str:
    """One tier's answers, if those before it did not fill the page."""
    needed = f"(SELECT count(*) FROM tier{n - 1}) < %(limit)s" if n else "TRUE"  # noqa: S608
    return f"""
        walk{n} AS MATERIALIZED (
            SELECT place, news_id FROM (
                SELECT place, news_id, vector FROM search_entry
                WHERE {needed} AND place >= %(lowest{n})s AND place < %(highest{n})s
                ORDER BY place {order} LIMIT %(walked)s
            ) AS newest WHERE vector @@ %(question{n})s::tsquery ORDER BY place {order} LIMIT %(limit)s
        ), indexed{n} AS MATERIALIZED (
            SELECT place, news_id FROM search_entry
            WHERE {needed} AND (SELECT count(*) FROM walk{n}) < %(limit)s
            AND vector @@ %(question{n})s::tsquery AND place >= %(lowest{n})s AND place < %(highest{n})s
        ), tier{n} AS MATERIALIZED (
            SELECT place, news_id FROM indexed{n}
            UNION ALL SELECT place, news_id FROM walk{n} WHERE (SELECT count(*) FROM walk{n}) >= %(limit)s
            ORDER BY place {order} LIMIT %(limit)s
        )"""  # noqa: S608


def _numbers(tiers: Sequence[Tier], limit: int) -> dict[str, str | int]:
    numbers: dict[str, str | int] = {f"lowest{n}": tier.lowest for n, tier in enumerate(tiers)}
    return numbers | {f"highest{n}": tier.highest for n, tier in enumerate(tiers)} | {"limit": limit}


ENGINES: dict[str, Callable[..., Statement]] = {"sqlite": sqlite, "postgresql": postgresql}
