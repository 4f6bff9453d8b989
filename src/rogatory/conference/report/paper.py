"""A report as a paper: titles, facts, tables and sentences in one language, however they are shown then.

The page, the PDF and a terminal have the same words, because they stand here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rogatory.conference.report.values import Who
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and what it is, as digits when it *is_code*."""

    name: str
    value: str
    is_code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headings and rows; *about* is what the table is of, *numbers* which columns hold numbers."""

    about: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the paper, in this order: its title, sentences, facts and table; *level* 2 is a chapter."""

    anchor: str
    title: str
    level: int = 2
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The whole paper in the language *lang*; *warning* must not be overlooked, and is mostly empty."""

    lang: str
    title: str
    under: str
    warning: str
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    contents: str  # what the list of the parts is called


@dataclass(frozen=True, slots=True)
class Pen:
    """What writes in one language."""

    lang: str

    def say(self, english: str, french: str) -> str:
        """One of the two, as the language is."""
        return self.of(Words(english, french))

    def of(self, words: Words) -> str:
        """*words* in the language, with the spaces that French never breaks at."""
        found = words.get(self.lang)
        if self.lang != "fr":
            return found
        for sign in ":;?!»":
            found = found.replace(f" {sign}", f"\u00a0{sign}")
        return found.replace("« ", "«\u00a0")

    def day(self, day: date) -> str:
        """*day* written out."""
        return self.of(Words("{day}", "{day}").fill(day=day))

    def moment(self, at: datetime | None) -> str:
        """*at* to the minute, in UTC: `2028-03-06 09:30`."""
        return at.strftime("%Y-%m-%d %H:%M") if at else ""

    def who(self, one: Who) -> str:
        """The participant by its name; with its votes, when it casts more than one."""
        name = self.of(one.name)
        return name if one.weight == 1 else self.say(f"{name} ({one.weight} votes)", f"{name} ({one.weight} voix)")

    def names(self, several: Sequence[Who]) -> str:
        """Their names, or a dash for nobody."""
        return ", ".join(self.who(one) for one in several) or "–"

    def fact(self, english: str, french: str, value: str, *, is_code: bool = False) -> Fact:
        """A fact with its name in the language."""
        return Fact(name=self.say(english, french), value=value, is_code=is_code)
