"""Saving choices and marking steps: only an assessor does, and each saving is one more entry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rogatory.errors import BadInput
from rogatory.law.plain import plain
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.node.readiness import entries
from rogatory.node.readiness.reading import kit
from rogatory.ports.stores import ChangedMeanwhile
from rogatory.readiness import consent
from rogatory.readiness.choices import Choices
from rogatory.readiness.choosing import read_choices
from rogatory.readiness.steps import MAX_NOTE, Mark, require_markable

ROLE = "assessor"


class BadMark(BadInput):
    """A step cannot be marked so."""

    code = "bad-mark"
    remedy = f"Give a note of at most {MAX_NOTE} signs, and a day that is not in the future."


def save_choices(node: Node, actor: Actor, given: Mapping[str, Any], *, version: int | None = None) -> Choices:
    """The choices that *given* states, saved as the next version; *version* is the one that the caller looked at.

    Raises `RoleMissing`, `BadChoices`, `WrongManner`, and `ChangedMeanwhile` when somebody saved another meanwhile.
    """
    people.require(actor, ROLE)
    found = read_choices(given, law=node.law)
    today = node.clock.now().date()
    consent.require_manner(found.manner, consent.signing(node.law, node.status, node.state, today), today)
    with node.stores.atomic():
        newest = node.stores.readiness.latest(entries.CHOICES)
        held = newest.place if newest else 0
        if version is not None and version != held:
            raise ChangedMeanwhile(f"the choices were saved {held} times; you looked at number {version}")
        entries.add(node, actor, entries.CHOICES, subject=node.state, body=plain(given), place=held + 1)
        people.note(node, actor, "readiness:choices:save", node.state, f"number {held + 1}")
    return found


def mark(node: Node, actor: Actor, step: str, state: str, *, on: date | None = None, note: str = "") -> Mark:
    """The step marked as `done`, `open` or `not-needed`, as of that day or today.

    Raises `RoleMissing`, `UnmarkableStep` and `BadMark`.
    """
    people.require(actor, ROLE)
    today = node.clock.now().date()
    day, told = on or today, " ".join(note.split())
    if day > today or len(told) > MAX_NOTE or not told.isprintable():
        raise BadMark(f"{step} as of {day}: the day is in the future, or the note is too long")
    require_markable(step, state, kit(node).steps)
    with node.stores.atomic():
        entries.add(node, actor, entries.MARK, subject=step, body={"state": state, "note": told}, on=day)
        people.note(node, actor, "readiness:step:mark", step, state)
    return Mark(step=step, state=state, on=day, note=told, by=actor.name)
