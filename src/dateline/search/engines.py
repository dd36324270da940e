"""A question put to the database: which stories answer, newest first. One statement on each engine.

The time it takes does not grow with the number of answers, since both stop at the page's last.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db import connection

from .questions import Question, fts5, tsquery

WALKED = 2_000  # newest entries that PostgreSQL looks through before it asks its index of words


class Range(NamedTuple):
    """`lowest` <= place < `highest`, read from the top, or from the bottom when `backwards`."""

    lowest: int
    highest: int
    limit: int
    backwards: bool


def ask(question: Question, facets: list[str], within: Range) -> list[tuple[int, int]]:
    """The places and News IDs of the answers, in the order in which they are read."""
    engine = ENGINES[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(*engine(question, facets, within))
        return [(place, news_id) for place, news_id in cursor.fetchall()]


Statement = tuple[str, dict[str, str | int]]


def sqlite(question: Question, facets: list[str], within: Range) -> Statement:
    """FTS5 reads its lists of row numbers, which are the places, from the end that is asked for."""
    order = "ASC" if within.backwards else "DESC"
    return (  # nothing but `order` is put into the text
        "SELECT search_entry.place, search_entry.news_id FROM search_words"  # noqa: S608
        " CROSS JOIN search_entry ON search_entry.place = search_words.rowid"
        " WHERE search_words MATCH %(question)s"
        " AND search_words.rowid >= %(lowest)s AND search_words.rowid < %(highest)s"
        f" ORDER BY search_words.rowid {order} LIMIT %(limit)s",
        {"question": fts5(question, facets), **_numbers(within)},
    )


def postgresql(question: Question, facets: list[str], within: Range) -> Statement:
    """The newest entries are looked through first; the GIN index is asked only where they did not fill the page.

    Left to itself the planner takes one way or the other by its statistics: a walk down all entries for a word that
    stands in none (seconds on a big archive), or a sort of all entries for a word that stands in half of them.
    Here a common word ends within the walk, and a rare one has a short list in the index.
    """
    order = "ASC" if within.backwards else "DESC"
    return (
        f"""
        WITH walk AS MATERIALIZED (
            SELECT place, news_id FROM (
                SELECT place, news_id, vector FROM search_entry
                WHERE place >= %(lowest)s AND place < %(highest)s ORDER BY place {order} LIMIT %(walked)s
            ) AS newest WHERE vector @@ %(question)s::tsquery ORDER BY place {order} LIMIT %(limit)s
        ), indexed AS MATERIALIZED (
            SELECT place, news_id FROM search_entry
            WHERE (SELECT count(*) FROM walk) < %(limit)s
            AND vector @@ %(question)s::tsquery AND place >= %(lowest)s AND place < %(highest)s
        )
        SELECT place, news_id FROM indexed
        UNION ALL SELECT place, news_id FROM walk WHERE (SELECT count(*) FROM walk) >= %(limit)s
        ORDER BY place {order} LIMIT %(limit)s
        """,  # noqa: S608
        {"question": tsquery(question, facets), "walked": WALKED, **_numbers(within)},
    )


def _numbers(within: Range) -> dict[str, str | int]:
    return {"lowest": within.lowest, "highest": within.highest, "limit": within.limit}


ENGINES: dict[str, Callable[[Question, list[str], Range], Statement]] = {"sqlite": sqlite, "postgresql": postgresql}
