"""The connection to PostgreSQL: whether it still works is known at no round trip, and what is asked often is planned once."""

import pytest
from django.db import NotSupportedError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from dateline.stories.models import Current
from dateline.stories.prepared import ask, prepared

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other():
    """A second connection to the same database, on which nothing has been asked."""
    if connection.vendor == "sqlite":
        pytest.skip("PostgreSQL only: SQLite is in the house")
    made = connections.create_connection("default")
    made.connect()
    yield made
    made.close()


def last_asked(other):
    """When the server was last asked something on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT query_start FROM pg_stat_activity WHERE pid = %s", [other.connection.info.backend_pid])
        return cursor.fetchone()[0]


def end(other):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [other.connection.info.backend_pid])
        assert cursor.fetchone()[0]


def test_a_connection_is_asked_in_full_once_a_second(other, monkeypatch):
    assert other.is_usable()
    asked = last_asked(other)
    assert other.is_usable() and last_asked(other) == asked
    monkeypatch.setattr("dateline.server.postgresql.base.ASKED_AGAIN_SECONDS", 0.0)
    assert other.is_usable() and last_asked(other) > asked


def test_a_connection_that_the_server_ended_is_known_not_to_work(other):
    assert other.is_usable()
    end(other)
    assert not other.is_usable()
    other.close()
    assert not other.is_usable()
    other.connect()
    assert other.is_usable()


def test_a_connection_that_was_ended_costs_no_request_an_error(other):
    assert other.health_check_enabled and other.is_usable()
    end(other)
    other.health_check_done = False  # as when a request begins
    with other.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


# -- What is asked often --------------------------------------------------------------------------------------------------------


@pytest.fixture
def planned():
    """What the server keeps planned of the stories: the statement, how often its plan served, how often it was weighed."""
    if connection.vendor == "sqlite":
        pytest.skip("PostgreSQL only: SQLite keeps every statement")

    def read():
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements")
            return [row for row in cursor.fetchall() if "stories_current" in row[0]]

    connection.close()  # and with it whatever was planned before
    return read


@pytest.fixture
def columns():
    """A table whose column may be given another type, asked by a connection that is the test's alone."""
    if connection.vendor == "sqlite":
        pytest.skip("PostgreSQL only: SQLite keeps no plan of a table that was changed")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE to_change (name varchar(5) PRIMARY KEY)")
        cursor.execute("INSERT INTO to_change VALUES ('a')")
        cursor.execute("ANALYZE to_change")
    yield lambda: ask("SELECT name FROM to_change WHERE name = %s", ["a"])
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE to_change")


def change(other):
    """As a migration does from elsewhere, while we go on."""
    with other.cursor() as cursor:
        cursor.execute("ALTER TABLE to_change ALTER COLUMN name TYPE varchar(9)")


def test_a_query_that_is_made_once_is_planned_once_and_its_constants_are_no_values(planned):
    @prepared(int)
    def rows(news_id):
        return Current.objects.filter(pk=news_id, killed=False, headline__contains="50%").order_by("pk")[:1]

    for number in (1, 2, 1, 3):
        assert rows(number) == []
    ((statement, served, weighed),) = planned()
    assert (served, weighed) == (4, 0)
    assert "$1" in statement and "$2" not in statement
    assert "%50" in statement and "NOT" in statement and "LIMIT 1" in statement


def plan_that_is_kept():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE statement LIKE '%%to_change%%'")
        cursor.execute(f"EXPLAIN EXECUTE {cursor.fetchone()[0]} ('a')")
        return cursor.fetchone()[0]


def test_no_plan_is_older_than_a_minute(columns, monkeypatch):
    columns()
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")  # a better plan could be had now
    columns()
    assert "Seq Scan" in plan_that_is_kept()
    monkeypatch.setattr("dateline.server.postgresql.base.PLANNED_AGAIN_SECONDS", 0.0)
    columns()
    assert "Index" in plan_that_is_kept()


def test_what_was_asked_is_told_with_its_values(other):
    with CaptureQueriesContext(connection) as queries:
        assert ask("SELECT CAST(%s AS text)", ["it's 100%"]) == [("it's 100%",)]
    assert queries[0]["sql"] == "SELECT CAST('it''s 100%' AS text)"


def test_djangos_own_queries_are_not_kept_there(planned):
    for _ in range(7):
        assert not Current.objects.filter(pk=1).exists()
    assert planned() == []


def test_a_migration_that_changes_a_column_costs_nobody_an_error(other, columns):
    assert columns() == [("a",)]
    change(other)
    assert columns() == [("a",)]
    assert columns() == [("a",)]


def test_within_a_transaction_it_fails_once(other, columns):
    assert columns() == [("a",)]
    change(other)
    with pytest.raises(NotSupportedError), transaction.atomic():
        columns()
    with transaction.atomic():
        assert columns() == [("a",)]
