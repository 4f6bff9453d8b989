"""Does the instrument bind both States on the day? And if it does not, or even if it does: which others do?"""

from collections.abc import Iterator

from rogatory.law.words import NO_WORDS, Answer, Words, listed_words
from rogatory.opinion.case import REQUESTED, Case, finding, fixed, say
from rogatory.opinion.findings import Alternative, Finding, Missing, Verdict

TOPIC = "legal-basis"
OTHER_TREATY, CHOSEN = "other_treaty", "paragraphs_chosen"


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
        yield finding(provision, TOPIC, Verdict.MET, *because, fundamental=True)
    elif bound is Answer.NO:
        yield finding(provision, TOPIC, Verdict.NOT_MET, *because, remedy=fixed("basis-remedy"), fundamental=True)
    else:
        remedy = fixed("basis-unknown-remedy")
        yield finding(provision, TOPIC, Verdict.UNKNOWN, *because, remedy=remedy, fundamental=True)
        for standing in (one, other):
            if standing.bound is Answer.UNKNOWN:
                asked = say("basis-question", state=case.status.state(standing.state).inside)
                key = f"bound:{standing.state}"
                yield Missing(key=key, kind="deposit", provision=cite, question=asked, alone=True)


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
    provision, taken = case.provision(case.plan.measure.gap_filling), replaced(case)
    if taken is Answer.NO:
        chosen = case.answered(CHOSEN) is Answer.YES
        yield finding(
            provision, "other-treaty", Verdict.MET, fixed("treaty-chosen" if chosen else "treaty-no"), decisive=False
        )
        return
    because = [fixed(f"treaty-{taken}")]
    if taken is Answer.UNKNOWN and (common := _also_binding(case)).en:
        because.append(say("treaty-perhaps", instruments=common))
    verdict = Verdict.NOT_MET if taken is Answer.YES else Verdict.UNKNOWN
    decisive = taken is Answer.YES and case.chair == REQUESTED
    if decisive and case.answered(CHOSEN) is Answer.UNKNOWN:
        yield case.gap(CHOSEN)
    yield finding(provision, "other-treaty", verdict, *because, remedy=fixed("treaty-remedy"), decisive=decisive)


def replaced(case: Case) -> Answer:
    """Whether the provisions of another treaty take the place of those that only fill a gap."""
    if not case.plan.measure.gap_filling or case.answered(CHOSEN) is Answer.YES:
        return Answer.NO
    return case.answered(OTHER_TREATY)


def _also_binding(case: Case) -> Words:
    """The other instruments that bind both States and carry the measure, by name."""
    facts = case.facts
    names = [
        case.law.instrument(name).short
        for name in case.status.common(facts.requesting, facts.requested, facts.on)
        if name != case.plan.instrument.id and facts.measure in case.law.instrument(name).measures
    ]
    return listed_words(names)


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
