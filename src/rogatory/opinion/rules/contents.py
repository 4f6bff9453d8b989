"""Does the request say what it must say, and in a language that the requested State accepts?"""

from collections.abc import Iterator

from rogatory.law.form import Field, FieldProblem, is_empty
from rogatory.law.words import NO_WORDS, Answer, Words
from rogatory.opinion.case import LANGUAGE, REQUESTED, Case, finding, fixed, say
from rogatory.opinion.findings import Finding, Missing, Verdict
from rogatory.opinion.rules import profile


def contents(case: Case) -> Iterator[Finding | Missing]:
    """One finding for each provision that asks for something, from the state of its fields."""
    for number, fields in case.plan.fields_by_provision.items():
        provision = case.provision(number)
        problems = tuple(
            problem
            for field in fields
            if field.key not in case.plan.decided
            for problem in case.problems.get(field.key, ())
            if not (problem.code == "missing" and (field.key == LANGUAGE or field.key in case.plan.weighed))
        )
        if problems:
            yield from _incomplete(case, number, problems)
        elif provision.kind == "content" and case.applies(provision) is not Answer.NO:
            yield _complete(case, number, fields)
    unknown = tuple(
        item for key in case.problems if key not in case.plan.form.fields_by_key for item in case.problems[key]
    )
    if unknown:
        yield from _incomplete(case, case.plan.form.provision, unknown)


def _incomplete(case: Case, number: str, problems: tuple[FieldProblem, ...]) -> Iterator[Finding | Missing]:
    provision = case.provision(number)
    remedy = _remedy(case)
    because = tuple(problem.message for problem in problems)
    yield finding(provision, "contents", Verdict.NOT_MET, *because, remedy=remedy)
    for problem in problems:
        if problem.key in case.plan.form.fields_by_key:
            yield case.gap(problem.key)


def _remedy(case: Case) -> Words:
    if case.chair != REQUESTED:
        return fixed("content-remedy")
    number = case.plan.measure.supplement
    return say("content-remedy-requested", supplement=Words(f" ({number})", f" ({number})") if number else NO_WORDS)


def _complete(case: Case, number: str, fields: tuple[Field, ...]) -> Finding:
    provision = case.provision(number)
    stated = [field for field in fields if not is_empty(case.facts.contents.get(field.key))]
    if stated:
        return finding(provision, "contents", Verdict.MET, say("content-stated", labels=_labels(stated)))
    because = say("content-partly", labels=_labels(fields))
    return finding(provision, "contents", Verdict.UNKNOWN, because, decisive=False)


def _labels(fields: list[Field] | tuple[Field, ...]) -> Words:
    return Words(
        ", ".join(f"“{field.label.en}”" for field in fields),
        ", ".join(f"« {field.label.fr} »" for field in fields),
    )


def language(case: Case) -> Iterator[Finding | Missing]:
    """The language must be one that the requested State accepts, as far as its notification is known."""
    field = case.plan.form.fields_by_key.get(LANGUAGE)
    if field is None:
        return
    provision = case.provision(field.provision)
    stated = case.stated(LANGUAGE)
    if not stated:
        if problems := case.problems.get(LANGUAGE, ()):
            yield from _incomplete(case, field.provision, problems)
        return
    state = case.status.state(case.facts.requested).inside
    options = {option.value: Words(option.label.en, option.label.fr.lower()) for option in field.options}
    notified = (code for code in case.notified(field.provision).split(";") if code)
    accepted = tuple(dict.fromkeys((*notified, *profile.languages(case))))
    names = {"language": options.get(stated, stated), "state": state}
    if not accepted:
        because, remedy = say("language-not-notified", **names), fixed("language-not-notified-remedy")
        yield finding(provision, LANGUAGE, Verdict.UNKNOWN, because, remedy=remedy, decisive=False)
        return
    listed = Words(
        ", ".join(options[code].en if code in options else code for code in accepted),
        ", ".join(options[code].fr if code in options else code for code in accepted),
    )
    if stated in accepted:
        yield finding(provision, LANGUAGE, Verdict.MET, say("language-accepted", languages=listed, **names))
    else:
        because, remedy = say("language-refused", languages=listed, **names), fixed("language-refused-remedy")
        yield finding(provision, LANGUAGE, Verdict.NOT_MET, because, remedy=remedy)
