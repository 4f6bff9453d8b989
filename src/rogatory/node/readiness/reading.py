"""The ratification kit of the node's State as it stands: choices, papers, filings, checklist, staffing, the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rogatory.alignment.assessment.progress import SHORT, progress
from rogatory.node.alignment import assessments
from rogatory.node.context import Node
from rogatory.node.correspondence import drills
from rogatory.node.readiness import entries
from rogatory.readiness import catalogue, consent
from rogatory.readiness.catalogue import Offer
from rogatory.readiness.checklist import checklist
from rogatory.readiness.choices import Choices
from rogatory.readiness.day import Day, day_of_entry
from rogatory.readiness.filing import Filed
from rogatory.readiness.papers.cover import cover
from rogatory.readiness.papers.drafts import drafting_of, drafts
from rogatory.readiness.papers.model import Paper
from rogatory.readiness.staffing import Coverage, coverage
from rogatory.readiness.steps import Assessed, Situation, Step, stages


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An authority that was chosen, with how its desk is staffed over the week."""

    provision: str
    name: str
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """Everything at once, as of *on*.

    `given` are the choices as they were saved, under the number `version` (0: none yet), by whom and when. `stages` are
    the stages with how many of their steps are done or not needed, of how many.
    """

    state: str
    on: date
    choices: Choices
    given: Mapping[str, Any] = field(repr=False)
    version: int
    saved_at: datetime | None
    saved_by: str
    papers: tuple[Paper, ...]
    filed: tuple[Filed, ...]
    steps: tuple[Step, ...]
    stages: tuple[tuple[str, int, int], ...]
    desks: tuple[Desk, ...]
    offers: tuple[Offer, ...]
    practice: bool


def kit(node: Node, *, on: date | None = None) -> Kit:
    """The kit on that day, or today."""
    day = on or node.clock.now().date()
    choices, row = entries.choices(node)
    papers = drafts(node.law, node.status, node.state, choices, day)
    filed, passed = entries.filed(node), drills.passed(node)
    situation = Situation(
        law=node.law,
        status=node.status,
        state=node.state,
        on=day,
        signing=consent.signing(node.law, node.status, node.state, day),
        choices=choices,
        papers=papers,
        filed=filed,
        marks=entries.marks(node),
        assessed=_assessed(node),
        drill=passed.answered_at.date() if passed is not None and passed.answered_at is not None else None,
    )
    steps = checklist(situation)
    return Kit(
        state=node.state,
        on=day,
        choices=choices,
        given=row.body if row else {},
        version=row.place if row else 0,
        saved_at=row.at if row else None,
        saved_by=row.name if row else "",
        papers=papers,
        filed=filed,
        steps=steps,
        stages=tuple(stages(steps)),
        desks=tuple(
            Desk(provision=one.provision, name=one.name.en, coverage=coverage(one.staffed))
            for one in choices.authorities
            if one.staffed or _round_the_clock(node, one.provision)
        ),
        offers=catalogue.offers(node.law),
        practice=node.config.exercise,
    )


def _assessed(node: Node) -> Assessed | None:
    """How far the newest assessment of this State's law is; `None` without one."""
    row = next((one for one in assessments.every(node) if one.state == node.state), None)
    if row is None:
        return None
    found = progress(node.law, assessments.held(node, row.id).assessment)
    shall = found.forces["shall"].states
    return Assessed(
        title=row.title, judged=found.count.judged, of=found.count.of, short=sum(shall[name] for name in SHORT)
    )


def _round_the_clock(node: Node, provision: str) -> bool:
    notice = catalogue.notice(node.law, provision)
    return notice is not None and bool(notice.staffed)


def cover_sheet(node: Node, papers: Sequence[Paper]) -> Paper:
    """The cover sheet of *papers*: what is not sure, due or missing."""
    choices, _ = entries.choices(node)
    return cover(drafting_of(node.law, node.status, node.state, choices, node.clock.now().date()), papers)


def day(node: Node, on: date | None = None) -> Day:
    """What changes with an instrument of this State deposited on that day, or today, or the one that is there."""
    choices, _ = entries.choices(node)
    return day_of_entry(node.status, node.state, on or node.clock.now().date(), manner=choices.manner)
