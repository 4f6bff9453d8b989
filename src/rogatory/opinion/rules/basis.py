"""Does the instrument bind both States on the day? And if it does not, or even if it does: which others do?"""

from collections.abc import Iterator

from rogatory.law.words import NO_WORDS, Answer, Words
from rogatory.opinion.case import Case, finding, fixed
from rogatory.opinion.findings import Alternative, Finding, Missing, Verdict

TOPIC = "legal-basis"


def legal_basis(case: Case) -> Iterator[Finding | Missing]:
    """Both States must be bound on the day of the request; a signature does not bind."""
    facts = case.facts
    clause = case.plan.instrument.clause
    one = case.status.standing(facts.requesting, facts.instrument, facts.on)
    other = case.status.standing(facts.requested, facts.instrument, facts.on)
    because = _merged(one.because, other.because)
    bound = both(one.bound, other.bound)
    in_force = case.status.progress(facts.instrument).entered
    cite = clause.cite[1] if in_force is not None and in_force <= facts.on else clause.cite[0]
    provision = case.provision(cite)
    if bound is Answer.YES:
        yield finding(provision, TOPIC, Verdict.MET, *because)
    elif bound is Answer.NO:
        yield finding(provision, TOPIC, Verdict.NOT_MET, *because, remedy=fixed("basis-remedy"))
    else:
        yield finding(provision, TOPIC, Verdict.UNKNOWN, *because, remedy=fixed("basis-unknown-remedy"))


def _merged(one: tuple[Words, ...], other: tuple[Words, ...]) -> tuple[Words, ...]:
    """What is said of both, once: first if it leads (not in force), else last (practice, how far our data reach)."""
    shared = tuple(words for words in one if words in other)
    lead = shared[:1] if shared[:1] == one[:1] else ()
    single = tuple(words for words in (*one, *other) if words not in shared)
    return (*lead, *single, *(words for words in shared if words not in lead))


def other_treaty(case: Case) -> Iterator[Finding | Missing]:
    """Where a treaty on mutual legal assistance binds the two States, its provisions take the place of these."""
    if not case.plan.measure.gap_filling:
        return
    provision = case.provision(case.plan.measure.gap_filling)
    answered = case.answered(provision.number)
    verdict = {Answer.YES: Verdict.NOT_MET, Answer.NO: Verdict.MET, Answer.UNKNOWN: Verdict.UNKNOWN}[answered]
    remedy = NO_WORDS if answered is Answer.NO else fixed("treaty-remedy")
    yield finding(provision, "other-treaty", verdict, fixed(f"treaty-{answered}"), remedy=remedy, decisive=False)


def alternatives(case: Case) -> Iterator[Alternative]:
    """The other instruments that bind both States, or may, and carry the measure in some form."""
    facts = case.facts
    for name, instrument in case.law.instruments.items():
        carried = instrument.measures.get(facts.measure)
        if name == facts.instrument or carried is None:
            continue
        one = case.status.standing(facts.requesting, name, facts.on)
        other = case.status.standing(facts.requested, name, facts.on)
        bound = both(one.bound, other.bound)
        if bound is not Answer.NO:
            yield Alternative(
                instrument=name,
                name=instrument.name,
                provision=carried.provision,
                binds_both=bound,
                serves=carried.serves,
                scope=carried.scope or NO_WORDS,
                because=(*one.because, *other.because),
            )


def both(one: Answer, other: Answer) -> Answer:
    """Whether both are so: no if one is not, unknown if one is not known."""
    if Answer.NO in (one, other):
        return Answer.NO
    return Answer.YES if one is other is Answer.YES else Answer.UNKNOWN
