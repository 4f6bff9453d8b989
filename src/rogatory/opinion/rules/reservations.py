"""Reservations and declarations of either State that may reach the request, from the day on which they were made.

Between two States a reservation works both ways, so those of the requesting State count too. One that a ground of the
measure waits for stands among the grounds, a notification with what it notifies. Any other raises a question that only
a person can answer: does it reach this case? One that no clause allows is shown as just that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rogatory.law.form import Field
from rogatory.law.model import Law, Provision
from rogatory.law.words import Answer, Words
from rogatory.opinion.case import OFFENCE, Case, finding, fixed, say
from rogatory.opinion.facts import in_effect
from rogatory.opinion.findings import Finding, Missing, Verdict
from rogatory.status.model import Deposit
from rogatory.status.profile import within

_PREFIX = "reservation:"
_VERDICT = {Answer.YES: Verdict.NOT_MET, Answer.NO: Verdict.MET, Answer.UNKNOWN: Verdict.UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """What a State said about a provision: its text, its day if known, and the States that objected to it."""

    key: str
    state: str
    number: str
    value: str
    on: date | None
    anchor: Provision
    named: bool
    objected: tuple[str, ...]


def reservations(case: Case) -> Iterator[Finding | Missing]:
    """One finding for each reservation that may reach the case; decisive, because it may exclude the whole."""
    for reserved in bearing(case):
        answered = case.answered(reserved.key)
        yield finding(
            reserved.anchor,
            "reservation",
            _VERDICT[answered],
            *_because(case, reserved),
            remedy=fixed("reservation-remedy"),
            fundamental=True,
        )
        if answered is Answer.UNKNOWN:
            asked = _question(case, reserved)
            yield Missing(
                key=reserved.key, kind="question", provision=reserved.anchor.number, question=asked.label, alone=True
            )


def questions(case: Case) -> Mapping[str, Field]:
    """The questions that reservations raise in this case, by key."""
    return {reserved.key: _question(case, reserved) for reserved in bearing(case)}


def is_key(key: str) -> bool:
    """Whether *key* is that of a question about a reservation."""
    return key.startswith(_PREFIX)


def question_of(case: Case, key: str) -> Field | None:
    """The question of that key, about something that either State may have reserved; None when it is no such key."""
    state, _, number = key.removeprefix(_PREFIX).partition(":")
    if not is_key(key) or not number or state not in (case.facts.requesting, case.facts.requested):
        return None
    return _asked(case, key, state, number, case.plan.measure.provision)


def bearing(case: Case) -> tuple[Reserved, ...]:
    """The reservations of either State, made by the day of the request, that may reach it."""
    facts = case.facts
    found: dict[str, Reserved] = {}
    for state in (facts.requesting, facts.requested):
        for number, value, on in _said(case, state):
            anchor = _anchor(case, number)
            if anchor is not None:
                key = f"{_PREFIX}{state}:{number}"
                objected = _objected(case, state, number)
                named = bool(_under(case, number))
                found[key] = Reserved(
                    key=key,
                    state=state,
                    number=number,
                    value=value,
                    on=on,
                    anchor=anchor,
                    named=named,
                    objected=objected,
                )
    return tuple(found.values())


def _said(case: Case, state: str) -> Iterator[tuple[str, str, date | None]]:
    """What *state* reserved or declared by the day of the request: provision, text, day."""
    facts = case.facts
    for deposit in case.status.deposits(facts.instrument, state=state):
        if deposit.action in ("reservation", "declaration") and _stands(case, deposit):
            yield deposit.provision, deposit.value, deposit.on
    for declared in facts.declarations:
        if declared.state == state and in_effect(declared, facts):
            yield declared.provision, declared.value, declared.on


def _stands(case: Case, deposit: Deposit) -> bool:
    on = case.facts.on
    if deposit.done_by(on) is Answer.NO:
        return False
    return case.status.declared(deposit.state, deposit.instrument, deposit.provision, on) is not None


def _anchor(case: Case, number: str) -> Provision | None:
    """The provision under which a reservation on *number* is shown; None when it cannot reach the case."""
    under = _under(case, number)
    if not under:
        return case.provision(case.plan.instrument.clause.cite[0])
    if any(one.kind == "notice" or any(ground.needs_reservation for ground in one.grounds) for one in under):
        return None
    article = under[0].article
    if article == case.stated(OFFENCE):
        return under[0]
    measure = case.facts.measure
    return next((one for one in under if measure in one.measures), None)


def _under(case: Case, number: str) -> tuple[Provision, ...]:
    return _provisions_within(case.law, case.facts.instrument, number) if number else ()


@lru_cache(maxsize=1024)
def _provisions_within(law: Law, instrument: str, number: str) -> tuple[Provision, ...]:
    return tuple(one for name, one in law.by_number[instrument].items() if within(name, number))


def _objected(case: Case, state: str, number: str) -> tuple[str, ...]:
    """Which of the two States objected to what the other said about *number*."""
    other = case.facts.requested if state == case.facts.requesting else case.facts.requesting
    objections = (
        one
        for one in case.status.deposits(case.facts.instrument, state=other)
        if one.action == "objection" and one.done_by(case.facts.on) is not Answer.NO
    )
    return (other,) if any(one.provision == number and one.value in ("", state) for one in objections) else ()


def _question(case: Case, reserved: Reserved) -> Field:
    return _asked(case, reserved.key, reserved.state, reserved.number, reserved.anchor.number)


def _asked(case: Case, key: str, state: str, number: str, provision: str) -> Field:
    label = say("reservation-question", state=case.status.state(state).inside, provision=number)
    return Field(key=key, provision=provision, type="yesno", required="never", label=label)


def _because(case: Case, reserved: Reserved) -> Iterator[Words]:
    names = {"state": case.status.state(reserved.state).opening, "provision": reserved.number}
    if reserved.on is not None:
        yield say("reservation-made", on=reserved.on, **names)
    else:
        yield say("reservation-day-unknown", **names)
    if reserved.value:
        yield say("reservation-text", text=reserved.value)
    if not reserved.named:
        yield fixed("reservation-unnamed")
    for state in reserved.objected:
        yield say("reservation-objected", state=case.status.state(state).opening)
