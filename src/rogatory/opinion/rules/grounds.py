"""On which grounds may the requested State decline or postpone? Only those that the law data lists for the measure."""

from collections.abc import Iterator

from rogatory.law.model import Ground, Provision
from rogatory.law.words import Answer, Words
from rogatory.opinion.case import OFFENCE, REQUESTED, UNKNOWN, Case, fixed, say
from rogatory.opinion.facts import in_effect
from rogatory.opinion.findings import GroundFinding, Missing
from rogatory.opinion.rules import profile
from rogatory.opinion.rules.basis import both, replaced


def grounds(case: Case) -> Iterator[GroundFinding]:
    """Every ground of the measure, and whether it is available: on an officer's answer, never on ours."""
    for provision, ground in case.plan.grounds:
        applies = both(case.applies(provision), case.applies(ground))
        if applies is Answer.NO:
            continue
        available, because = _available(case, provision, ground)
        if applies is Answer.UNKNOWN and ground.effect == "barred":
            because = fixed("ground-barred-perhaps")
        elif applies is Answer.UNKNOWN and available is Answer.YES:
            available, because = Answer.UNKNOWN, fixed("ground-perhaps")
        yield GroundFinding(
            key=ground.key,
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
    """What nobody has answered about grounds, when it is the requested State that asks."""
    if case.chair != REQUESTED:
        return
    known = {ground.key: (provision, ground) for provision, ground in case.plan.grounds}
    for open_ground in found:
        if open_ground.available is Answer.UNKNOWN and open_ground.key in known:
            provision, ground = known[open_ground.key]
            if case.answered(ground.key) is Answer.UNKNOWN:
                yield case.gap(ground.key, alone=ground.effect in ("no-duty", "may-refuse"))
            else:
                yield from _open_conditions(case, provision, ground)


def _open_conditions(case: Case, provision: Provision, ground: Ground) -> Iterator[Missing]:
    """What has to be known to tell whether a ground reaches the case at all."""
    for key, _ in (*provision.applies_when, *ground.applies_when):
        if not case.known(key):
            yield case.gap(key)
    if ground.other_offences_only and _own(case) is Answer.UNKNOWN:
        yield case.gap(OFFENCE)


def _available(case: Case, provision: Provision, ground: Ground) -> tuple[Answer, Words]:
    if ground.effect == "barred":
        return Answer.NO, fixed("ground-barred")
    if not ground.stays and provision.number in case.plan.gap_fillers and replaced(case) is Answer.YES:
        return Answer.NO, fixed("ground-replaced")
    if ground.needs_reservation and not _reserved(case, provision.number):
        state = case.status.state(case.facts.requested).inside
        return Answer.NO, say("ground-no-reservation", state=state)
    if ground.other_offences_only and _own(case) is Answer.YES:
        return Answer.NO, fixed("ground-convention-offence")
    if ground.other_offences_only and _own(case) is Answer.UNKNOWN:
        return Answer.UNKNOWN, fixed("ground-offence-unknown")
    if ground.key == provision.number and profile.waived(case, provision.number):
        return Answer.NO, fixed("ground-waived")
    answer = case.answered(ground.key)
    if answer is Answer.UNKNOWN:
        return Answer.UNKNOWN, fixed("ground-open")
    if answer is ground.available_when:
        return Answer.YES, fixed("ground-answered-available")
    return Answer.NO, fixed("ground-answered-unavailable")


def _own(case: Case) -> Answer:
    """Whether the offence is one of the instrument's own."""
    offence = case.stated(OFFENCE)
    if offence in ("", UNKNOWN):
        return Answer.UNKNOWN
    return Answer.YES if offence in case.provision(case.plan.measure.scope_offences).offences else Answer.NO


def _reserved(case: Case, number: str) -> bool:
    facts = case.facts
    if any(
        item.state == facts.requested and item.provision == number and in_effect(item, facts)
        for item in facts.declarations
    ):
        return True
    return case.status.declared(facts.requested, facts.instrument, number, facts.on) is not None
