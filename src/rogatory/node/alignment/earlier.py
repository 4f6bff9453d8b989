"""Answers that a State gave for Budapest, UNTOC or UNCAC: taken in beside an assessment, and offered, never counted."""

from collections.abc import Sequence

from rogatory.alignment.assessment.reuse import Earlier, Offered, offered, offered_for
from rogatory.kernel import times
from rogatory.node import people
from rogatory.node.alignment import assessments, texts
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.alignment import EarlierRow


def take(node: Node, actor: Actor, id: str, answers: Sequence[Earlier]) -> int:
    """Keep *answers* beside the assessment; how many of them are offered for at least one obligation.

    Raises `RoleMissing` and `NoSuchAssessment`. An answer that is here already, word for word, is not kept twice.
    """
    people.require(actor, texts.ASSESSOR)
    now = node.clock.now()
    with node.stores.atomic():
        assessments.row_of(node, id)
        known = set(of(node, id))
        fresh = [one for one in dict.fromkeys(answers) if one not in known]
        node.stores.alignment.add_earlier(
            EarlierRow(
                assessment=id,
                cite=one.cite,
                answer=one.answer,
                body={"evidence": one.evidence, "remark": one.remark, "on": one.on.isoformat() if one.on else ""},
                source=one.source[:500],
                at=now,
                by=actor.id,
            )
            for one in fresh
        )
        people.note(node, actor, "align:earlier:take", id, f"{len(fresh)} answers")
    return len({one.earlier for one in offered(node.law, answers)})


def of(node: Node, id: str) -> tuple[Earlier, ...]:
    """The earlier answers beside an assessment, the oldest first."""
    return tuple(_earlier(row) for row in node.stores.alignment.earlier(id))


def offered_at(node: Node, id: str, number: str) -> tuple[Offered, ...]:
    """What earlier answers offer for one obligation, the nearest first."""
    return offered_for(node.law, number, of(node, id))


def _earlier(row: EarlierRow) -> Earlier:
    on = str(row.body.get("on", ""))
    return Earlier(
        cite=row.cite,
        answer=row.answer,
        evidence=str(row.body.get("evidence", "")),
        remark=str(row.body.get("remark", "")),
        source=row.source,
        on=times.parse_day(on) if on else None,
    )
