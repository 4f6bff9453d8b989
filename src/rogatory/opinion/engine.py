"""From facts, law and status to an opinion.

The engine only combines: which provisions bear on a measure, their contents, grounds, duties, periods and numbers are
read from the law data. It advises, cites and lists what is missing; it never decides and never refuses.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from rogatory.law.form import Field, FieldProblem, Form, as_text, problems_of
from rogatory.law.model import Law
from rogatory.law.words import NO_WORDS, Answer
from rogatory.opinion.carrying import carried
from rogatory.opinion.case import CHAIRS, REQUESTING, UNKNOWN, Case, Plan, Rule, fixed, plan
from rogatory.opinion.facts import FIND, BadFacts, Facts
from rogatory.opinion.findings import Finding, Missing, Opinion, Question
from rogatory.opinion.profiles import in_effect
from rogatory.opinion.rules import (
    answers,
    basis,
    contents,
    deadlines,
    grounds,
    profile,
    requirements,
    reservations,
    scope,
)
from rogatory.status.engine import Status

#: The rules, in the order in which their findings are shown; each says nothing where the law data gives it nothing.
RULES: tuple[Rule, ...] = (
    basis.legal_basis,
    basis.other_treaty,
    reservations.reservations,
    scope.offence,
    scope.dual_criminality,
    requirements.requirements,
    contents.contents,
    contents.language,
    profile.findings,
)
_BEST_FIRST = (Answer.YES, Answer.UNKNOWN, Answer.NO)


def assess(facts: Facts, *, law: Law, status: Status, chair: str) -> Opinion:
    """The opinion on *facts* from *chair*, `requesting` or `requested`.

    Raises `BadFacts`, `UnknownInstrument`, `UnknownMeasure` or `UnknownState`.
    """
    if chair not in CHAIRS:
        raise BadFacts(f"the chair is {' or '.join(CHAIRS)}, not {chair!r}")
    if facts.instrument == FIND:
        return _best(facts, law, status, chair)
    return _under(facts, law, status, chair)


def _best(facts: Facts, law: Law, status: Status, chair: str) -> Opinion:
    """The best opinion among the instruments that bind both States, or may; on the first that could, if none does."""
    able = [name for name in law.instruments if (name, facts.measure) in law.forms]
    if not able:
        law.form(facts.measure, instrument=next(iter(law.instruments)))
    one, other, day = facts.requesting, facts.requested, facts.on
    bound = {
        name: basis.both(status.standing(one, name, day).bound, status.standing(other, name, day).bound)
        for name in able
        if law.instrument(name).adopted <= day
    }
    serving = [name for name, answer in bound.items() if answer is not Answer.NO] or able[:1]
    found = [_under(_trimmed(facts, law, name, chair), law, status, chair) for name in serving]
    return min(found, key=lambda opinion: _BEST_FIRST.index(opinion.answer))


def _trimmed(facts: Facts, law: Law, instrument: str, chair: str) -> Facts:
    """The facts with only the contents and the answers that *instrument* asks for."""
    bearing = plan(law, instrument, facts.measure, chair)
    asked = {**bearing.form.fields_by_key, **bearing.questions}
    return replace(
        facts,
        instrument=instrument,
        contents=carried(facts.contents, law=law, form=bearing.form),
        answers={key: value for key, value in facts.answers.items() if key in asked or _is_further(key)},
    )


def _is_further(key: str) -> bool:
    """Whether *key* is that of a question which only this case raises: of a reservation, or of a national profile."""
    return reservations.is_key(key) or profile.is_key(key)


def _under(facts: Facts, law: Law, status: Status, chair: str) -> Opinion:
    bearing = plan(law, facts.instrument, facts.measure, chair)
    _check(facts, bearing, status)
    problems = _problems(bearing.form, facts.contents)
    notified = in_effect(facts.profiles, facts.requested, facts.instrument, facts.on)
    case = Case(facts=facts, law=law, status=status, chair=chair, plan=bearing, problems=problems, profile=notified)
    for key, given in facts.answers.items():
        _check_answer(case, key, given)
    findings: list[Finding] = []
    gaps: dict[str, Missing] = {}
    for rule in RULES:
        for item in rule(case):
            if isinstance(item, Finding):
                findings.append(item)
            else:
                gaps.setdefault(item.key, item)
    return _opinion(case, tuple(findings), gaps)


def _opinion(case: Case, findings: tuple[Finding, ...], gaps: dict[str, Missing]) -> Opinion:
    facts, measure = case.facts, case.plan.measure
    found = (*grounds.grounds(case), *profile.grounds(case))
    for gap in (*grounds.open_questions(case, found), *profile.open_questions(case, found)):
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
        duties=tuple(duty for provision, duty in case.plan.duties if case.applies(provision) is not Answer.NO),
        deadlines=tuple(deadlines.deadlines(case)),
        missing=answers.still_missing(case, answer, findings, gaps),
        questions=tuple(_questions(case)),
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
    for declared in facts.declarations:
        status.state(declared.state)
        if declared.on is not None and declared.on < bearing.instrument.adopted:
            named = f"{declared.provision} of {declared.state}"
            raise BadFacts(f"{named} cannot have been declared on {declared.on}, before the treaty was adopted")
    for event, day in facts.events.items():
        if isinstance(day, datetime) or not isinstance(day, date):
            raise BadFacts(f"{event} must have a day")


def _check_answer(case: Case, key: str, answer: object) -> None:
    field = case.plan.questions.get(key) or case.plan.form.fields_by_key.get(key) or reservations.question_of(case, key)
    field = field or profile.questions(case).get(key)
    if field is None and profile.is_key(key):
        return
    if field is None:
        raise BadFacts(f"{key[:80]!r} is not a question of this opinion")
    if as_text(answer) == UNKNOWN:
        return
    for problem in problems_of(field, answer):
        raise BadFacts(f"the answer to {key}: {problem.message.en}", cite=field.provision)


def _questions(case: Case) -> Iterator[Question]:
    """What an officer of this chair may answer: what the opinion asks, and what the form leaves to be confirmed."""
    for key, field in case.plan.questions.items():
        yield _question(field, as_text(case.facts.answers.get(key)))
    for key, field in {**reservations.questions(case), **profile.questions(case)}.items():
        yield _question(field, as_text(case.facts.answers.get(key)))
    for _, requirement in case.plan.requirements:
        confirmed = case.plan.form.fields_by_key.get(requirement.key)
        if confirmed is not None:
            yield _question(confirmed, case.known(confirmed.key))


def _question(field: Field, known: str) -> Question:
    return Question(
        key=field.key,
        provision=field.provision,
        type=field.type,
        label=field.label,
        help=field.help,
        choices=tuple((option.value, option.label) for option in field.options),
        known="" if known == UNKNOWN else known,
    )


def _problems(form: Form, values: Mapping[str, object]) -> dict[str, tuple[FieldProblem, ...]]:
    found: dict[str, tuple[FieldProblem, ...]] = {}
    for problem in form.check(values):
        found[problem.key] = (*found.get(problem.key, ()), problem)
    return found
