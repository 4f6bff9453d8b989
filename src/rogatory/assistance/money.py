"""Contributions: what was pledged and what was paid, in each currency by itself.

Rules in words. Amounts are exact decimals. Currencies are never added together or turned into each other, for no rate
is known here. What was paid beyond the pledge is shown as more, and is not taken for another's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rogatory.assistance.shape import amount
from rogatory.kernel import times


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Money in one currency: pledged, paid, still to be paid of what was pledged, and paid beyond it."""

    currency: str
    pledged: Decimal
    paid: Decimal
    open: Decimal
    beyond: Decimal
    late: Decimal = Decimal(0)

    @property
    def percent(self) -> int:
        """How much of what was pledged is paid, in whole per cent from 0 to 100."""
        return 100 if not self.pledged else int((self.pledged - self.open) * 100 / self.pledged)


def contribution(body: Mapping[str, Any], today: date) -> Sum:
    """One contribution on *today*."""
    pledged = amount(body["amount"])
    paid = sum((amount(row["amount"]) for row in body.get("payments", ())), Decimal(0))
    unpaid = max(pledged - paid, Decimal(0))
    late = unpaid if "due" in body and times.parse_day(body["due"]) < today else Decimal(0)
    return Sum(
        currency=body["currency"],
        pledged=pledged,
        paid=paid,
        open=unpaid,
        beyond=max(paid - pledged, Decimal(0)),
        late=late,
    )


def totals(sums: Iterable[Sum]) -> tuple[Sum, ...]:
    """The sums of each currency, by its code."""
    found: dict[str, Sum] = {}
    for one in sums:
        held = found.get(one.currency)
        found[one.currency] = one if held is None else _together(held, one)
    return tuple(found[currency] for currency in sorted(found))


def _together(one: Sum, other: Sum) -> Sum:
    return Sum(
        currency=one.currency,
        pledged=one.pledged + other.pledged,
        paid=one.paid + other.paid,
        open=one.open + other.open,
        beyond=one.beyond + other.beyond,
        late=one.late + other.late,
    )
