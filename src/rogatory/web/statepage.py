"""What the page of one State shows: its standing to each instrument, its acts in order, what it shares with another."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language_info

from rogatory.law.model import Instrument
from rogatory.law.words import Answer
from rogatory.status.engine import Status
from rogatory.status.model import Deposit, State
from rogatory.status.profile import SAYINGS, Profile, Said, profile
from rogatory.web.statusrows import Row, row_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One instrument as it concerns one State: how the State stands, what it notified, said besides, and owes."""

    instrument: Instrument
    row: Row
    profile: Profile

    sayings: tuple[tuple[Said, Deposit], ...]

    @property
    def notified(self) -> list[tuple[Said, Deposit]]:
        """What the State told the depositary as the instrument asks: authorities, languages, a contact point."""
        return [(item, deposit) for item, deposit in self.sayings if item.action == "notification"]

    @property
    def said(self) -> list[tuple[Said, Deposit]]:
        """Its reservations, declarations and objections."""
        return [(item, deposit) for item, deposit in self.sayings if item.action != "notification"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of a State towards a depositary."""

    deposit: Deposit
    instrument: Instrument


def papers(status: Status, state: State, on: date) -> tuple[Paper, ...]:
    """Every instrument that existed on that day, as it concerns *state*."""
    return tuple(_paper(status, state, one, on) for one in status.law.instruments.values() if one.adopted <= on)


def _paper(status: Status, state: State, instrument: Instrument, on: date) -> Paper:
    found = profile(status, state.iso3, instrument.id, on)
    sayings = [
        item
        for item in status.deposits(instrument.id, state=state.iso3)
        if item.action in SAYINGS and item.done_by(on) is not Answer.NO
    ]
    return Paper(
        instrument=instrument,
        row=row_of(status, state, instrument.id, on),
        profile=found,
        sayings=tuple(zip(found.said, sayings, strict=True)),
    )


def course(status: Status, state: State, on: date) -> tuple[Act, ...]:
    """What *state* did by that day, the earliest first, what has no day last."""
    acts = [
        Act(deposit=deposit, instrument=one)
        for one in status.law.instruments.values()
        for deposit in status.deposits(one.id, state=state.iso3)
        if deposit.done_by(on) is not Answer.NO
    ]
    return tuple(sorted(acts, key=lambda act: act.deposit.latest or date.max))


def shared(status: Status, one: State, other: State, on: date) -> tuple[tuple[Instrument, Answer], ...]:
    """Each instrument, and whether it binds both on that day."""
    found = []
    for instrument in status.law.instruments.values():
        bound = {status.standing(state.iso3, instrument.id, on).bound for state in (one, other)}
        answer = Answer.NO if Answer.NO in bound else Answer.UNKNOWN if Answer.UNKNOWN in bound else Answer.YES
        found.append((instrument, answer))
    return tuple(found)


def told(value: str) -> str:
    """What a notification says, where it lists languages by their names: `fr;en` is *French, English*."""
    parts = [part.strip() for part in value.split(";")]
    return ", ".join(_language(part) if len(part) == 2 else part for part in parts)


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
