"""What may come: the instruments still needed against the pace of comparable treaties, as a fan and never a promise.

Three things are kept apart. What is certain: the count, and the days that the law names. What follows from an
assumption: `VNM=2027-01-15` adds that deposit, and the clause is computed with it. What the pace of other treaties
suggests: months, for five chances, each comparable treaty weighing the same; nothing beyond the time we know of them.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from rogatory.errors import BadInput
from rogatory.law.clause import Delay
from rogatory.law.sentences import load_sentences
from rogatory.law.words import Answer, Words
from rogatory.status import clauses, pace
from rogatory.status.asking import LAST_DAY
from rogatory.status.deposits import BadDeposits, days
from rogatory.status.engine import Status
from rogatory.status.model import CONSENTS, Deposit
from rogatory.status.pace import Pace, Waiting

SENTENCES = ("rogatory.status", "outlook-sentences.toml")
CHANCES = (0.1, 0.25, 0.5, 0.75, 0.9)
YEARS_AHEAD = (1, 2, 3, 5, 8)
MAX_ASSUMED = 250
_ASSUMED = re.compile(r"([A-Z]{3})=(\d{4}-\d{2}(?:-\d{2})?)")


class BadAssumption(BadInput):
    """What is assumed cannot be."""

    code = "bad-assumption"
    remedy = "Give a list such as: --assume VNM=2027-01-15,FRA=2027-06"


class NoForecast(BadInput):
    """There is nothing to forecast for this instrument."""

    code = "no-forecast"
    remedy = "Forecasts are for an instrument that is not yet in force; `rogatory status show` tells when one entered."


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """By which month enough have joined with that chance (None: later than we can compare), and what follows."""

    chance: float
    reached: str | None
    entry: str | None
    conference_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """How many instruments there may be on a day: few, middling, many (chances of 10, 50 and 90 percent)."""

    on: date
    few: int
    middling: int
    many: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """One comparable treaty: how many had joined after as many days, days to as many as we need, and its pace alone."""

    instrument: str
    opened: date
    after_as_many_days: int
    days_needed: int | None
    reached_alone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is certain of an instrument not yet in force, what follows from the assumptions, and the fan.

    With assumptions, `entry` is the day that follows from them when they are enough; `earliest` and `latest` where a
    day that is not known leaves it open. `conference_by` is the last day for the first Conference after that entry.
    """

    instrument: str
    on: date
    known_until: date
    count: int
    threshold: int
    missing: int
    assumed: tuple[str, ...]
    entry: date | None
    earliest: date | None
    latest: date | None
    conference_by: date | None
    conference: str
    signature_closes: date | None
    signature: str
    signature_days_left: int | None
    fan: tuple[Chance, ...]
    ahead: tuple[Ahead, ...]
    comparables: tuple[Comparable, ...]
    because: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    comparables: tuple[str, ...]
    conference: str
    signature: str


@cache
def _bases() -> dict[str, _Basis]:
    tables = tomllib.loads((files("rogatory.status") / "data/outlook.toml").read_text("utf-8"))
    return {
        name: _Basis(comparables=tuple(one["comparables"]), conference=one["conference"], signature=one["signature"])
        for name, one in tables.items()
    }


def read_assumptions(text: str, *, instrument: str, status: Status, on: date) -> tuple[Deposit, ...]:
    """The deposits that `VNM=2027-01-15,FRA=2027-06` assumes after that day; raises `BadAssumption`."""
    found: dict[str, Deposit] = {}
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > MAX_ASSUMED:
        raise BadAssumption(f"{len(parts)} assumptions are more than the limit of {MAX_ASSUMED}")
    for part in parts:
        one = _assumption(part, instrument)
        if one.state not in status.states:
            raise BadAssumption(f"{part}: {one.state!r} is not the code of a State we know")
        if one.state in found or status.standing(one.state, instrument, on).deposit is not None:
            raise BadAssumption(f"{part}: an instrument of {one.state} is there already")
        if one.latest is None or one.latest < on:
            raise BadAssumption(f"{part}: that is before {on}, the day of the forecast")
        if one.latest > LAST_DAY:
            raise BadAssumption(f"{part}: that is after {LAST_DAY}, the last day that can be asked about")
        found[one.state] = one
    return tuple(found.values())


