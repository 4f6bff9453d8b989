"""The facts of one opinion, together with the law that bears on them: what every rule is given.

A plan is what does not depend on the facts, sorted once for each measure and chair, so that an opinion only combines.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from rogatory.law.form import Field, FieldProblem, Form, as_text
from rogatory.law.model import Duty, Instrument, Law, MeasureLaw, Provision
from rogatory.law.sentences import load_sentences
from rogatory.law.words import NO_WORDS, Answer, Words
from rogatory.opinion.facts import Facts
from rogatory.opinion.findings import DutyFinding, Finding, Missing, Verdict
from rogatory.status.engine import Status

REQUESTING = "requesting"
REQUESTED = "requested"
CHAIRS = (REQUESTING, REQUESTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The law of one measure as one chair sees it."""

    instrument: Instrument
    measure: MeasureLaw
    form: Form
    grounds: tuple[Provision, ...]
    duties: tuple[DutyFinding, ...]
    periods: tuple[Provision, ...]
    fields_by_provision: Mapping[str, tuple[Field, ...]]
    questions: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The facts, the law and the status that the rules combine, and the problems that the form shows."""

    facts: Facts
    law: Law
    status: Status
    chair: str
    plan: Plan
    problems: Mapping[str, tuple[FieldProblem, ...]]

    def stated(self, key: str) -> str:
        """What the request says in the field *key*; empty when nothing, or nothing that can be, was said."""
        if key in self.problems and any(problem.code != "missing" for problem in self.problems[key]):
            return ""
        return as_text(self.facts.contents.get(key))

    def answered(self, key: str) -> Answer:
        """What the officer answered to the question *key*."""
        return Answer(self.facts.answers.get(key, "unknown"))

    def provision(self, number: str) -> Provision:
        """The provision of the instrument in question."""
        return self.law.provision(self.plan.instrument.id, number)

    def gap(self, key: str) -> Missing:
        """The content of the form that is missing, as a question."""
        field = self.plan.form.fields_by_key[key]
        return Missing(key=key, kind="content", provision=field.provision, question=field.label)


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
    )


@lru_cache(maxsize=256)
def plan(law: Law, instrument: str, measure: str, chair: str) -> Plan:
    """The law of *measure* as *chair* sees it; raises `UnknownInstrument` or `UnknownMeasure`."""
    form = law.form(measure, instrument=instrument)
    bearing = law.provisions(instrument, measure=measure)
    grounds = law.grounds(instrument, measure)
    by_provision: dict[str, tuple[Field, ...]] = {}
    for field in form.fields:
        by_provision[field.provision] = (*by_provision.get(field.provision, ()), field)
    return Plan(
        instrument=law.instrument(instrument),
        measure=law.measure(measure, instrument=instrument),
        form=form,
        grounds=grounds,
        duties=tuple(
            _duty(item, item.duty) for item in bearing if item.duty is not None and item.chair in (chair, "both")
        ),
        periods=tuple(item for item in bearing if item.deadlines),
        fields_by_provision=by_provision,
        questions=frozenset(
            (*(item.number for item in bearing if item.ground or item.question.en), *form.fields_by_key)
        ),
    )


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
