"""Numbers and periods in a text, in words or digits, in each of the authentic languages.

Enough to hold a value of our data against an official text: sixty days, 60 jours, шестьдесят дней, 六十日, ستون يوما.
The words stand in `data/numerals.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rogatory.law.copies.headings import chinese_number, folded

UNITS = ("days", "months", "years")
_CHINESE_NUMBER = r"[一二三四五六七八九十百零〇两]{1,6}|\d{1,4}"
#: What may stand between a number and its unit, besides one more word: `sixty (60) calendar days`.
_BRACKETS = r"(?:\s*[(（]\s*\d{1,4}\s*[)）])?"
_ARABIC_PAIRS = (("days", 2, "يومين|يومان"), ("months", 2, "شهرين|شهران"), ("years", 2, "سنتين|سنتان|عامين"))
_ARABIC_ONE = (("days", "يوم واحد"), ("months", "شهر واحد"), ("years", "سنه واحده|سنه(?! و| \\d)|عام واحد"))


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """So many days, months or years."""

    unit: str
    number: int


@dataclass(frozen=True, slots=True)
class _Words:
    number: re.Pattern[str]
    groups: tuple[int, ...]
    units: dict[str, re.Pattern[str]]
    fractions: dict[tuple[int, int], re.Pattern[str]]


def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """The periods and ages that *text* names, each once, in order of unit and number."""
    words, text = _words(lang), folded(text)
    found = set(_arabic_wholes(text)) if lang == "ar" else set()
    for unit, pattern in words.units.items():
        for match in pattern.finditer(text):
            found.add(Quantity(unit, _value(match, words, lang)))
    return tuple(sorted(found))


def numbers(text: str, lang: str) -> frozenset[int]:
    """Every number that *text* names, as a count or as an order."""
    words = _words(lang)
    return frozenset(_value(match, words, lang) for match in words.number.finditer(folded(text)))


def has_fraction(text: str, lang: str, numerator: int, denominator: int) -> bool:
    """Whether *text* names that fraction, in words or as `2/3`."""
    pattern = _words(lang).fractions.get((numerator, denominator))
    if re.search(rf"(?<!\d){numerator}\s*/\s*{denominator}(?!\d)", text):
        return True
    return pattern is not None and pattern.search(folded(text)) is not None


def knows(number: int, lang: str) -> bool:
    """Whether *number* is recognised in words of that language; in digits every number is."""
    return lang == "zh" or str(number) in _table()[lang]["numbers"]


def _value(match: re.Match[str], words: _Words, lang: str) -> int:
    if lang == "zh":
        return chinese_number(match["number"])
    if match["digits"]:
        return int(match["digits"])
    return next(number for number in words.groups if match[f"n{number}"])


def _arabic_wholes(text: str) -> Iterator[Quantity]:
    for unit, number, forms in _ARABIC_PAIRS:
        if re.search(rf"(?<!\w)[وفبلك]?(?:{forms})(?!\w)", text):
            yield Quantity(unit, number)
    for unit, forms in _ARABIC_ONE:
        if re.search(rf"(?<!\w)[وفبلك]?(?:{forms})(?!\w)", text):
            yield Quantity(unit, 1)


@cache
def _table() -> dict[str, dict[str, dict[str, str] | str]]:
    return tomllib.loads((files("rogatory.law") / "data" / "numerals.toml").read_text("utf-8"))


@cache
def _words(lang: str) -> _Words:
    table: dict[str, dict[str, str]] = _table()[lang]  # type: ignore[assignment]
    before = str(table["before"])
    fractions = {
        (int(name[0]), int(name[2])): re.compile(rf"(?<!\w){before}(?:{forms})", re.IGNORECASE)
        if lang != "zh"
        else re.compile(forms)
        for name, forms in table["fractions"].items()
    }
    if lang == "zh":
        number = re.compile(rf"(?P<number>{_CHINESE_NUMBER})")
        units = {unit: re.compile(rf"(?P<number>{_CHINESE_NUMBER})\s*{table[unit]}") for unit in UNITS}
        return _Words(number, (), units, fractions)
    # The longest words first: `forty-five` before `forty`.
    listed = sorted(table["numbers"].items(), key=lambda item: -max(len(form) for form in item[1].split("|")))
    forms = "|".join(rf"(?P<n{value}>{form})" for value, form in listed)
    unnamed = "|".join(form for _, form in listed)
    between = rf"{_BRACKETS}(?:[\s-]+(?!{before}(?:{unnamed})(?!\w))[^\W\d]{{2,14}})?[\s-]+"
    one = rf"(?<!\w){before}(?:(?P<digits>\d{{1,4}})|{forms})"
    units = {unit: re.compile(rf"{one}{between}(?:{table[unit]})(?!\w)", re.IGNORECASE) for unit in UNITS}
    return _Words(
        re.compile(rf"{one}(?!\w)", re.IGNORECASE), tuple(int(value) for value, _ in listed), units, fractions
    )
