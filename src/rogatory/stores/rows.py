"""Rows of the core to rows of the database and back: the same names on both sides, so nothing is mapped by hand.

Each message passes here a dozen times, so the statements are written once for each table and kept; Django supplies
what a value looks like in the database. Rarer questions are Django query sets, for `one` and `many`.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BinaryField, DateTimeField, JSONField, Model, QuerySet

Row = TypeVar("Row")

_ASIS = frozenset({"BigAutoField", "BigIntegerField", "BooleanField", "CharField", "IntegerField", "TextField"})


@dataclass(frozen=True, slots=True)
class _Shape:
    """A row type in its table: the statements, and for each column what makes a value ready, in and out."""

    names: tuple[str, ...]
    select: str
    insert: str
    update: str
    inward: tuple[Callable[[Any], Any] | None, ...]
    outward: tuple[Callable[[Any], Any] | None, ...]

    def given(self, row: Any) -> list[Any]:
        return [
            make(getattr(row, name)) if make else getattr(row, name)
            for name, make in zip(self.names, self.inward, strict=True)
        ]

    def row(self, row_type: type[Row], got: Sequence[Any]) -> Row:
        found = (make(value) if make else value for make, value in zip(self.outward, got, strict=True))
        return row_type(**dict(zip(self.names, found, strict=True)))


def names(row_type: type) -> tuple[str, ...]:
    """The names of the fields of a row type, in order."""
    return tuple(field.name for field in fields(row_type))


def values(row: Any) -> dict[str, Any]:
    """The fields of *row* by name."""
    return {name: getattr(row, name) for name in names(type(row))}


def insert(model: type[Model], row: Any) -> None:
    """Insert *row* by one statement, without asking whether it is there."""
    shape = _shape(model, type(row))
    run(shape.insert, *shape.given(row))


def insert_new(model: type[Model], row: Any, *, key: str = "") -> bool:
    """Whether *row* was new and is inserted; a row of the same *key*, or that clashes at all, is left as it is."""
    shape = _shape(model, type(row))
    conflict = f'ON CONFLICT ("{key}") DO NOTHING' if key else "ON CONFLICT DO NOTHING"
    return run(f"{shape.insert} {conflict}", *shape.given(row)) == 1


def upsert(model: type[Model], row: Any, *, key: str) -> None:
    """Insert *row*, or make the row of the same *key* say what it says."""
    shape = _shape(model, type(row))
    run(f'{shape.insert} ON CONFLICT ("{key}") DO UPDATE SET {shape.update}', *shape.given(row))


def select(model: type[Model], row_type: type[Row], which: str, *given: Any) -> list[Row]:
    """The rows of *row_type* that *which* (what stands in SQL after FROM table) names, with `%s` for each *given*."""
    shape = _shape(model, row_type)
    return [shape.row(row_type, got) for got in ask(f"{shape.select} {which}", *given)]


def first(model: type[Model], row_type: type[Row], which: str, *given: Any) -> Row | None:
    """The first row that `select` finds, or `None`."""
    got = select(model, row_type, which, *given)
    return got[0] if got else None


def run(statement: str, *given: Any) -> int:
    """Run *statement*; how many rows it touched."""
    touched: int
    db = connections[DEFAULT_DB_ALIAS]
    with _cursor(db) as cursor, db.wrap_database_errors:
        _execute(cursor, statement, given)
        touched = cursor.rowcount
    return touched


def run_each(statement: str, given: Iterable[Sequence[Any]]) -> None:
    """Run *statement* on SQLite for each of *given*, whose values must be as it keeps them."""
    db = connections[DEFAULT_DB_ALIAS]
    with _cursor(db) as cursor, db.wrap_database_errors:
        cursor.executemany(statement.replace("%s", "?"), given)


def ask(statement: str, *given: Any) -> list[Any]:
    """The rows, as tuples, that *statement* gives."""
    found: list[Any]
    db = connections[DEFAULT_DB_ALIAS]
    with _cursor(db) as cursor, db.wrap_database_errors:
        _execute(cursor, statement, given)
        found = cursor.fetchall()
    return found


def _cursor(db: Any) -> AbstractContextManager[Any]:
    """A cursor to be closed: on SQLite its own, for around so small a statement Django's costs three times as much."""
    if db.vendor != "sqlite":
        cursor: AbstractContextManager[Any] = db.cursor()
        return cursor
    db.ensure_connection()
    return closing(db.connection.cursor(sqlite3.Cursor))


def _execute(cursor: Any, statement: str, given: Sequence[Any]) -> None:
    if isinstance(cursor, sqlite3.Cursor):
        cursor.execute(statement.replace("%s", "?"), [_ready(value) for value in given])
    else:
        cursor.execute(statement, given)


def places(count: int) -> str:
    """`%s` so many times, for a list of values."""
    return ", ".join(["%s"] * count)


def one(row_type: type[Row], found: QuerySet[Any]) -> Row | None:
    """The first of *found* as a row, or `None`."""
    got = many(row_type, found[:1])
    return got[0] if got else None


def many(row_type: type[Row], found: QuerySet[Any]) -> Sequence[Row]:
    """All of *found* as rows."""
    return [row_type(**_plain(got)) for got in found.values(*names(row_type))]


def _plain(got: dict[str, Any]) -> dict[str, Any]:
    # PostgreSQL gives binary columns as memory views.
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in got.items()}


_shapes: dict[tuple[type[Model], type], _Shape] = {}


def _shape(model: type[Model], row_type: type) -> _Shape:
    if (model, row_type) not in _shapes:
        _shapes[model, row_type] = _make_shape(model, row_type)
    return _shapes[model, row_type]


def _make_shape(model: type[Model], row_type: type) -> _Shape:
    table = f'"{model._meta.db_table}"'
    columns: list[Any] = [model._meta.get_field(name) for name in names(row_type)]
    listed = ", ".join(f'"{one.column}"' for one in columns)
    return _Shape(
        names=names(row_type),
        select=f"SELECT {listed} FROM {table}",  # noqa: S608 (the names of our own tables)
        insert=f"INSERT INTO {table} ({listed}) VALUES ({places(len(columns))})",  # noqa: S608 (as above)
        update=", ".join(f'"{one.column}" = excluded."{one.column}"' for one in columns),
        inward=tuple(_inward(one) for one in columns),
        outward=tuple(_outward(one) for one in columns),
    )


def _inward(column: Any) -> Callable[[Any], Any] | None:
    if column.get_internal_type() in _ASIS or isinstance(column, DateTimeField):
        return None  # times are made ready by `_ready`
    return lambda value: column.get_db_prep_save(value, connection)


def _outward(column: Any) -> Callable[[Any], Any] | None:
    if isinstance(column, BinaryField):
        return bytes  # PostgreSQL gives memory views
    if isinstance(column, DateTimeField):
        return _aware
    if isinstance(column, JSONField):
        return lambda value: json.loads(value) if isinstance(value, str) else value
    return None


def _aware(value: datetime | None) -> datetime | None:
    # SQLite keeps times in UTC without saying so.
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _ready(value: Any) -> Any:
    return str(value.astimezone(UTC).replace(tzinfo=None)) if isinstance(value, datetime) else value
