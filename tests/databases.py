"""The same tests on both databases: which ones run twice, and how a table that refuses deletes is emptied between them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.base.operations import BaseDatabaseOperations

from dateline.stories import triggers

# A test that asks for one of these touches the database.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "home", "newsroom"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what touches no database, or looks at how pages are drawn: it ran already."""
    for item in items:
        _start_from_what_migrations_made(item)
    from django.conf import settings

    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        return
    left_out = [item for item in items if not _touches_a_database(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _touches_a_database(item)]


def _touches_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("drawn"):
        return False
    marked = any(item.get_closest_marker(name) for name in ("django_db", "server", "browser"))
    return marked or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def _start_from_what_migrations_made(item: pytest.Item) -> None:
    """A test with real transactions ends with empty tables: let the next find the sections, roles and locales again."""
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction") and "serialized_rollback" not in marker.kwargs:
        item.add_marker(pytest.mark.django_db(*marker.args, **marker.kwargs, serialized_rollback=True), append=False)
    elif {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
        item.fixturenames.append("django_db_serialized_rollback")  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _record_emptied_between_tests() -> Iterator[None]:
    """After a test with real transactions, the database is again as the migrations made it.

    Between tests, and only there, the record's triggers are put aside in the transaction that empties the tables.
    """
    from django.contrib.contenttypes.models import ContentType

    with pytest.MonkeyPatch.context() as patch:
        operations: Any = type(connections["default"].ops)
        original = BaseDatabaseOperations.execute_sql_flush
        serialize = BaseDatabaseCreation.serialize_db_to_string
        made_by_migrations = ""

        def remember(self: Any) -> str:
            """Django keeps it on the connection; once a browser runs in this thread, there is another one."""
            nonlocal made_by_migrations
            made_by_migrations = _content_types_first(serialize(self))
            return made_by_migrations

        def flush(self: Any, sql_list: list[str]) -> None:
            with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
                for statement in triggers.REMOVE[self.connection.vendor]:
                    cursor.execute(statement)
                original(self, [*sql_list, *_beside_the_models(cursor)])
                for statement in triggers.INSTALL[self.connection.vendor]:
                    cursor.execute(statement)
            ContentType.objects.clear_cache()
            if made_by_migrations:
                self.connection.creation.deserialize_db_from_string(made_by_migrations)

        patch.setattr(operations, "execute_sql_flush", flush)
        patch.setattr(BaseDatabaseCreation, "serialize_db_to_string", remember)
        yield


def _content_types_first(serialized: str) -> str:
    """Else whoever indexes what is being restored makes content types of his own, with other numbers."""
    rows = json.loads(serialized)
    return json.dumps(sorted(rows, key=lambda row: row["model"] != "contenttypes.contenttype"))


def _beside_the_models(cursor: Any) -> list[str]:
    """What empties the full-text tables of SQLite that no model knows."""
    if cursor.db.vendor != "sqlite":
        return []
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'")
    return [f"DELETE FROM {name}" for name, sql in cursor.fetchall() if "content=" not in sql]
