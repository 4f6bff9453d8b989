"""The facts of one opinion, together with the law that bears on them: what every rule is given.

A plan is what does not depend on the facts, sorted once for each measure and chair, so that an opinion only combines.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rogatory.law.form import Field, FieldProblem, Form, as_text
from rogatory.law.model import Duty, Ground, Instrument, Law, MeasureLaw, Provision, Requirement, for_measure
from rogatory.law.sentences import load_sentences
from rogatory.law.words import NO_WORDS, Answer, Words
from rogatory.opinion.facts import Facts, in_effect
from rogatory.opinion.findings import DutyFinding, Finding, Missing, Verdict
from rogatory.opinion.profiles import Profile
from rogatory.status.engine import Status

REQUESTING = "requesting"
REQUESTED = "requested"
CHAIRS = (REQUESTING, REQUESTED)
UNKNOWN = "unknown"
YES_NO = {"yes": Words("Yes", "Oui"), "no": Words("No", "Non")}
OFFENCE, PENALTY, LANGUAGE, CHANNEL = "offence", "max_penalty_years", "language", "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The law of one measure as one chair sees it."""

    instrument: Instrument
    measure: MeasureLaw
    form: Form
    grounds: tuple[tuple[Provision, Ground], ...]
    requirements: tuple[tuple[Provision, Requirement], ...]
    duties: tuple[tuple[Provision, DutyFinding], ...]
    periods: tuple[Provision, ...]
    fields_by_provision: Mapping[str, tuple[Field, ...]]
    asks: Mapping[str, Field]
    questions: Mapping[str, Field]
    notified: Mapping[str, str]
    gap_fillers: frozenset[str]
    decided: frozenset[str]
    weighed: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The facts, the law and the status that the rules combine, and the problems that the form shows."""

    facts: Facts
    law: Law
    status: Status
    chair: str
    plan: Plan
    problems: Mapping[str, tuple[FieldProblem, ...]]
    profile: Profile | None = None

    def stated(self, key: str) -> str:
        """What the request says in the field *key*; empty when nothing, or nothing that can be, was said."""
        if key in self.problems and any(problem.code != "missing" for problem in self.problems[key]):
            return ""
        return as_text(self.facts.contents.get(key))

    def known(self, key: str) -> str:
        """What is known under *key*: an officer's answer, else what the request says, else what was notified."""
        answered = as_text(self.facts.answers.get(key))
        if answered and answered != UNKNOWN:
            return answered
        stated = self.stated(key)
        if stated and stated != UNKNOWN:
            return stated
        return self.notified(self.plan.notified[key]) if key in self.plan.notified else ""

    def notified(self, number: str) -> str:
        """What the requested State told the depositary under the provision, as far as is known on that day."""
        facts = self.facts
        for declared in facts.declarations:
            if declared.state == facts.requested and declared.provision == number and in_effect(declared, facts):
                return declared.value
        deposit = self.status.declared(facts.requested, facts.instrument, number, facts.on)
        return "" if deposit is None else deposit.value

    def answered(self, key: str) -> Answer:
        """Whether the question *key* is answered with yes or no."""
        known = self.known(key)
        return Answer(known) if known in ("yes", "no") else Answer.UNKNOWN

    def applies(self, one: Provision | Ground) -> Answer:
        """Whether everything that *one* applies to is so."""
        found = Answer.YES
        for key, wanted in one.applies_when:
            known = self.known(key)
            if known and known not in wanted:
                return Answer.NO
            if not known:
                found = Answer.UNKNOWN
        return found

    def provision(self, number: str) -> Provision:
        """The provision of the instrument in question."""
        return self.law.provision(self.plan.instrument.id, number)

    def gap(self, key: str, *, alone: bool = False) -> Missing:
        """The content of the form, or the answer, that is missing, as a question."""
        field = self.plan.form.fields_by_key.get(key)
        kind = "question" if field is None else "content"
        asked = field or self.plan.questions[key]
        return Missing(key=key, kind=kind, provision=asked.provision, question=asked.label, alone=alone)


Rule = Callable[[Case], Iterator[Finding | Missing]]


def say(name: str, /, **values: object) -> Words:
    """A sentence of this room."""
    return load_sentences("rogatory.opinion").say(name, **values)


@cache
def fixed(name: str) -> Words:
    """A sentence that has no places to fill."""
    return say(name)


def finding(
    provision: Provision,
    topic: str,
    verdict: Verdict,
    *because: Words,
    remedy: Words = NO_WORDS,
    decisive: bool = True,
    fundamental: bool = False,
) -> Finding:
    """The finding that *provision* is met, not met or unknown."""
    return Finding(
        provision=provision.number,
        instrument=provision.instrument,
        topic=topic,
        what=provision.what,
        verdict=verdict,
        because=because,
        remedy=remedy,
        force=provision.force,
        kind=provision.kind,
        checked=provision.checked,
        decisive=decisive,
        fundamental=fundamental,
    )


@lru_cache(maxsize=512)
def plan(law: Law, instrument: str, measure: str, chair: str) -> Plan:
    """The law of *measure* as *chair* sees it; raises `UnknownInstrument` or `UnknownMeasure`."""
    form = law.form(measure, instrument=instrument)
    bearing = law.provisions(instrument, measure=measure)
    carried = law.measure(measure, instrument=instrument)
    by_provision: dict[str, tuple[Field, ...]] = {}
    for field in form.fields:
        by_provision[field.provision] = (*by_provision.get(field.provision, ()), field)
    grounds = tuple(
        (item, ground) for item in law.grounds(instrument, measure) for ground in for_measure(item.grounds, measure)
    )
    requirements = tuple(
        (item, requirement) for item in bearing for requirement in for_measure(item.requirements, measure)
    )
    asks = {field.key: field for item in bearing for field in for_measure(item.asks, measure)}
    asked_of_grounds = {ground.key: _as_field(item, ground) for item, ground in grounds if ground.effect != "barred"}
    replaced = law.provision(instrument, carried.gap_filling).gap_fillers if carried.gap_filling else ()
    return Plan(
        instrument=law.instrument(instrument),
        measure=carried,
        form=form,
        grounds=grounds,
        requirements=requirements,
        duties=tuple(
            (item, _duty(item, item.duty))
            for item in bearing
            if item.duty is not None and item.chair_in(measure) in (chair, "both")
        ),
        periods=tuple(item for item in bearing if item.deadlines),
        fields_by_provision=by_provision,
        asks=asks,
        questions={**asks, **asked_of_grounds},
        notified={field.key: field.notified for field in (*form.fields, *asks.values()) if field.notified},
        decided=frozenset((OFFENCE, PENALTY, *(one.key for _, one in requirements if not one.only_when))),
        weighed=frozenset(one.key for _, one in requirements),
        gap_fillers=frozenset(
            item.number
            for item in bearing
            if any(item.number == one or item.number.startswith(f"{one}(") for one in replaced)
        ),
    )


def _as_field(provision: Provision, ground: Ground) -> Field:
    """The question of a ground as a field that is answered with yes or no."""
    return Field(key=ground.key, provision=provision.number, type="yesno", required="never", label=ground.question)


def _duty(provision: Provision, duty: Duty) -> DutyFinding:
    return DutyFinding(
        provision=provision.number,
        instrument=provision.instrument,
        moment=duty.moment,
        what=provision.what,
        reminder=duty.reminder,
        force=provision.force,
        checked=provision.checked,
    )
