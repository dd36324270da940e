"""Queries whose SQL is made once: for a page that is rendered often, to make it anew takes longer than to answer it."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

# What stands in the SQL for the n-th value that is asked for; no row holds any of these.
_MARKS: dict[type, Callable[[int], Any]] = {int: lambda n: 2**62 + n, str: lambda n: f"\0 value {n}"}


def prepared(*kinds: type[int] | type[str]) -> Callable[[Callable[..., QuerySet[Row]]], Callable[..., list[Row]]]:
    """Decorates a function that makes a query of one model from values of these kinds.

    The function runs once in each process, with marks for the values: it may put them into filters, and look at
    nothing else. No select_related: what is needed of other tables is annotated.
    """

    def decorate(build: Callable[..., QuerySet[Row]]) -> Callable[..., list[Row]]:
        marks = [_MARKS[kind](n) for n, kind in enumerate(kinds)]
        made: dict[str, _Made[Row]] = {}

        @wraps(build)
        def rows(*values: Any) -> list[Row]:
            if connection.vendor not in made:
                made[connection.vendor] = _Made(build(*marks))
            return list(made[connection.vendor].rows(dict(zip(marks, values, strict=True))))

        return rows

    return decorate


class _Made(Generic[Row]):
    """A query's SQL, and how its columns become what a row holds."""

    def __init__(self, query: QuerySet[Row]) -> None:
        compiler: Any = query.query.get_compiler(connection=connection)
        self.model = query.model
        self.sql, self.params = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        fields = columns[: len(compiler.klass_info["select_fields"])]
        self.fields = [column.target.attname for column in fields]
        self.annotations = list(compiler.annotation_col_map or ())
        self.converters = list(compiler.get_converters(columns).items())

    def rows(self, given: dict[Any, Any]) -> Iterator[Row]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [given.get(value, value) for value in self.params])
            found = cursor.fetchall()
        return (self._row(list(values)) for values in found)

    def _row(self, values: list[Any]) -> Row:
        for n, (converters, column) in self.converters:
            for convert in converters:
                values[n] = convert(values[n], column, connection)
        row = self.model.from_db(connection.alias, self.fields, values[: len(self.fields)])
        for name, value in zip(self.annotations, values[len(self.fields) :], strict=True):
            setattr(row, name, value)
        return row
