"""What the pages of a programme say: amounts, names of bodies, rows that stand."""

from collections.abc import Iterable, Mapping

from django import template

from rogatory.office.programme import currencies
from rogatory.office.programme.models import Removable

register = template.Library()


@register.filter
def money(units: int, currency: str) -> str:
    """An amount in smallest units as people write it."""
    return currencies.shown(units, currency)


@register.filter
def under(names: Mapping[int, str], key: int) -> str:
    """What *names* has under *key*."""
    return names.get(key, "")


@register.filter
def standing(rows: Iterable[Removable]) -> list[Removable]:
    """Those that were not removed."""
    return [one for one in rows if one.removed_at is None]
