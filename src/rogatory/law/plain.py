"""Values of the core as JSON can carry them: what the command line prints with --json is what the HTTP API answers."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from rogatory.kernel import times
from rogatory.law.words import Words


def plain(value: Any, *, without: frozenset[str] = frozenset()) -> Any:
    """*value* as JSON can carry it: dataclasses as objects (hidden fields and those in *without* left out)."""
    if isinstance(value, Words):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if field.repr and field.name not in without
        }
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(inner) for inner in value)
    return _one(value)


def _one(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return times.stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | Fraction) else value
