"""The entries of readiness, read into the values of the core; and the one way in which an entry is added."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.readiness import ReadinessRow
from rogatory.readiness.choices import NO_CHOICES, Choices
from rogatory.readiness.choosing import read_choices
from rogatory.readiness.filing import Filed
from rogatory.readiness.steps import Mark

CHOICES, MARK, FILING, CORRECTION = "choices", "mark", "filing", "correction"


def add(
    node: Node,
    actor: Actor,
    kind: str,
    *,
    subject: str,
    body: Mapping[str, Any],
    on: date | None = None,
    reference: str = "",
    place: int = 0,
) -> ReadinessRow:
    """One more entry of *kind*, at *place* where the caller counted; raises `ChangedMeanwhile`."""
    newest = node.stores.readiness.latest(kind)
    row = ReadinessRow(
        kind=kind,
        place=place or (newest.place if newest else 0) + 1,
        subject=subject,
        on=on,
        reference=reference,
        body=body,
        at=node.clock.now(),
        by=actor.id,
        name=actor.name,
    )
    node.stores.readiness.add(row)
    return row


def choices(node: Node) -> tuple[Choices, ReadinessRow | None]:
    """The choices as they stand, and the entry they come from; raises `BadChoices` where today's law refuses them."""
    row = node.stores.readiness.latest(CHOICES)
    return (read_choices(row.body, law=node.law) if row else NO_CHOICES), row


def marks(node: Node) -> Mapping[str, Mark]:
    """The latest mark of each step."""
    return {
        row.subject: Mark(
            step=row.subject,
            state=row.body["state"],
            on=row.on or row.at.date(),
            note=row.body["note"],
            by=row.name,
        )
        for row in node.stores.readiness.of_kind(MARK)
    }


def filed(node: Node) -> tuple[Filed, ...]:
    """Every filing, each with the correction that took it back, if one did."""
    corrections = {row.subject: row.body["because"] for row in node.stores.readiness.of_kind(CORRECTION)}
    return tuple(
        Filed(
            number=row.place,
            paper=row.subject,
            action=row.body["action"],
            provision=row.body["provision"],
            value=row.body["value"],
            on=row.on or row.at.date(),
            reference=row.reference,
            by=row.name,
            corrected=corrections.get(str(row.place), ""),
        )
        for row in node.stores.readiness.of_kind(FILING)
    )
