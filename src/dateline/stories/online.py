"""Changes to tables while everybody goes on reading and writing them (docs/decisions/0013-online-migrations.md)."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations import AddIndex, RemoveIndex


class AddIndexOnline(AddIndexConcurrently):
    """An index that PostgreSQL makes beside its work; SQLite has no other way than at once. With `atomic = False`."""

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        kind = AddIndexConcurrently if editor.connection.vendor == "postgresql" else AddIndex
        kind.database_forwards(self, label, editor, before, after)

    def database_backwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        kind = AddIndexConcurrently if editor.connection.vendor == "postgresql" else AddIndex
        kind.database_backwards(self, label, editor, before, after)


class RemoveIndexOnline(RemoveIndexConcurrently):
    """Takes one away likewise."""

    def database_forwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        kind = RemoveIndexConcurrently if editor.connection.vendor == "postgresql" else RemoveIndex
        kind.database_forwards(self, label, editor, before, after)

    def database_backwards(self, label: str, editor: Any, before: Any, after: Any) -> None:
        kind = RemoveIndexConcurrently if editor.connection.vendor == "postgresql" else RemoveIndex
        kind.database_backwards(self, label, editor, before, after)
