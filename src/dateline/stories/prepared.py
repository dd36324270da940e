"""Statements whose SQL is made once: to make it anew each time takes longer than the database needs for its answer."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, lru_cache, wraps
from types import NoneType
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, NotSupportedError, connections, models
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)

# The values of a statement that PostgreSQL plans once: eight comments that were sent at the same moment. One with more is
# of a length, or of types, that seldom come again, and would drive out those that do: a connection keeps a hundred.
MOST_PLANNED = 300

# What stands in the SQL for the n-th value that is asked for; no row holds any of these.
_MARKS: dict[type, Callable[[int], Any]] = {int: lambda n: 2**62 + n, str: lambda n: f"\0 value {n}"}


def prepared(*kinds: type[int] | type[str]) -> Callable[[Callable[..., QuerySet[Row]]], Callable[..., list[Row]]]:
    """Decorates a function that makes a query of one model from values of these kinds.

    The function runs once in each process, with marks for the values: it may put them into filters, and look at
    nothing else. No select_related: what is needed of other tables is annotated. Without a value, the same objects come
    back while the database answers the same: change none of them.
    """

    def decorate(build: Callable[..., QuerySet[Row]]) -> Callable[..., list[Row]]:
        marks = [_MARKS[kind](n) for n, kind in enumerate(kinds)]
        made: dict[str, _Made[Row]] = {}

        @wraps(build)
        def rows(*values: Any) -> list[Row]:
            connection = connections[DEFAULT_DB_ALIAS]  # itself, since its stand-in would be asked for each value
            if connection.vendor not in made:
                made[connection.vendor] = _Made(build(*marks), connection, marks)
            return made[connection.vendor].rows(connection, dict(zip(marks, values, strict=True)))

        return rows

    return decorate


class _Made(Generic[Row]):
    """A query's SQL, and how its columns become what a row holds."""

    def __init__(self, query: QuerySet[Row], connection: Any, marks: Sequence[Any] = ()) -> None:
        compiler: Any = query.query.get_compiler(connection=connection)
        self.model = query.model
        sql, params = compiler.as_sql()
        self.sql, self.params = _with_constants(connection, sql, params, marks)
        columns = [column for column, *_ in compiler.select]
        fields = columns[: len(compiler.klass_info["select_fields"])]
        self.fields = [column.target.attname for column in fields]
        self.annotations = list(compiler.annotation_col_map or ())
        self.last: tuple[list[tuple[Any, ...]], list[Row]] = [], []
        found = compiler.get_converters(columns).items()
        self.converters = [(n, convert, column) for n, (converters, column) in found for convert in converters]

    def rows(self, connection: Any, given: dict[Any, Any]) -> list[Row]:
        found = _found(connection, self.sql, [given.get(value, value) for value in self.params])
        if given:
            return [self._row(connection, list(values)) for values in found]
        last = self.last
        if found != last[0]:
            last = self.last = found, [self._row(connection, list(values)) for values in found]
        return last[1]

    def where(self, connection: Any, condition: str, values: Sequence[Any]) -> list[Row]:
        found = _found(connection, f"{self.sql} WHERE {condition}", values)
        return [self._row(connection, list(values)) for values in found]

    def _row(self, connection: Any, values: list[Any]) -> Row:
        for n, convert, column in self.converters:
            if values[n] is not None:  # which every converter leaves as it is
                values[n] = convert(values[n], column, connection)
        row = self.model.from_db(connection.alias, self.fields, values[: len(self.fields)])
        for name, value in zip(self.annotations, values[len(self.fields) :], strict=True):
            setattr(row, name, value)
        return row


