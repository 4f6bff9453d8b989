"""From what a person wrote (TOML, JSON or a form, as plain values) to `Choices`, strictly.

Anything may be left out; whatever is there must be right. A key that is not of the format, a provision that asks for
no such thing, a language or shift that cannot be: refused with its place, as `authorities[2].provision`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any, TypeVar

from rogatory.errors import BadInput, RogatoryError
from rogatory.kernel.times import parse_day
from rogatory.law.model import Law
from rogatory.law.words import NO_WORDS, Words
from rogatory.opinion.profile_entries import language_options
from rogatory.readiness import catalogue
from rogatory.readiness.catalogue import HOME
from rogatory.readiness.choices import (
    FORMS,
    MANNERS,
    OFFICES,
    Authority,
    Choices,
    NationalLaw,
    Official,
    Shift,
    Statement,
)
from rogatory.readiness.staffing import DAY, DAYS, WEEK

MAX_TEXT = 4000
MAX_LINE = 300
MAX_ITEMS = 200
MAX_PEOPLE = 1000
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
_Item = TypeVar("_Item")


class BadChoices(BadInput):
    """The choices cannot be read."""

    code = "bad-choices"
    remedy = "Put right what the message names; `rogatory ready choices --template` shows every key."


@dataclass(frozen=True, slots=True)
class _Known:
    """What may be named: provisions of the law, languages; and the places where one language stands for both."""

    law: Law
    languages: frozenset[str]
    single: list[str] = field(default_factory=list)


def read_choices(given: Mapping[str, Any], *, law: Law) -> Choices:
    """The choices that *given* (plain values, days as dates or `YYYY-MM-DD`) states; raises `BadChoices`."""
    languages = frozenset(one.value for one in language_options(law, HOME).values())
    known = _Known(law, languages)
    table = _Table(given, "", known)
    found = Choices(
        manner=table.one_of("manner", MANNERS),
        name=table.words("name"),
        place=table.words("place"),
        signer=_official(table.table("signer")),
        grantor=_official(table.table("grantor")),
        plenipotentiary=_official(table.table("plenipotentiary")),
        ministry=table.words("ministry"),
        mission=table.words("mission"),
        languages=table.spoken("languages"),
        treaty_dependent=table.flag("treaty_dependent"),
        takes_as_basis=table.flag("takes_as_basis"),
        competence=table.words("competence", limit=MAX_TEXT),
        authorities=table.each("authorities", _authority),
        laws=table.each("laws", _law),
        statements=table.each("statements", _statement),
        settled=bool(table.flag("settled")),
        one_language=tuple(known.single),
    )
    table.end()
    _refuse_twice(found)
    return found


def _official(table: "_Table") -> Official:
    found = Official(name=table.line("name"), title=table.words("title"), office=table.one_of("office", OFFICES))
    table.end()
    return found


def _authority(table: "_Table") -> Authority:
    bodies = [one.number for one in catalogue.notices(table.known.law) if one.content in catalogue.BODIES]
    found = Authority(
        provision=table.needed_one_of("provision", bodies),
        name=table.words("name"),
        address=table.words("address", limit=MAX_TEXT),
        phone=table.line("phone"),
        email=table.line("email"),
        languages=table.spoken("languages"),
        desk=table.line("desk"),
        staffed=tuple(shift for one in table.each("staffed", _shifts) for shift in one),
        zone=table.line("zone"),
    )
    table.end()
    if found.name == NO_WORDS:
        raise table.fail("name", "is missing")
    return found


def _shifts(table: "_Table") -> tuple[Shift, ...]:
    """The shifts of one line of a plan: the same hours on each of its days."""
    days = table.texts("days", one_of=DAYS) or DAYS
    start, end = table.clock("from"), table.clock("to")
    people = table.number("people", most=MAX_PEOPLE)
    languages = table.spoken("languages")
    table.end()
    length = (end - start) % DAY or DAY
    return tuple(
        Shift(start=first, end=first + length, people=people, languages=languages)
        for first in ((DAYS.index(day) * DAY + start) % WEEK for day in days)
    )


def _law(table: "_Table") -> NationalLaw:
    known = [one.number for one in catalogue.notices(table.known.law) if one.content == "laws"]
    found = NationalLaw(
        provisions=table.texts("provisions", one_of=known),
        title=table.words("title"),
        reference=table.line("reference"),
        on=table.day("on"),
        form=table.one_of("form", FORMS) or FORMS[0],
        description=table.words("description", limit=MAX_TEXT),
    )
    table.end()
    if not found.provisions:
        raise table.fail("provisions", f"must name at least one of {', '.join(known)}")
    if found.title == NO_WORDS:
        raise table.fail("title", "is missing")
    return found


def _statement(table: "_Table") -> Statement:
    found = Statement(
        kind=table.needed_one_of("kind", ("reservation", "declaration")),
        provision=table.line("provision"),
        text=table.words("text", limit=MAX_TEXT),
        justification=table.words("justification", limit=MAX_TEXT),
    )
    table.end()
    numbers = table.known.law.by_number[HOME]
    articles = {one.article for one in numbers.values()}
    if found.provision and found.provision not in numbers and found.provision not in articles:
        raise table.fail("provision", f"{found.provision!r} is no provision of the Convention in our data")
    if found.kind == "reservation" and not found.provision:
        raise table.fail("provision", "is missing: a reservation is to a provision")
    return found


def _refuse_twice(choices: Choices) -> None:
    seen: set[tuple[str, str]] = set()
    for one in choices.statements:
        if (one.kind, one.provision) in seen:
            raise BadChoices(f"two statements of the kind {one.kind} are about {one.provision or 'no provision'}")
        seen.add((one.kind, one.provision))


class _Table:
    """One table of plain values; what is empty counts as left out, and `end()` refuses keys that nobody asked for."""

    def __init__(self, values: object, path: str, known: _Known) -> None:
        if not isinstance(values, Mapping):
            raise BadChoices(f"{path or 'the whole'} must be a table")
        self._values = values
        self._path = path
        self._taken: set[str] = set()
        self.known = known

    def fail(self, key: str, what: str) -> BadChoices:
        return BadChoices(f"{self._path}{key} {what}")

    def _take(self, key: str) -> Any:
        self._taken.add(key)
        value = self._values.get(key)
        return None if value in ("", [], {}) else value

    def _text(self, key: str, value: object, limit: int) -> str:
        if not isinstance(value, str):
            raise self.fail(key, "must be a text")
        text = value.replace("\r\n", "\n").strip()
        if len(text) > limit:
            raise self.fail(key, f"has {len(text)} characters, and {limit} is the limit")
        if _CONTROL.search(text) or (limit == MAX_LINE and "\n" in text):
            raise self.fail(key, "has signs that do not belong into a text, or line breaks where there is one line")
        return text

    def line(self, key: str) -> str:
        value = self._take(key)
        return "" if value is None else self._text(key, value, MAX_LINE)

    def words(self, key: str, *, limit: int = MAX_LINE) -> Words:
        value = self._take(key)
        if value is None:
            return NO_WORDS
        if isinstance(value, Mapping):
            if not set(value) <= {"en", "fr"}:
                raise self.fail(key, "may have en and fr, and nothing else")
            english, french = (self._text(key, value.get(lang) or "", limit) for lang in ("en", "fr"))
        else:
            english, french = self._text(key, value, limit), ""
        if not (english and french):
            self.known.single.append(f"{self._path}{key}")
        return Words(english or french, french or english)

    def one_of(self, key: str, allowed: tuple[str, ...] | list[str]) -> str:
        value = self.line(key)
        if value and value not in allowed:
            raise self.fail(key, f"{value!r} must be one of {', '.join(allowed)}")
        return value

    def needed_one_of(self, key: str, allowed: tuple[str, ...] | list[str]) -> str:
        value = self.one_of(key, allowed)
        if not value:
            raise self.fail(key, f"is missing: one of {', '.join(allowed)}")
        return value

    def texts(self, key: str, *, one_of: tuple[str, ...] | list[str]) -> tuple[str, ...]:
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple) or any(one not in one_of for one in value):
            raise self.fail(key, f"must be a list out of {', '.join(one_of)}")
        return tuple(dict.fromkeys(value))

    def spoken(self, key: str) -> tuple[str, ...]:
        return self.texts(key, one_of=sorted(self.known.languages))

    def flag(self, key: str) -> bool | None:
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            raise self.fail(key, "must be true or false")
        return value

    def number(self, key: str, *, most: int) -> int:
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= most:
            raise self.fail(key, f"must be a whole number from 1 to {most}")
        return value

    def day(self, key: str) -> date | None:
        value = self._take(key)
        if value is None or (isinstance(value, date) and type(value) is date):
            return value
        try:
            return parse_day(value)
        except RogatoryError as error:
            raise self.fail(key, "must be a day such as 2026-11-22") from error

    def clock(self, key: str) -> int:
        """A time of day in minutes: `08:30`; `24:00` is midnight at the end."""
        found = _CLOCK.fullmatch(self.line(key))
        minutes = int(found[1]) * 60 + int(found[2]) if found else WEEK
        if minutes > DAY:
            raise self.fail(key, "must be a time such as 08:30")
        return minutes % DAY

    def table(self, key: str) -> "_Table":
        return _Table(self._take(key) or {}, f"{self._path}{key}.", self.known)

    def each(self, key: str, read: Callable[["_Table"], _Item]) -> tuple[_Item, ...]:
        value = self._take(key) or []
        if not isinstance(value, list | tuple):
            raise self.fail(key, "must be a list")
        if len(value) > MAX_ITEMS:
            raise self.fail(key, f"has {len(value)} entries, and {MAX_ITEMS} is the limit")
        places = enumerate(value, start=1)
        return tuple(read(_Table(one, f"{self._path}{key}[{place}].", self.known)) for place, one in places)

    def end(self) -> None:
        for key in self._values:
            if key not in self._taken:
                raise self.fail(str(key)[:60], "is not a key of the format")


def template(lang: str) -> str:
    """A file of choices to fill in, in TOML: every key, each explained and none of them set; *lang* `en` or `fr`."""
    return (files("rogatory.readiness") / f"data/choices-{lang}.toml").read_text("utf-8")
