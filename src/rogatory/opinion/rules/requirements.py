"""What a provision requires of the case, where the law data says which answer meets it.

Where it is not known whether the provision applies at all, what would not meet it leaves the finding unknown. What
another treaty takes the place of is shown, and decides nothing.
"""

from collections.abc import Iterator

from rogatory.law.form import Field, as_number
from rogatory.law.model import Provision, Requirement
from rogatory.law.words import NO_WORDS, Answer, Words
from rogatory.opinion.case import YES_NO, Case, finding, say
from rogatory.opinion.findings import Finding, Missing, Verdict
from rogatory.opinion.rules.basis import replaced


def requirements(case: Case) -> Iterator[Finding | Missing]:
    """One finding for each requirement that applies, and the fact that is missing when it is decisive and open."""
    for provision, requirement in case.plan.requirements:
        applies = case.applies(provision)
        if applies is not Answer.NO and _is_so(case, requirement):
            yield from _requirement(case, provision, requirement, applies)


def _is_so(case: Case, requirement: Requirement) -> bool:
    """Whether all that the requirement waits for is known to be so; the questions for it stand on their own."""
    return all(case.known(key) in wanted for key, wanted in requirement.only_when)


def _requirement(
    case: Case, provision: Provision, requirement: Requirement, applies: Answer
) -> Iterator[Finding | Missing]:
    known = case.known(requirement.key)
    verdict = _verdict(_measured(case, provision, requirement, known), requirement, applies)
    counts_for = requirement.decisive_for.get(case.facts.measure, requirement.decisive)
    decisive = counts_for in ("both", case.chair) or _counts_for_all(requirement, verdict)
    decisive = decisive and not (requirement.presumed and verdict is Verdict.UNKNOWN)
    decisive = decisive and not (provision.number in case.plan.gap_fillers and replaced(case) is Answer.YES)
    yield finding(
        provision,
        requirement.topic,
        verdict,
        _because(case, provision, requirement, known),
        remedy=requirement.remedy if verdict is not Verdict.MET else NO_WORDS,
        decisive=decisive,
        fundamental=requirement.fundamental,
    )
    if verdict is Verdict.UNKNOWN and decisive:
        if applies is Answer.UNKNOWN:
            for key, _ in provision.applies_when:
                if not case.known(key):
                    yield case.gap(key)
        if not known:
            yield case.gap(requirement.key, alone=requirement.fundamental and applies is Answer.YES)


def _counts_for_all(requirement: Requirement, verdict: Verdict) -> bool:
    """What is known not to be so, and nothing could mend, stands in the way of either State."""
    return requirement.fundamental and requirement.decisive != "none" and verdict is Verdict.NOT_MET


def _measured(case: Case, provision: Provision, requirement: Requirement, known: str) -> str:
    """What is known; a number that must reach another one becomes one of the values that do, or none of them."""
    number = as_number(known)
    if not requirement.at_least or number is None:
        return known
    return requirement.met_when[0] if number >= _needed(case, provision, requirement) else "below"


def _needed(case: Case, provision: Provision, requirement: Requirement) -> int:
    return provision.value(requirement.at_least, on=case.facts.on)


def _verdict(known: str, requirement: Requirement, applies: Answer) -> Verdict:
    if not known:
        return Verdict.UNKNOWN
    if known in requirement.met_when:
        return Verdict.MET
    return Verdict.NOT_MET if applies is Answer.YES else Verdict.UNKNOWN


def _because(case: Case, provision: Provision, requirement: Requirement, known: str) -> Words:
    """The requirement's own words, or the question and its answer."""
    if not known:
        words = requirement.unknown
    else:
        measured = _measured(case, provision, requirement, known)
        words = requirement.met if measured in requirement.met_when else requirement.not_met
    if words.en:
        return words
    field = case.plan.form.fields_by_key.get(requirement.key) or case.plan.questions[requirement.key]
    if not known:
        return say("requirement-open", question=field.label)
    if requirement.at_least and (number := as_number(known)) is not None:
        needed = _needed(case, provision, requirement)
        return say("requirement-at-least", question=field.label, years=number, threshold=needed)
    return say("requirement-answered", question=field.label, answer=_label(field, known))


def _label(field: Field, known: str) -> Words:
    for option in field.options:
        if option.value == known:
            return option.label
    return YES_NO.get(known, Words(known, known))
