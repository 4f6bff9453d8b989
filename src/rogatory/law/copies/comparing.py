"""An official copy held against our data: every difference of structure, and every value that disagrees.

What our data leave out on purpose (whole articles of the neighbours, some articles in part) is said to be not covered,
and is no difference. Where the numbers of a list are not the same, its members are paired in order by their own parts,
by the periods they name and, in English and French, by the words that the two share; so one that was renumbered is told
from one that is missing. A pair that rests on order alone says so.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rogatory.law.copies import numerals, pairing
from rogatory.law.copies.numerals import Quantity
from rogatory.law.copies.official import OfficialCopy
from rogatory.law.copies.outline import Node, outline
from rogatory.law.model import Law, Provision
from rogatory.law.words import LANGUAGES, NO_WORDS, Words

KINDS = ("missing", "extra", "renumbered", "undivided", "value", "period")
EXCERPT = 160
#: Values that are counts of something else than time; they are looked for as bare numbers.
_UNIT_OF = {"days": "days", "months": "months", "years": "years", "lowest_years": "years"}
#: `The first day of the month`, and the seven days a week of a contact point: no periods.
_FIRST, _WEEK = Quantity("days", 1), Quantity("days", 7)
_FRACTION = ("majority_numerator", "majority_denominator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One disagreement: its kind, our number and the copy's (either may be empty), and what stands on each side.

    `missing`: ours has it, the copy does not. `extra`: the other way round. `renumbered`: it stands under another
    number. `undivided`: ours describes as a whole what the copy divides. `value`: a number of ours is not in the copy's
    text. `period`: the copy names a period that our data do not carry. *sure* is false where only order paired them.
    """

    kind: str
    number: str
    copy_number: str
    ours: Words
    copy: str
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """All differences, in order; the articles held against each other, and those that our data do not cover.

    `places` says where the copy has each number of ours that it has at all, `same` how many stand under their own.
    """

    instrument: str
    lang: str
    found: tuple[Difference, ...]
    compared: tuple[str, ...]
    not_covered: tuple[str, ...]
    places: Mapping[str, str]

    @property
    def same(self) -> int:
        """How many of our provisions stand under the same number in the copy."""
        return sum(mine == other for mine, other in self.places.items())

    def of(self, number: str) -> tuple[Difference, ...]:
        """The differences at *number*, an article or a provision, and under it."""
        return tuple(
            one
            for one in self.found
            if any(at == number or at.startswith(f"{number}(") for at in (one.number, one.copy_number))
        )


def compare(law: Law, copy: OfficialCopy, *, article: str = "") -> Differences:
    """Every difference between our data and *copy*, or those of one *article*; raises `UnknownInstrument`."""
    ours: dict[str, list[Provision]] = {}
    for provision in law.provisions(copy.instrument):
        if article in ("", provision.article):
            ours.setdefault(provision.article, []).append(provision)
    found: list[Difference] = []
    places: dict[str, str] = {}
    for number, described in ours.items():
        pairs = _Article(copy, number, described)
        found += sorted(pairs.differences(), key=_order)
        places |= pairs.places()
    return Differences(
        instrument=copy.instrument,
        lang=copy.lang,
        found=tuple(found),
        compared=tuple(number for number in ours if number in copy.articles),
        not_covered=tuple(number for number in copy.articles if number not in ours and article in ("", number)),
        places=MappingProxyType(places),
    )


