"""Makes a large archive in minutes: what was published at first is copied within the database, to later days.

Ten thousand stories are published as an import does it; their rows, and those of the search index, are copied with
other News IDs, numbers and dates until the archive is as large as it should be. An item's text keeps the number that
it was made with, so `dateline verify` finds fault with a copy; what it costs to find and show one is the same.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from dateline.search.models import Entry, first_place
from dateline.stories.models import (
    Current,
    CurrentRelated,
    CurrentTopic,
    Cursor,
    Publication,
    PublishedItem,
    Story,
)

NUMBERED = ("Story", "Current", "Publication")  # their keys count on with the News ID
DATED = {"at", "changed_at", "first_published_at", "last_published_at", "published_at", "touched_at"}
TABLES: tuple[Any, ...] = (
    Story, Story.topics.through, Publication, PublishedItem, Current, CurrentTopic, CurrentRelated, Entry,
)  # fmt: skip


@transaction.atomic
def copy(stories: int, by: int, later: timedelta) -> None:
    """Copy the stories 1 to `stories`, each to the News ID and the number that is `by` greater, and `later`."""
    seconds = int(later.total_seconds())
    with connection.cursor() as cursor:
        for model in TABLES:
            copied = {field.column: _shifted(field, by, seconds) for field in model._meta.concrete_fields}
            if connection.vendor == "postgresql" and model is Entry:
                copied["vector"] = "vector"
            into = ", ".join(column for column, value in copied.items() if value)
            values = ", ".join(value for value in copied.values() if value)
            table, key = model._meta.db_table, _numbered(model)
            cursor.execute(
                f"INSERT INTO {table} ({into}) SELECT {values} FROM {table} WHERE {key} <= {stories} ORDER BY {key}"
            )
        if connection.vendor == "sqlite":
            moved = _place(by, seconds)
            cursor.execute(
                f"INSERT INTO search_words (rowid, words, more) SELECT place + {moved}, words, more FROM search_entry "
                f"JOIN search_words ON search_words.rowid = place WHERE news_id <= {stories}"
            )
        Cursor.objects.update(seq=stories + by)


def _shifted(field: Any, by: int, seconds: int) -> str:
    """What a copy has in this column; nothing where the database numbers its rows."""
    column = field.column
    if isinstance(field, models.UUIDField):
        number = f"({_numbered(field.model)} + {by})"
        return (
            f"printf('%032x', {number})" if connection.vendor == "sqlite" else f"lpad(to_hex({number}), 32, '0')::uuid"
        )
    if field.name in DATED:
        if connection.vendor == "sqlite":
            return f"strftime('%Y-%m-%d %H:%M:%S', {column}, '+{seconds} seconds')"
        return f"{column} + interval '{seconds} seconds'"
    if field.name == "place" and field.model is Entry:
        return f"place + {_place(by, seconds)}"
    if _counts_on(field):
        return f"{column} + {by}"
    return "" if field.primary_key else column


def _counts_on(field: Any) -> bool:
    related = field.related_model.__name__ if field.related_model else ""
    return related in NUMBERED or field.name in ("news_id", "seq")


def _numbered(model: Any) -> str:
    """The column by which a table's rows count on."""
    return next(field.column for field in model._meta.concrete_fields if _counts_on(field))


def _place(by: int, seconds: int) -> int:
    return first_place(datetime.fromtimestamp(seconds, UTC)) + by
