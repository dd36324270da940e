"""The database backend of a newsroom without DATELINE_DATABASE_URL (settings/databases.py); Django wants it in `base`."""

from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

STATEMENTS = 1_000  # a process knows; those of pages are some hundred


class Cursor(base.SQLiteCursorWrapper):
    """Django's, which puts SQLite's ? for its own %s each time that a statement is asked: a twentieth of a comment's time."""

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        if param_names is not None:
            named: str = super().convert_query(query, param_names=param_names)
            return named
        return _converted(query)


@lru_cache(maxsize=STATEMENTS)
def _converted(query: str) -> str:
    """As Django converts it, which reads nothing of the cursor."""
    converted: str = base.SQLiteCursorWrapper.convert_query(None, query)  # type: ignore[arg-type]
    return converted


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with that cursor."""

    def create_cursor(self, name: Any = None) -> Any:
        return self.connection.cursor(factory=Cursor)
