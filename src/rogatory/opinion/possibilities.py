"""What one State can ask of another: every measure, under each instrument that carries it, before a form is filled in.

Only what a form cannot mend is looked at: whether the instrument binds both States, whether the offence is within its
scope, and whatever else the law data calls fundamental. The contents, the grounds and the duties come with the opinion
on the draft. A possibility is never more than where a request could start.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rogatory.law.model import Law, MeasureLaw
from rogatory.law.words import Answer, Words
from rogatory.opinion.carrying import carried
from rogatory.opinion.case import REQUESTING
from rogatory.opinion.engine import assess
from rogatory.opinion.facts import FIND, Facts
from rogatory.opinion.findings import Finding, Verdict
from rogatory.status.engine import Status

_BEST_FIRST = (Answer.YES, Answer.UNKNOWN, Answer.NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """One instrument under which a measure could be asked: whether it could, and the findings that say why."""

    instrument: str
    name: Words
    measure: MeasureLaw
    possible: Answer
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, Any]:
        """This footing as JSON."""
        return {
            "instrument": self.instrument,
            "name": self.name.to_json(),
            "provision": self.measure.provision,
            "possible": self.possible.value,
            "findings": [finding.to_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibility:
    """One measure, and its footings with the best first; there is always at least one."""

    measure: str
    name: Words
    serves: Words
    footings: tuple[Footing, ...]

    @property
    def possible(self) -> Answer:
        """Whether it could be asked under the best of the instruments."""
        return self.footings[0].possible

    def to_json(self) -> dict[str, Any]:
        """This possibility as JSON."""
        return {
            "measure": self.measure,
            "name": self.name.to_json(),
            "serves": self.serves.to_json(),
            "possible": self.possible.value,
            "footings": [footing.to_json() for footing in self.footings],
        }


def possibilities(
    requesting: str, requested: str, on: date, *, known: Mapping[str, object], law: Law, status: Status
) -> tuple[Possibility, ...]:
    """Every measure that some instrument has a form for, in the order of the law data.

    *known* are fields of the forms that are known already (`offence`, `max_penalty_years`, `in_territory`); a form
    that has no such field, or no such option, does without. Raises `BadFacts` or `UnknownState`.
    """
    measures = dict.fromkeys(measure for _, measure in law.forms)
    early = Facts(measure="", requesting=requesting, requested=requested, on=on, instrument=FIND, contents=known)
    return tuple(
        Possibility(
            measure=measure,
            name=footings[0].measure.name,
            serves=footings[0].measure.serves,
            footings=tuple(sorted(footings, key=lambda footing: _BEST_FIRST.index(footing.possible))),
        )
        for measure in measures
        if (footings := tuple(_footings(replace(early, measure=measure), law, status)))
    )


def _footings(early: Facts, law: Law, status: Status) -> Iterator[Footing]:
    """The footings of one measure: *early* states what is known, under no instrument yet."""
    measure = early.measure
    for name, instrument in law.instruments.items():
        if (name, measure) not in law.forms or early.on < instrument.adopted:
            continue
        contents = carried(early.contents, law=law, form=law.form(measure, instrument=name))
        asked = replace(early, instrument=name, contents=contents)
        opinion = assess(asked, law=law, status=status, chair=REQUESTING)
        findings = tuple(finding for finding in opinion.findings if finding.fundamental and finding.decisive)
        yield Footing(
            instrument=name,
            name=instrument.short,
            measure=law.measure(measure, instrument=name),
            possible=_possible(findings),
            findings=findings,
        )


def _possible(findings: tuple[Finding, ...]) -> Answer:
    verdicts = {finding.verdict for finding in findings}
    if Verdict.NOT_MET in verdicts:
        return Answer.NO
    return Answer.UNKNOWN if Verdict.UNKNOWN in verdicts else Answer.YES