def ask(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement in SQL finds, of which PostgreSQL keeps the plan: its constants stand in it, and are not values."""
    return _found(connections[DEFAULT_DB_ALIAS], sql, values)


def say(sql: str, values: Sequence[Any]) -> None:
    """The same for a statement that finds nothing."""
    with _cursor(connections[DEFAULT_DB_ALIAS], values) as cursor:
        cursor.execute(sql, values)


def _found(connection: Any, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    try:
        return _fetch(connection, sql, values)
    except NotSupportedError:  # a migration gave a column another type, and PostgreSQL refuses what was planned before
        if connection.vendor != "postgresql" or connection.in_atomic_block:  # the rollback forgets it
            raise
        connection.close()
        return _fetch(connection, sql, values)


def _fetch(connection: Any, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with _cursor(connection, values) as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _cursor(connection: Any, values: Sequence[Any]) -> Any:
    planned = connection.vendor == "postgresql" and len(values) <= MOST_PLANNED
    return connection.planned_cursor() if planned else connection.cursor()


def _with_constants(
    connection: Any, sql: str, params: Sequence[Any], marks: Sequence[Any]
) -> tuple[str, Sequence[Any]]:
    """The statement and its values. For PostgreSQL all but the marks stand in it: a plan that is kept knows no values."""
    if connection.vendor != "postgresql":
        return sql, params
    connection.ensure_connection()
    said = ["%s" if each in marks else _constant(connection, each) for each in params]
    return sql.replace("%%", "%%%%") % tuple(said), [each for each in params if each in marks]


def _constant(connection: Any, value: Any) -> str:
    return str(connection.ops.compose_sql("%s", [value])).replace("%", "%%")


def read(model: type[Row], where: str, values: Sequence[Any]) -> list[Row]:
    """Rows by a condition in SQL, for what the ORM would have to make anew for each call."""
    connection = connections[DEFAULT_DB_ALIAS]
    return _all(model, connection.vendor).where(connection, where, values)


@cache
def _all(model: type[Row], vendor: str) -> _Made[Row]:
    return _Made(model._default_manager.order_by(), connections[DEFAULT_DB_ALIAS])


def new(model: type[Row], **columns: Any) -> Row:
    """A row to be written down, as `model(...)` makes it, in a third to half of the time.

    By the names of its columns (`story_id=7`). For a model whose `__init__` nobody listens to (`post_init`).
    """
    constants, made = _defaults(model)
    row = model.__new__(model)
    held = row.__dict__
    held.update(constants)
    held.update(columns)
    for name, make in made:
        if name not in columns:
            held[name] = make()
    if len(held) != len(constants) + len(made):
        raise TypeError(f"{model.__name__} has no {', '.join(held.keys() - constants.keys() - dict(made).keys())}.")
    held["_state"] = ModelState()
    return row


@cache
def _defaults(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """What a column holds that nobody names: the same in each row, or made for each."""
    constants, made = {}, []
    for field in model._meta.concrete_fields:
        if callable(field.default):
            made.append((field.attname, field.get_default))
        else:
            constants[field.attname] = field.get_default()
    return constants, made


# What the fields of these very classes hand on to the database as it is: half of the time of a row went into asking them.
_INTEGERS = (models.BigAutoField, models.BigIntegerField, models.IntegerField, models.PositiveIntegerField)
_OTHERS = (models.BinaryField, models.DateField, models.DateTimeField, models.UUIDField)
_AS_THEY_ARE: dict[type[models.Field], frozenset[type]] = {
    **dict.fromkeys((models.CharField, models.TextField), frozenset({str, NoneType})),
    **dict.fromkeys((*_INTEGERS, models.PositiveSmallIntegerField), frozenset({int, NoneType})),
    **dict.fromkeys((models.ForeignKey, models.OneToOneField), frozenset({int, NoneType})),
    models.BooleanField: frozenset({bool}),
    **dict.fromkeys(_OTHERS, frozenset({NoneType})),
}
_Field = tuple[Any, str, frozenset[type]]  # a field, its name in a row, and the types of what it hands on


def insert(*rows: Model) -> None:
    """Write down new rows of one model, as `save(force_insert=True)` would but without signals. Their numbers are set.

    One statement, of at most a few hundred rows. Not for a model in which the database makes a value (`db_default`).
    """
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    table, fields, marks = _insertion(type(rows[0]), numbered=False)
    number = connection.ops.quote_name(str(rows[0]._meta.pk.column))
    each = ", ".join([f"({marks})"] * len(rows))
    values = [value for row in rows for value in _values(row, fields, connection)]
    with _cursor(connection, values) as cursor:
        cursor.execute(f"INSERT INTO {table} VALUES {each} RETURNING {number}", values)  # noqa: S608
        # They are given in the order of the rows; SQLite promises none for what is returned.
        for row, (given,) in zip(rows, sorted(cursor.fetchall()), strict=True):
            row.pk = given
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_many(rows: Sequence[Model]) -> None:
    """Write down new rows of one model, as `bulk_create` would. All have their numbers, or none: then none is set.

    Not for a model in which the database makes a value (`db_default`).
    """
    if not rows:
        return
    connection = connections[DEFAULT_DB_ALIAS]
    table, fields, marks = _insertion(type(rows[0]), numbered=rows[0].pk is not None)
    values = (_values(row, fields, connection) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for each in values:
                    copy.write_row(each)
        else:
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", list(values))  # noqa: S608
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def _values(row: Model, fields: list[_Field], connection: Any) -> list[Any]:
    held = row.__dict__
    return [
        held[name] if type(held.get(name, row)) in as_they_are else _asked(field, name, row, connection)
        for field, name, as_they_are in fields
    ]


def _asked(field: Any, name: str, row: Model, connection: Any) -> Any:
    value = row.__dict__.get(name)
    if type(value) is datetime and value.tzinfo and type(field) is models.DateTimeField and not _sets_itself(field):
        return _moment(connection.vendor, value)
    return field.get_db_prep_save(field.pre_save(row, add=True), connection)


@lru_cache(maxsize=64)
def _moment(vendor: str, value: datetime) -> Any:
    """An aware moment as the database takes it. A story holds the same one many times."""
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value)


@cache
def _insertion(model: type[Model], *, numbered: bool) -> tuple[str, list[_Field], str]:
    """The table and its columns as they stand in SQL, the columns' fields, and a mark for each."""
    quote = connections[DEFAULT_DB_ALIAS].ops.quote_name
    fields: list[Any] = [field for field in model._meta.concrete_fields if numbered or not field.primary_key]
    columns = ", ".join(quote(field.column) for field in fields)
    known = [
        (field, field.attname, frozenset() if _sets_itself(field) else _AS_THEY_ARE.get(type(field), frozenset()))
        for field in fields
    ]
    return f"{quote(model._meta.db_table)} ({columns})", known, ", ".join(["%s"] * len(fields))


def _sets_itself(field: Any) -> bool:
    return getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
