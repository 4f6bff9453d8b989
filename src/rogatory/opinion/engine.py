"""From facts, law and status to an opinion.

The engine only combines: which provisions bear on a measure, their contents, grounds, duties, periods and numbers are
read from the law data. It advises, cites and lists what is missing; it never decides and never refuses.
"""

from collections.abc import Mapping
from datetime import date, datetime

from rogatory.law.form import FieldProblem, Form
from rogatory.law.model import Law
from rogatory.law.words import NO_WORDS
from rogatory.opinion.case import CHAIRS, REQUESTING, Case, Plan, Rule, fixed, plan
from rogatory.opinion.facts import BadFacts, Facts
from rogatory.opinion.findings import Finding, Missing, Opinion
from rogatory.opinion.rules import answers, basis, contents, deadlines, grounds, scope
from rogatory.status.engine import Status

_DATA: tuple[Rule, ...] = (
    basis.legal_basis,
    basis.other_treaty,
    scope.offence,
    scope.territory,
    scope.dual_criminality,
    contents.contents,
    contents.language,
)

#: The rules that apply to each measure, in the order in which their findings are shown.
RULES: Mapping[str, tuple[Rule, ...]] = {"preservation": _DATA, "stored-data": _DATA}


def assess(facts: Facts, *, law: Law, status: Status, chair: str) -> Opinion:
    """The opinion on *facts* from *chair*, `requesting` or `requested`.

    Raises `BadFacts`, `UnknownInstrument`, `UnknownMeasure` or `UnknownState`.
    """
    if chair not in CHAIRS:
        raise BadFacts(f"the chair is {' or '.join(CHAIRS)}, not {chair!r}")
    bearing = plan(law, facts.instrument, facts.measure, chair)
    _check(facts, bearing, status)
    problems = _problems(bearing.form, facts.contents)
    case = Case(facts=facts, law=law, status=status, chair=chair, plan=bearing, problems=problems)
    findings: list[Finding] = []
    gaps: dict[str, Missing] = {}
    for rule in RULES[facts.measure]:
        for item in rule(case):
            if isinstance(item, Finding):
                findings.append(item)
            else:
                gaps.setdefault(item.key, item)
    return _opinion(case, tuple(findings), gaps)


def _opinion(case: Case, findings: tuple[Finding, ...], gaps: dict[str, Missing]) -> Opinion:
    facts, measure = case.facts, case.plan.measure
    found = tuple(grounds.grounds(case))
    for gap in grounds.open_questions(case, found):
        gaps.setdefault(gap.key, gap)
    answer, sentence = answers.answer(case, findings, found)
    exercise = facts.exercise or any(
        case.status.standing(state, facts.instrument, facts.on).practice
        for state in (facts.requesting, facts.requested)
    )
    return Opinion(
        measure=facts.measure,
        instrument=facts.instrument,
        requesting=facts.requesting,
        requested=facts.requested,
        on=facts.on,
        chair=case.chair,
        exercise=exercise,
        question=measure.requesting_question if case.chair == REQUESTING else measure.requested_question,
        answer=answer,
        sentence=sentence,
        findings=findings,
        grounds=found,
        duties=case.plan.duties,
        deadlines=tuple(deadlines.deadlines(case)),
        missing=() if answers.settled_against(findings) else tuple(gaps.values()),
        alternatives=tuple(basis.alternatives(case)),
        notice=fixed("exercise") if exercise else NO_WORDS,
    )


def _check(facts: Facts, bearing: Plan, status: Status) -> None:
    status.state(facts.requesting)
    status.state(facts.requested)
    if facts.requesting == facts.requested:
        raise BadFacts(f"{facts.requesting} cannot make a request to itself; name two States")
    if facts.on < bearing.instrument.adopted:
        adopted = f"{bearing.instrument.adopted:%Y-%m-%d}"
        raise BadFacts(f"the {bearing.instrument.short.en} was adopted on {adopted}; {facts.on} is before that")
    if facts.measure not in RULES:
        raise BadFacts(f"there are no rules for {facts.measure} yet")
    for key, answer in facts.answers.items():
        if key not in bearing.questions:
            raise BadFacts(f"{key[:80]!r} is not a question of this opinion")
        if answer not in ("yes", "no", "unknown"):
            raise BadFacts(f"the answer to {key} is yes, no or unknown, not {str(answer)[:80]!r}")
    for event, day in facts.events.items():
        if isinstance(day, datetime) or not isinstance(day, date):
            raise BadFacts(f"{event} must have a day")


def _problems(form: Form, values: Mapping[str, object]) -> dict[str, tuple[FieldProblem, ...]]:
    found: dict[str, tuple[FieldProblem, ...]] = {}
    for problem in form.check(values):
        found[problem.key] = (*found.get(problem.key, ()), problem)
    return found
