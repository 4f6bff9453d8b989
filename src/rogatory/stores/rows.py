"""Rows of the core to rows of the database and back: the same names on both sides, so nothing is mapped by hand."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row")


def names(row_type: type) -> tuple[str, ...]:
    """The names of the fields of a row type, in order."""
    return tuple(field.name for field in fields(row_type))


def values(row: Any) -> dict[str, Any]:
    """The fields of *row* by name."""
    return {name: getattr(row, name) for name in names(type(row))}


def insert(model: type[Model], row: Any) -> None:
    """Insert *row* by one statement, without asking whether it is there."""
    instance = model(**values(row))
    instance.save_base(force_insert=True)


def upsert(model: type[Model], row: Any, *, key: str) -> None:
    """Insert *row*, or make the row of the same *key* say what it says."""
    found = values(row)
    model._default_manager.bulk_create(
        [model(**found)],
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[name for name in found if name != key],
    )


def one(row_type: type[Row], found: QuerySet[Any]) -> Row | None:
    """The first of *found* as a row, or `None`."""
    got = many(row_type, found[:1])
    return got[0] if got else None


def many(row_type: type[Row], found: QuerySet[Any]) -> Sequence[Row]:
    """All of *found* as rows."""
    return [row_type(**_plain(got)) for got in found.values(*names(row_type))]


def from_model(row_type: type[Row], instance: Model) -> Row:
    """The row that a model's *instance* holds."""
    return row_type(**_plain({name: getattr(instance, name) for name in names(row_type)}))


def _plain(got: dict[str, Any]) -> dict[str, Any]:
    # PostgreSQL gives binary columns as memory views.
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in got.items()}
