"""Queries whose SQL is made once: for a page that is rendered often, to make it anew takes longer than to answer it."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import RawQuerySet

Row = TypeVar("Row", bound=Model)

# What stands in the SQL for the n-th value that is asked for; no row holds any of these.
_MARKS: dict[type, Callable[[int], Any]] = {int: lambda n: 2**62 + n, str: lambda n: f"\0 value {n}"}


def prepared(*kinds: type[int] | type[str]) -> Callable[[Callable[..., QuerySet[Row]]], Callable[..., RawQuerySet]]:
    """Decorates a function that makes a query of one model from values of these kinds.

    The function runs once in each process, with marks for the values: it may put them into filters, and look at
    nothing else. No select_related: what is needed of other tables is annotated.
    """

    def decorate(build: Callable[..., QuerySet[Row]]) -> Callable[..., RawQuerySet]:
        marks = [_MARKS[kind](n) for n, kind in enumerate(kinds)]
        made: dict[str, tuple[type[Row], str, Sequence[Any]]] = {}

        @wraps(build)
        def rows(*values: Any) -> RawQuerySet:
            if connection.vendor not in made:
                query = build(*marks)
                made[connection.vendor] = (query.model, *query.query.sql_with_params())
            model, sql, params = made[connection.vendor]
            given = dict(zip(marks, values, strict=True))
            return model._base_manager.raw(sql, [given.get(value, value) for value in params])

        return rows

    return decorate
