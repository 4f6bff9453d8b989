"""On which grounds may the requested State decline or postpone? Only those that the law data lists for the measure."""

from collections.abc import Iterator

from rogatory.law.model import Ground, Provision
from rogatory.law.words import Answer, Words
from rogatory.opinion.case import REQUESTED, Case, fixed, say
from rogatory.opinion.findings import GroundFinding, Missing
from rogatory.opinion.rules.scope import OFFENCE


def grounds(case: Case) -> Iterator[GroundFinding]:
    """Every ground of the measure, and whether it is available: on an officer's answer, never on ours."""
    for provision in case.plan.grounds:
        ground = provision.ground
        if ground is None:
            continue
        available, because = _available(case, provision, ground)
        yield GroundFinding(
            provision=provision.number,
            instrument=provision.instrument,
            what=provision.what,
            question=ground.question,
            available=available,
            available_when=ground.available_when,
            effect=ground.effect,
            because=because,
            checked=provision.checked,
        )


def open_questions(case: Case, found: tuple[GroundFinding, ...]) -> Iterator[Missing]:
    """The questions about grounds that nobody has answered, when it is the requested State that asks."""
    if case.chair == REQUESTED:
        for ground in found:
            if ground.available is Answer.UNKNOWN:
                yield Missing(
                    key=ground.provision, kind="question", provision=ground.provision, question=ground.question
                )


def _available(case: Case, provision: Provision, ground: Ground) -> tuple[Answer, Words]:
    if ground.needs_reservation and not _reserved(case, provision.number):
        state = case.status.state(case.facts.requested).inside
        return Answer.NO, say("ground-no-reservation", state=state)
    if ground.other_offences_only:
        offence = case.stated(OFFENCE)
        if offence in case.provision(case.plan.measure.scope_offences).offences:
            return Answer.NO, fixed("ground-convention-offence")
        if not offence:
            return Answer.UNKNOWN, fixed("ground-offence-unknown")
    answer = case.answered(provision.number)
    if answer is Answer.UNKNOWN:
        return Answer.UNKNOWN, fixed("ground-open")
    if answer is ground.available_when:
        return Answer.YES, fixed("ground-answered-available")
    return Answer.NO, fixed("ground-answered-unavailable")


def _reserved(case: Case, number: str) -> bool:
    facts = case.facts
    if any(item.state == facts.requested and item.provision == number for item in facts.declarations):
        return True
    return case.status.declared(facts.requested, facts.instrument, number, facts.on) is not None
