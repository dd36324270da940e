"""Finding stories at the desk: newest first, filtered or searched, never counted, as quick at a million as at a thousand.

A page takes two queries: one for the News IDs, which an index answers alone, and one for the rows to show.
"""

# ruff: noqa: S610 (what is typed goes in as parameters only)
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

from dateline.stories import folding, keyset
from dateline.stories.models import Story

from . import indexes

SHORTEST_BEGINNING = 3  # letters; shorter ones begin too many words, and are looked for whole


def page(found: QuerySet, asked: QueryDict, *, limit: int, searched: str = "") -> keyset.Page:
    """One page of `found`, with what a list shows of each story; `searched` is what was typed, "" for a plain list."""
    found = found.only("news_id", "touched_at")
    if searched.strip():
        result = _searched(found, searched, asked, limit)
    else:
        result = keyset.page(found, asked, time="touched_at", number="news_id", limit=limit)
    rows = (
        Story.objects.select_related("section", "locale", "locked_by")
        .defer("body")
        .in_bulk([row.news_id for row in result.rows])
    )
    return replace(result, rows=[rows[row.news_id] for row in result.rows if row.news_id in rows])


def narrow(rows: QuerySet, *, state: str = "", mine: Any = None, flagged: bool = False, **equal: Any) -> QuerySet:
    """Those of `rows` that are in `state`, whose owner is `mine`, and whose fields equal what is not None.

    One condition may choose the index. SQLite cannot know which is the rarest, and would read a whole language for
    the three French sports stories: so the others are written in a way that no index of their own answers, and are
    read from the list's index, beside the order.
    """
    conditions: list[tuple[str, Any]] = [("owner_id", mine.pk)] if mine else []
    if state and state != Story.State.PUBLISHED:  # what is not out is never much
        conditions.append(("state", state))
    conditions += [(f"{field}_id", value.pk) for field, value in equal.items() if value is not None]
    if state == Story.State.PUBLISHED:
        conditions.append(("state", state))
    if flagged:
        rows = rows.extra(where=[indexes.FLAGGED])
    leads = bool(mine or (state and state != Story.State.PUBLISHED) or len(conditions) == 1) and not flagged
    for place, (field, value) in enumerate(conditions):
        if connection.vendor == "sqlite" and not (leads and place == 0):
            plain = Value("") if field == "state" else Value(0)
            rows = rows.alias(**{f"plain_{field}": Coalesce(F(field), plain)}).filter(**{f"plain_{field}": value})
        else:
            rows = rows.filter(**{field: value})
    return rows


def _searched(rows: QuerySet, text: str, asked: QueryDict, limit: int) -> keyset.Page:
    """By News ID, the highest first: all words of `text` are in `Story.words`, the last perhaps unfinished; or that number."""
    before, after = _number(asked.get("before")), _number(asked.get("after"))
    backwards = after is not None and before is None
    number = _number(text)
    if number is not None and rows.filter(news_id=number).exists():
        rows, key = rows.filter(news_id=number), "stories_story.news_id"
    else:
        rows, key = _matching(rows, text)
    if backwards:
        rows = rows.extra(where=[f"{key} > %s"], params=[after])
    elif before is not None:
        rows = rows.extra(where=[f"{key} < %s"], params=[before])
    rows = rows.extra(order_by=[key if backwards else f"-{key}"])
    found = list(rows[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    first, last = (str(found[0].news_id), str(found[-1].news_id)) if found else (None, None)
    return keyset.Page(
        found,
        last if more or backwards else None,
        first if (more and backwards) or before is not None else None,
    )


def _matching(rows: QuerySet, text: str) -> tuple[QuerySet, str]:
    """The rows that hold the words, and the column that their order is read from."""
    words = folding.words(text)[:16]
    if not words:
        return rows.none(), "stories_story.news_id"
    unfinished = len(words[-1]) >= SHORTEST_BEGINNING
    if connection.vendor == "postgresql":
        question = " & ".join(f"'{word}'" for word in words) + (":*" if unfinished else "")
        where = "to_tsvector('simple', stories_story.words) @@ %s::tsquery"
        return rows.extra(where=[where], params=[question]), "stories_story.news_id"
    question = " ".join(f'"{word}"' for word in words) + (" *" if unfinished else "")
    joined = rows.extra(
        tables=["desk_words"],
        where=["desk_words.rowid = stories_story.news_id", "desk_words MATCH %s"],
        params=[question],
    )
    return joined, "desk_words.rowid"


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