def _assumption(part: str, instrument: str) -> Deposit:
    match = _ASSUMED.fullmatch(part)
    if match is None:
        raise BadAssumption(f"{part[:40]!r} is not a State and a day")
    try:
        earliest, latest = days(match[2], part)
    except BadDeposits as error:
        raise BadAssumption(f"{part}: {error.message}") from error
    return Deposit(
        state=match[1], instrument=instrument, action="ratification", earliest=earliest, latest=latest, practice=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedDays:
    """The days that the law names: the close of signature, and the last day for the first Conference once in force."""

    signature: str
    signature_closes: date | None
    conference: str
    conference_by: date | None


def fixed_days(status: Status, instrument: str) -> FixedDays | None:
    """The days that follow from the law and the day of entry into force; None where our data name none."""
    basis = _bases().get(instrument)
    entered = status.entry_into_force(instrument)
    if basis is None:
        return None
    return FixedDays(
        signature=basis.signature,
        signature_closes=status.law.provision(instrument, basis.signature).dates.get("signature-closes"),
        conference=basis.conference,
        conference_by=_conference(status, instrument, entered) if entered else None,
    )


def outlook(status: Status, instrument: str, on: date, *, assumed: Sequence[Deposit] = ()) -> Outlook:
    """The forecast for *instrument* as of that day; raises `UnknownInstrument`, or `NoForecast` when it is in force."""
    progress = status.progress(instrument)
    if instrument not in _bases() or (progress.entered is not None and progress.entered <= on):
        raise NoForecast(f"{instrument} is in force, or no comparable treaties are named for it")
    basis, clause = _bases()[instrument], status.law.instrument(instrument).clause
    known = _known(status, instrument, on)
    every = (*known, *assumed)
    found = clauses.entry(clause, every, status.states, adopted=status.law.instrument(instrument).adopted)
    entry = found.day[0] if found.day[0] == found.day[1] else None
    closes = status.law.provision(instrument, basis.signature).dates.get("signature-closes")
    count = len(clauses.counted(clause, known, status.states))
    paces = [pace.pace_of(status, name) for name in basis.comparables]
    fan = _Fan(paces=paces, status=status, instrument=instrument, on=on, known=known, assumed=assumed)
    return Outlook(
        instrument=instrument,
        on=on,
        known_until=progress.as_of,
        count=count,
        threshold=clause.threshold,
        missing=max(0, clause.threshold - len(clauses.counted(clause, every, status.states))),
        assumed=tuple(f"{item.state}={item.on or f'{item.latest:%Y-%m}'}" for item in assumed),
        entry=entry,
        earliest=found.day[0],
        latest=found.day[1],
        conference_by=_conference(status, instrument, entry) if entry else None,
        conference=basis.conference,
        signature_closes=closes,
        signature=basis.signature,
        signature_days_left=max(0, (closes - on).days) if closes else None,
        fan=tuple(fan.chances()) if found.day[1] is None else (),
        ahead=tuple(fan.ahead()),
        comparables=tuple(fan.comparable(one) for one in paces),
        because=tuple(_said(status, instrument, progress.of_unknown_day)),
    )


def _known(status: Status, instrument: str, on: date) -> tuple[Deposit, ...]:
    """One consent a State that stands on that day; where its day is not known, it had been deposited by then."""
    found: dict[str, Deposit] = {}
    for item in sorted(status.deposits(instrument), key=lambda item: item.latest or date.max):
        if item.done_by(on) is Answer.NO:
            continue
        if item.action in CONSENTS:
            latest = min(item.latest, on) if item.latest else on
            found.setdefault(item.state, replace(item, latest=latest))
        elif clauses.takes_back(item):
            found.pop(item.state, None)
    return tuple(found.values())


def _conference(status: Status, instrument: str, entry: date) -> date:
    number = _bases()[instrument].conference
    return clauses.after(
        entry, Delay(kind="years-after", number=status.law.value(instrument, number, "years", on=entry))
    )


def _said(status: Status, instrument: str, unknown: int) -> list[Words]:
    names = [status.law.instrument(name).short for name in _bases()[instrument].comparables]
    said = [_say("fan", names=Words(", ".join(one.en for one in names), ", ".join(one.fr for one in names)))]
    return [*said, _say("unknown-days", count=unknown)] if unknown else said


class _Fan:
    """The mixture of the paces: each comparable treaty weighs the same."""

    def __init__(
        self,
        *,
        paces: Sequence[Pace],
        status: Status,
        instrument: str,
        on: date,
        known: Sequence[Deposit],
        assumed: Sequence[Deposit],
    ) -> None:
        self._paces = paces
        self._status, self._instrument, self._on = status, instrument, on
        self._clause = status.law.instrument(instrument).clause
        self._assumed = [item.latest for item in clauses.counted(self._clause, assumed, status.states) if item.latest]
        self._now: Waiting = pace.waiting(status, instrument, (*known, *assumed), on)
        self._count = self._now.count - len(self._assumed)
        self._furthest = max(0, min(one.known_days for one in paces) - self._now.days)

    def chances(self) -> list[Chance]:
        """The month for each chance."""
        return [self._chance(one) for one in CHANCES]

    def _chance(self, chance: float) -> Chance:
        reached = self._reached(chance, self._paces)
        if reached is None:
            return Chance(chance=chance, reached=None, entry=None, conference_by=None)
        entry = clauses.after(reached, self._clause.delay)
        by = _conference(self._status, self._instrument, entry)
        return Chance(chance=chance, reached=f"{reached:%Y-%m}", entry=f"{entry:%Y-%m}", conference_by=f"{by:%Y-%m}")

    def _reached(self, chance: float, paces: Sequence[Pace]) -> date | None:
        """The first day by which enough have joined with at least that chance."""
        low, high = 0, self._furthest
        if self._enough(high, paces) < chance:
            return None
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self._enough(middle, paces) >= chance else (middle + 1, high)
        return self._on + timedelta(days=low)

    def _enough(self, ahead: int, paces: Sequence[Pace]) -> float:
        needed = self._clause.threshold - self._surely(ahead)
        if needed <= 0:
            return 1.0
        return sum(pace.chances(one, self._now, ahead, most=needed)[-1] for one in paces) / len(paces)

    def _surely(self, ahead: int) -> int:
        day = self._on + timedelta(days=ahead)
        return self._count + sum(assumed <= day for assumed in self._assumed)

    def ahead(self) -> list[Ahead]:
        """How many there may be in some years, as far as we can compare."""
        days = [(years, (_years_on(self._on, years) - self._on).days) for years in YEARS_AHEAD]
        return [self._ahead(number) for _, number in days if number <= self._furthest]

    def _ahead(self, ahead: int) -> Ahead:
        most = self._now.signatories + self._now.others + 1
        mixed = [sum(column) / len(self._paces) for column in zip(
            *(pace.chances(one, self._now, ahead, most=most) for one in self._paces), strict=True
        )]  # fmt: skip
        few, middling, many = (self._surely(ahead) + _quantile(mixed, one) for one in (0.1, 0.5, 0.9))
        return Ahead(on=self._on + timedelta(days=ahead), few=few, middling=middling, many=many)

    def comparable(self, one: Pace) -> Comparable:
        """One comparable treaty beside ours."""
        alone = self._reached(0.5, [one])
        return Comparable(
            instrument=one.instrument,
            opened=one.opened,
            after_as_many_days=one.joined(self._now.days),
            days_needed=one.days_to(self._clause.threshold),
            reached_alone=f"{alone:%Y-%m}" if alone else None,
        )


def _quantile(chances: Sequence[float], wanted: float) -> int:
    total = 0.0
    for number, chance in enumerate(chances):
        total += chance
        if total >= wanted - 1e-12:
            return number
    return len(chances) - 1


def _years_on(day: date, years: int) -> date:
    return clauses.after(day, Delay(kind="years-after", number=years))


def _say(name: str, **values: object) -> Words:
    return load_sentences(*SENTENCES).say(name, **values)
