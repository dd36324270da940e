"""Before each request a connection to PostgreSQL is asked whether it still works, at no round trip where that is known."""

import pytest
from django.db import connection, connections

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