class _Article:
    """One article of ours and of the copy, paired from the top."""

    def __init__(self, copy: OfficialCopy, article: str, described: Sequence[Provision]) -> None:
        self._copy, self._article = copy, article
        self._known = {provision.number: provision for provision in described}
        self._ours = outline(self._known, article)
        official = copy.articles.get(article)
        self._texts = {one.number: one.text for one in official.provisions} if official else {}
        self._theirs = outline(self._texts, article) if official else None
        self._paired: dict[str, str] = {}

    def places(self) -> dict[str, str]:
        """Where the copy has each of our provisions that it has; to be asked after `differences`."""
        return {mine: other for mine, other in self._paired.items() if mine in self._known}

    def differences(self) -> Iterator[Difference]:
        """What differs in this article, from its first provision to its last."""
        if self._theirs is None:
            yield self._difference("missing", self._article, "")
            return
        yield from self._pair(self._ours, self._theirs)
        for mine, other in self._paired.items():
            provision = self._known.get(mine)
            if provision is not None:
                yield from self._values(provision, other)
                yield from self._periods(provision, other)

    def _pair(self, mine: Node, other: Node) -> Iterator[Difference]:
        self._paired[mine.number] = other.number
        if not mine.parts:
            if other.parts:
                yield self._undivided(mine.number, other)
            return
        alike = pairing.Alike(self._described, self._text, self._copy.lang)
        for one, two, sure in pairing.paired(mine.parts, other.parts, alike):
            if one is None and two is not None:
                if f"{self._copy.instrument}:{mine.number}" not in _in_part():
                    yield self._difference("extra", "", two.number)
            elif one is not None and two is None:
                yield self._difference("missing", one.number, "")
            elif one is not None and two is not None:
                if one.label != two.label:
                    yield self._difference("renumbered", one.number, two.number, sure=sure)
                yield from self._pair(one, two)

    def _values(self, provision: Provision, other: str) -> Iterator[Difference]:
        if not provision.values:
            return
        text, lang = self._text(other), self._copy.lang
        named = numerals.quantities(text, lang)
        numbers = dict(provision.values[-1].numbers)
        fraction = tuple(numbers.pop(name) for name in _FRACTION if name in numbers)
        if len(fraction) == 2 and not numerals.has_fraction(text, lang, *fraction):
            yield self._disagrees(provision, other, f"{fraction[0]}/{fraction[1]}", "")
        for name, number in numbers.items():
            unit = _UNIT_OF.get(name)
            of_unit = [one for one in named if one.unit == unit]
            if unit and of_unit and Quantity(unit, number) not in of_unit:
                yield self._disagrees(provision, other, f"{number} {unit}", _said(of_unit))
            elif not of_unit and number not in numerals.numbers(text, lang):
                yield self._disagrees(provision, other, f"{number} {name}", "")

    def _periods(self, provision: Provision, other: str) -> Iterator[Difference]:
        """The periods that the copy names at *other* itself, and that no value nor word of ours at or around it is."""
        near = [
            one
            for one in self._known.values()
            if one.number.startswith(provision.number) or provision.number.startswith(f"{one.number}(")
        ]
        carried = {
            Quantity(_UNIT_OF[name], number)
            for one in near
            for value in one.values
            for name, number in value.numbers.items()
            if name in _UNIT_OF
        }
        carried |= {
            said for one in near for lang in LANGUAGES for said in numerals.quantities(one.what.get(lang), lang)
        }
        taken = {two for one, two in self._paired.items() if one in self._known and two != other}
        text = " ".join(
            self._texts[number]
            for number in self._texts
            if (number == other or number.startswith(f"{other}(")) and not _within(number, taken, below=other)
        )
        named = numerals.quantities(text, self._copy.lang)
        day_and_night = 24 in numerals.numbers(text, self._copy.lang)
        new = [one for one in named if one not in carried and one != _FIRST and not (one == _WEEK and day_and_night)]
        if new and not any(one.unit in {quantity.unit for quantity in carried} for one in new):
            yield Difference(
                kind="period", number=provision.number, copy_number=other, ours=NO_WORDS, copy=_said(new), sure=True
            )

    def _disagrees(self, provision: Provision, other: str, ours: str, copy: str) -> Difference:
        return Difference(kind="value", number=provision.number, copy_number=other, ours=Words(ours, ours), copy=copy)

    def _undivided(self, number: str, other: Node) -> Difference:
        parts = ", ".join(part.label for part in other.parts)
        return Difference(
            kind="undivided", number=number, copy_number=other.number, ours=self._short(number), copy=parts
        )

    def _difference(self, kind: str, mine: str, other: str, *, sure: bool = True) -> Difference:
        copy = _excerpt(self._text(other)) if other else ""
        return Difference(
            kind=kind,
            number=mine,
            copy_number=other,
            ours=self._short(mine) if mine else NO_WORDS,
            copy=copy,
            sure=sure,
        )

    def _short(self, number: str) -> Words:
        """Our words at *number*, or at the first provision under it."""
        first = next((one for one in self._known.values() if _is_under(one.number, number)), None)
        return Words(_excerpt(first.what.en), _excerpt(first.what.fr)) if first else NO_WORDS

    def _described(self, number: str) -> str:
        """Our words at *number* and under it, in the copy's language where we have it."""
        return "\n".join(
            one.what.get(self._copy.lang)
            for one in self._known.values()
            if one.number == number or one.number.startswith(f"{number}(")
        )

    def _text(self, number: str) -> str:
        return " ".join(text for at, text in self._texts.items() if at == number or at.startswith(f"{number}("))


def _is_under(number: str, above: str) -> bool:
    return number == above or number.startswith(f"{above}(")


def _order(one: Difference) -> list[tuple[int, str]]:
    """By paragraph, letter and item: `(9)` before `(10)`."""
    return [(len(piece), piece) for piece in (one.number or one.copy_number).split("(")]


def _within(number: str, taken: set[str], *, below: str) -> bool:
    return any((number == one or number.startswith(f"{one}(")) and one.startswith(f"{below}(") for one in taken)


def _said(named: Sequence[Quantity]) -> str:
    return ", ".join(f"{one.number} {one.unit}" for one in named)


def _excerpt(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rsplit(" ", 1)[0] + "…"


@cache
def _in_part() -> frozenset[str]:
    table: Mapping[str, list[str]] = tomllib.loads((files("rogatory.law") / "data" / "copies.toml").read_text("utf-8"))
    return frozenset(table["in_part"])
