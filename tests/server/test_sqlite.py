"""What our SQLite backend does beyond Django's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.server.sqlite import base

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite only: PostgreSQL takes Django's statements"),
]


def ask(statement, values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_a_statement_is_converted_once():
    base._converted.cache_clear()
    for number in range(3):
        assert ask("SELECT %s, '100%%'", [number]) == [(number, "100%")]
    assert base._converted.cache_info()[:2] == (2, 1)


def test_named_values_and_none_at_all_are_taken_as_before():
    assert ask("SELECT %(one)s, %(one)s", {"one": 1}) == [(1, 1)]
    assert ask("SELECT '%s'", None) == [("%s",)]


def test_what_was_asked_is_still_counted_and_told():
    with CaptureQueriesContext(connection) as queries:
        ask("SELECT %s", ["it's"])
    assert [query["sql"] for query in queries] == ["SELECT 'it''s'"]


def test_many_rows_at_once_are_converted_too():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE several (number integer)")
        cursor.executemany("INSERT INTO several VALUES (%s)", [[1], [2]])
        cursor.execute("SELECT sum(number) FROM several")
        assert cursor.fetchone() == (3,)
