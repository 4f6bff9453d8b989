"""Who is bound, by what, since when, on any date.

Every answer is yes, no or unknown, and says why. A deposit whose day is not known makes an answer unknown wherever
that day matters. Where an exercise brings practice deposits for an instrument, they replace every true deposit of
that instrument: a true date is never mixed with an invented one.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rogatory.law.loader import load_law
from rogatory.law.model import Instrument, Law
from rogatory.law.sentences import law_sentences, load_sentences
from rogatory.law.words import Answer, Words
from rogatory.status import clauses
from rogatory.status.deposits import read_deposits, read_states
from rogatory.status.model import CONSENTS, Deposit, Held, Progress, Standing, State, UnknownState
from rogatory.status.own import unlisted

_SENTENCES = "rogatory.status"
NOTHING_HELD: Mapping[str, Held] = MappingProxyType({})
_CERTAINTY = {"high": 0, "medium": 1, "low": 2}


class _Roll:
    """The deposits of one instrument, sorted out once."""

    def __init__(self, instrument: Instrument, deposits: Iterable[Deposit], states: Mapping[str, State]) -> None:
        self.instrument = instrument
        self.deposits = tuple(deposits)
        self.practice = any(deposit.practice for deposit in self.deposits)
        self.found = clauses.entry(instrument.clause, self.deposits, states, adopted=instrument.adopted)
        reached = self.found.reached[0]
        self.counted = clauses.counted(instrument.clause, self.deposits, states, reached=reached)
        self.entry = self.found.day
        self.by_state: dict[str, list[Deposit]] = {}
        for deposit in self.deposits:
            self.by_state.setdefault(deposit.state, []).append(deposit)

    def of(self, state: str, *actions: str) -> tuple[Deposit, ...]:
        return tuple(item for item in self.by_state.get(state, ()) if item.action in actions)


class Status:
    """The standing of every State, computed from deposits; make one with `Status.load()`."""

    def __init__(
        self,
        *,
        law: Law,
        states: Mapping[str, State],
        deposits: Iterable[Deposit],
        coverage: Mapping[str, tuple[date, bool]],
        own: Iterable[Deposit] = (),
    ) -> None:
        lists = tuple(deposits)
        self._own = unlisted(own, lists)
        every = (*lists, *self._own)
        for name in {deposit.instrument for deposit in every}:
            law.instrument(name)
        self.states = states
        self.law = law
        self._coverage = coverage
        self._rolls: dict[str, _Roll] = {}
        for name, instrument in law.instruments.items():
            mine = [deposit for deposit in every if deposit.instrument == name]
            if any(deposit.practice for deposit in mine):
                mine = [deposit for deposit in mine if deposit.practice]
            self._rolls[name] = _Roll(instrument, mine, states)
        self._standings: dict[tuple[str, str, date], Standing] = {}

    @classmethod
    def load(
        cls,
        extra: Iterable[Deposit] = (),
        *,
        law: Law | None = None,
        held: Mapping[str, Held] = NOTHING_HELD,
        own: Iterable[Deposit] = (),
    ) -> "Status":
        """The status from the deposits that ship with the program, and *extra* ones such as those of an exercise.

        What the node *held* of an instrument, taken from the depositary's list, stands in place of what ships. What its
        State filed of its *own* is added, as far as none of these has the same act.

        Raises `UnknownInstrument` for a deposit about an instrument that the law data does not have.
        """
        states, shipped, coverage = _shipped()
        deposits = [item for item in shipped if item.instrument not in held]
        deposits += [item for one in held.values() for item in one.deposits]
        reach = {**coverage, **{name: (one.as_of, True) for name, one in held.items()}}
        return cls(law=law or load_law(), states=states, deposits=(*deposits, *extra), coverage=reach, own=own)

    def assuming(self, extra: Iterable[Deposit]) -> "Status":
        """The status with some more deposits; in an exercise they must be practice ones."""
        held = [item for roll in self._rolls.values() for item in roll.deposits]
        return Status(law=self.law, states=self.states, deposits=(*held, *extra), coverage=self._coverage)

    @property
    def practice(self) -> bool:
        """Whether any answer rests on practice deposits."""
        return any(roll.practice for roll in self._rolls.values())

    def state(self, iso3: str) -> State:
        """The State of that code; raises `UnknownState`."""
        try:
            return self.states[iso3]
        except KeyError:
            raise UnknownState(f"{iso3!r} is not the ISO 3166 alpha-3 code of a State we know") from None

    def standing(self, state: str, instrument: str, on: date) -> Standing:
        """How *state* stands to *instrument* on that day; raises `UnknownState` or `UnknownInstrument`."""
        key = (state, instrument, on)
        if key not in self._standings:
            if len(self._standings) > 50_000:
                self._standings.clear()
            self._standings[key] = self._standing(state, instrument, on)
        return self._standings[key]

    def common(self, one: str, other: str, on: date) -> tuple[str, ...]:
        """The instruments that certainly bind both States on that day."""
        return tuple(
            name
            for name in self._rolls
            if self.standing(one, name, on).bound is Answer.YES and self.standing(other, name, on).bound is Answer.YES
        )

    def entry_into_force(self, instrument: str) -> date | None:
        """The day the instrument entered, or will enter, into force; None while the deposits do not settle it."""
        earliest, latest = self._roll(instrument).entry
        return earliest if earliest == latest else None

    def counted(self, instrument: str, on: date | None = None) -> tuple[Deposit, ...]:
        """The instruments of consent that count towards entry into force; those that may be there by that day."""
        roll = self._roll(instrument)
        if on is None:
            return roll.counted
        there = [deposit for deposit in roll.deposits if deposit.done_by(on) is not Answer.NO]
        return clauses.counted(roll.instrument.clause, there, self.states, reached=roll.found.reached[0])

    def progress(self, instrument: str, on: date | None = None) -> Progress:
        """How many instruments count (by that day, where one is given), and how many are needed."""
        roll = self._roll(instrument)
        clause, counted = roll.instrument.clause, self.counted(instrument, on)
        return Progress(
            instrument=instrument,
            count=len(counted),
            of_unknown_day=sum(deposit.on is None for deposit in counted),
            threshold=clause.threshold,
            entered=self.entry_into_force(instrument),
            earliest=roll.entry[0],
            cite=clause.cite,
            as_of=self._coverage[instrument][0],
            practice=roll.practice,
        )

    def deposits(self, instrument: str, *, state: str = "") -> tuple[Deposit, ...]:
        """The deposits that count for *instrument*, or those of one State."""
        roll = self._roll(instrument)
        return tuple(roll.by_state.get(state, ())) if state else roll.deposits

    def listed(self, instrument: str) -> tuple[Deposit, ...]:
        """The deposits for *instrument* without those that only this node's own record has."""
        return tuple(item for item in self._roll(instrument).deposits if item not in self._own)

    def declared(self, state: str, instrument: str, provision: str, on: date) -> Deposit | None:
        """The latest reservation, declaration or notification of *state* about *provision* by that day, if any."""
        self.state(state)
        found = [
            deposit
            for deposit in self._roll(instrument).of(state, "reservation", "declaration", "notification", "withdrawal")
            if deposit.provision == provision and deposit.done_by(on) is not Answer.NO
        ]
        latest = max(found, key=lambda deposit: deposit.latest or on, default=None)
        return None if latest is None or latest.action == "withdrawal" else latest

    def _roll(self, instrument: str) -> _Roll:
        self.law.instrument(instrument)
        return self._rolls[instrument]

    def _standing(self, iso3: str, name: str, on: date) -> Standing:
        state, roll = self.state(iso3), self._roll(name)
        signatures = roll.of(iso3, "signature")
        consent = self._consent(roll, iso3, on)
        since: date | None = None
        if consent is None:
            bound, because = self._without_consent(state, roll, on, signed=bool(signatures))
        else:
            bound, since, because = self._with_consent(state, roll, consent, on)
        certainty = consent.certainty if consent else "high"
        if certainty != "high":
            because += (
                _say("not-confirmed", state=state.inside, certainty=law_sentences().say(f"certainty-{certainty}")),
            )
        if bound is not Answer.YES and not roll.practice and on > self._coverage[name][0]:
            because += (_say("beyond-coverage", as_of=self._coverage[name][0]),)
            certainty = max(certainty, "medium", key=_CERTAINTY.__getitem__)
        if roll.practice:
            because += (_say("practice"),)
        return Standing(
            state=iso3,
            instrument=name,
            on=on,
            bound=bound,
            signatory=signatures[0].done_by(on) if signatures else Answer.NO,
            since=since,
            deposit=consent,
            because=because,
            certainty=certainty,
            practice=roll.practice,
        )

    def _without_consent(
        self, state: State, roll: _Roll, on: date, *, signed: bool
    ) -> tuple[Answer, tuple[Words, ...]]:
        names = {"instrument": roll.instrument.short, "on": on}
        in_force, reason = self._in_force(roll, on)
        if signed and not (in_force is Answer.YES and not self._complete(roll)):
            return Answer.NO, (*reason, _say("signed-only", state=state.opening, **names))
        if in_force is Answer.NO or self._complete(roll):
            return Answer.NO, (*reason, _say("no-deposit", state=state.inside, **names))
        return Answer.UNKNOWN, (_say("no-deposit-incomplete", state=state.inside, instrument=roll.instrument.short),)

    def _with_consent(
        self, state: State, roll: _Roll, consent: Deposit, on: date
    ) -> tuple[Answer, date | None, tuple[Words, ...]]:
        instrument = roll.instrument
        first, last = clauses.binding(instrument.clause, consent, roll.found, adopted=instrument.adopted)
        names = {"state": state.opening, "instrument": instrument.short, "action": _say(f"action-{consent.action}")}
        left = self._left(roll, consent, on)
        if left is not None:
            return Answer.NO, None, (_say("left", state=state.opening, instrument=instrument.short, since=left),)
        if last is not None and last <= on:
            since = last if first == last else None
            day = consent.on or consent.latest
            return Answer.YES, since, (_say("bound", deposit=day, since=last, **names),)
        in_force, reason = self._in_force(roll, on)
        if in_force is Answer.NO:
            return Answer.NO, None, reason
        if first is not None and first > on:
            return Answer.NO, first, (_say("not-yet-bound", deposit=consent.earliest, since=first, **names),)
        return Answer.UNKNOWN, None, (*reason, _say("day-unknown", on=on, **names))

    def _in_force(self, roll: _Roll, on: date) -> tuple[Answer, tuple[Words, ...]]:
        earliest, latest = roll.entry
        clause = roll.instrument.clause
        if latest is not None and latest <= on:
            return Answer.YES, ()
        names = {"instrument": roll.instrument.short, "on": on}
        if earliest is not None and earliest <= on:
            return Answer.UNKNOWN, (_say("perhaps-in-force", **names),)
        count = sum(deposit.done_by(on) is not Answer.NO for deposit in roll.counted)
        said = _say("not-in-force", count=count, threshold=clause.threshold, cite=clause.cite[0], **names)
        return Answer.NO, (said,)

    def _consent(self, roll: _Roll, state: str, on: date) -> Deposit | None:
        """The consent that matters on that day: the first, or a later one after a denunciation or a withdrawal."""
        matters: Deposit | None = None
        for consent in roll.of(state, *CONSENTS):
            again = consent.earliest is not None and consent.earliest <= on
            if matters is None or (again and self._ended(roll, matters, consent.earliest or on)):
                matters = consent
        return None if matters is None or self._taken_back(roll, matters, on) else matters

    def _ended(self, roll: _Roll, consent: Deposit, on: date) -> bool:
        return self._left(roll, consent, on) is not None or self._taken_back(roll, consent, on)

    def _taken_back(self, roll: _Roll, consent: Deposit, on: date) -> bool:
        """Whether the instrument itself was withdrawn by that day, as it can be until it binds."""
        gone = [item for item in roll.of(consent.state, "withdrawal") if not item.provision]
        since = consent.latest or consent.earliest or date.min
        return any(item.earliest is not None and since <= item.earliest <= on for item in gone)

    def _left(self, roll: _Roll, consent: Deposit, on: date) -> date | None:
        """The day from which a denunciation has freed the State by that day, unless it was withdrawn in time."""
        leaving = roll.instrument.clause.leaving
        if leaving is None:
            return None
        stays = [item.earliest for item in roll.of(consent.state, "withdrawal") if item.provision == "denunciation"]
        for deposit in roll.of(consent.state, "denunciation"):
            if deposit.latest is None or (consent.latest is not None and deposit.latest < consent.latest):
                continue
            effect = clauses.after(deposit.latest, leaving)
            stayed = any(day is not None and deposit.latest <= day < effect for day in stays)
            if effect <= on and not stayed:
                return effect
        return None

    def _complete(self, roll: _Roll) -> bool:
        return roll.practice or self._coverage[roll.instrument.id][1]


def _say(name: str, **values: object) -> Words:
    return load_sentences(_SENTENCES).say(name, **values)


@cache
def _shipped() -> tuple[Mapping[str, State], tuple[Deposit, ...], Mapping[str, tuple[date, bool]]]:
    folder = files("rogatory.status") / "data"
    states = read_states((folder / "states.csv").read_text("utf-8"), name="states.csv")
    known = tomllib.loads((folder / "coverage.toml").read_text("utf-8"))
    deposits: list[Deposit] = []
    for name in known:
        text = (folder / "deposits" / f"{name}.csv").read_text("utf-8")
        deposits.extend(read_deposits(text, name=f"{name}.csv", states=states, instrument=name))
    coverage = {name: (entry["as_of"], entry["complete"]) for name, entry in known.items()}
    return states, tuple(deposits), coverage
