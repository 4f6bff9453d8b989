"""What is answered about the status of instruments, by the command line and by the HTTP API alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rogatory.law.words import Answer, Words
from rogatory.status import profile as profiles
from rogatory.status.engine import Status
from rogatory.status.matrix import Gain, Grid, Matrix, Reason
from rogatory.status.model import Progress, Standing, UnknownState
from rogatory.status.profile import Profile

GAINS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How far an instrument is, every State that signed it or consented to it, and how many are bound on that day."""

    on: date
    progress: Progress
    states: tuple[Standing, ...]
    bound: int


def overview(status: Status, instrument: str, on: date) -> Overview:
    """How *instrument* stands on that day; raises `UnknownInstrument`."""
    standings = [status.standing(code, instrument, on) for code in status.states]
    named = [one for one in standings if one.deposit is not None or one.signatory is not Answer.NO]
    return Overview(
        on=on,
        progress=status.progress(instrument, on),
        states=tuple(sorted(named, key=lambda one: (one.deposit is None, one.state))),
        bound=sum(one.bound is Answer.YES for one in standings),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePage(Profile):
    """One State's standing, its declarations and its debts, with its name as a sentence carries it."""

    formal: Words


def state_page(status: Status, state: str, instrument: str, on: date) -> StatePage:
    """What is known of *state* and *instrument* on that day; raises `UnknownState` or `UnknownInstrument`."""
    found = profiles.profile(status, state, instrument, on)
    return StatePage(standing=found.standing, said=found.said, owed=found.owed, formal=status.state(state).formal)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoCanAsk:
    """The whole matrix of one day: its grids by measure, what each letter means, and what one more Party opens."""

    on: date
    instruments: tuple[str, ...]
    states: tuple[str, ...]
    measures: Mapping[str, Grid]
    reasons: Mapping[str, Reason]
    gains: tuple[Gain, ...]
    practice: bool


def who_can_ask(status: Status, on: date, *, measure: str = "") -> WhoCanAsk:
    """Every pair of States and every measure, or one, on that day; raises `UnknownMeasure`."""
    found = Matrix(status, on, measures=(measure,) if measure else ())
    return WhoCanAsk(
        on=on,
        instruments=found.instruments,
        states=found.states,
        measures={grid.measure: grid for grid in found.grids},
        reasons=found.reasons(),
        gains=found.gains()[:GAINS_SHOWN],
        practice=status.practice,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One pair of the matrix: the instruments that surely carry the measure between the two, and those that may."""

    on: date
    requesting: str
    requested: str
    measure: str
    basis: Reason


def one_pair(status: Status, requesting: str, requested: str, measure: str, on: date) -> Cell:
    """What could carry *measure* between two States on that day; raises `UnknownState` or `UnknownMeasure`."""
    for state in (requesting, requested):
        if status.state(state).kind == "organisation":
            raise UnknownState(f"{state} is an organisation; the matrix is between States")
    basis = Matrix(status, on, measures=(measure,)).reason(requesting, requested, measure)
    return Cell(on=on, requesting=requesting, requested=requested, measure=measure, basis=basis)
