"""The budget of a meeting: lines, sums by body and by category, and both as CSV. A sum holds one currency."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rogatory.office.programme import currencies
from rogatory.office.programme.models import Body, BudgetLine, Category

LINE_COLUMNS = ("body", "iso3", "category", "title", "currency", "estimated", "committed", "paid")
TOTAL_COLUMNS = ("by", "name", "currency", "estimated", "committed", "paid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Amounts of one currency, in its smallest units."""

    currency: str
    estimated: int
    committed: int
    paid: int

    @property
    def over(self) -> bool:
        """Whether more was committed than estimated, or more paid than committed."""
        return self.committed > self.estimated or self.paid > self.committed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One currency: its total, and that by body and by category."""

    currency: str
    total: Total
    by_body: tuple[tuple[Body, Total], ...]
    by_category: tuple[tuple[Category, Total], ...]


def sheets(lines: Iterable[BudgetLine]) -> tuple[Sheet, ...]:
    """The *lines* consolidated, one sheet a currency."""
    by_currency: dict[str, list[BudgetLine]] = {}
    for line in lines:
        by_currency.setdefault(line.currency, []).append(line)
    return tuple(_sheet(currency, by_currency[currency]) for currency in sorted(by_currency))


def _sheet(currency: str, lines: Sequence[BudgetLine]) -> Sheet:
    bodies = {line.body_id: line.body for line in lines}
    return Sheet(
        currency=currency,
        total=_total(currency, lines),
        by_body=tuple(
            (body, _total(currency, [one for one in lines if one.body_id == key]))
            for key, body in sorted(bodies.items(), key=lambda item: (item[1].name.casefold(), item[0]))
        ),
        by_category=tuple(
            (category, _total(currency, mine))
            for category in Category
            if (mine := [one for one in lines if one.category == category])
        ),
    )


def _total(currency: str, lines: Sequence[BudgetLine]) -> Total:
    return Total(
        currency=currency,
        estimated=sum(one.estimated for one in lines),
        committed=sum(one.committed for one in lines),
        paid=sum(one.paid for one in lines),
    )


def lines_as_csv(lines: Iterable[BudgetLine], name: Callable[[Body], str]) -> str:
    """Every line, amounts as plain decimals with a point."""
    return _table(
        LINE_COLUMNS,
        (
            (name(one.body), one.body.iso3, one.category, one.title, one.currency, *_amounts(one.currency, one))
            for one in lines
        ),
    )


def totals_as_csv(found: Iterable[Sheet], name: Callable[[Body], str]) -> str:
    """The sums by body, by category and of all, each of one currency."""
    rows: list[tuple[str, ...]] = []
    for sheet in found:
        money = sheet.currency
        rows += [("body", name(body), money, *_amounts(money, total)) for body, total in sheet.by_body]
        rows += [("category", category.value, money, *_amounts(money, total)) for category, total in sheet.by_category]
        rows.append(("all", "", money, *_amounts(money, sheet.total)))
    return _table(TOTAL_COLUMNS, rows)


def _amounts(currency: str, of: BudgetLine | Total) -> tuple[str, str, str]:
    return (
        f"{currencies.exact(of.estimated, currency):f}",
        f"{currencies.exact(of.committed, currency):f}",
        f"{currencies.exact(of.paid, currency):f}",
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """*cell*, which no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
