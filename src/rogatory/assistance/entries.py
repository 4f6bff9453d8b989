"""An entry at one of its versions, and who may see it.

Rules in words. An entry belongs to the State that made it. It is private until its owner shows it to partners by name,
to all partners, or to everybody. Whom it is shown to is changed by an act of its own and never by writing in it or by
undoing. What others get is the entry without its private fields. One that was withdrawn is shown to nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from rogatory.assistance import kinds, projects
from rogatory.assistance.shape import BadEntry, Fault, outward, read
from rogatory.errors import BadInput
from rogatory.kernel import ids
from rogatory.law.words import Words

MOST_PARTNERS = 200


class Visibility(StrEnum):
    """To whom an entry may be shown, from the fewest to everybody."""

    PRIVATE = "private"
    NAMED = "named"
    PARTNERS = "partners"
    PUBLIC = "public"


VISIBILITIES: Mapping[str, Words] = {
    Visibility.PRIVATE: Words("only us", "nous seuls"),
    Visibility.NAMED: Words("named partners", "des partenaires désignés"),
    Visibility.PARTNERS: Words("all partners", "tous les partenaires"),
    Visibility.PUBLIC: Words("everybody", "tout le monde"),
}


class Act(StrEnum):
    """What somebody did to make a version."""

    MADE = "made"
    CHANGED = "changed"
    SHOWN = "shown"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    RECEIVED = "received"


ACTS: Mapping[str, Words] = {
    Act.MADE: Words("made", "créée"),
    Act.CHANGED: Words("changed", "modifiée"),
    Act.SHOWN: Words("shown to", "montrée à"),
    Act.WITHDRAWN: Words("withdrawn", "retirée"),
    Act.UNDONE: Words("taken back to an earlier version", "ramenée à une version antérieure"),
    Act.RECEIVED: Words("received", "reçue"),
}


class BadAudience(BadInput):
    """The entry cannot be shown to those."""

    code = "bad-audience"
    remedy = "Name partners by their codes (VNM), with the visibility “named” and only with it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One version of an entry: its owner (a State), its kind, what it says, and to whom it may be shown."""

    owner: str
    id: str
    version: int
    kind: str
    body: Mapping[str, Any]
    visibility: Visibility
    partners: tuple[str, ...]
    withdrawn: bool
    act: Act
    at: datetime
    by_name: str

    @property
    def name(self) -> str:
        """How other entries refer to it: `VNM/` and its id."""
        return f"{self.owner}/{self.id}"

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.body.get("title", ""))

    def may_go_to(self, state: str) -> bool:
        """Whether the partner *state* may have it now."""
        if self.withdrawn or self.visibility is Visibility.PRIVATE:
            return False
        return self.visibility is not Visibility.NAMED or state in self.partners

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return not self.withdrawn and self.visibility is Visibility.PUBLIC


def audience(visibility: str, partners: tuple[str, ...]) -> tuple[Visibility, tuple[str, ...]]:
    """Both, checked and in order; raises `BadAudience` and `BadIdentifier`."""
    if visibility not in VISIBILITIES:
        raise BadAudience(f"{visibility[:40]!r} is none of: {', '.join(VISIBILITIES)}")
    found = Visibility(visibility)
    names = tuple(sorted({ids.require_state(one) for one in partners}))
    if len(names) > MOST_PARTNERS or bool(names) is not (found is Visibility.NAMED):
        raise BadAudience
    return found, names


def for_partner(entry: Entry) -> dict[str, Any]:
    """The body of *entry* as partners get it."""
    return outward(kinds.shape_of(entry.kind), entry.body)


def for_everybody(entry: Entry) -> dict[str, Any]:
    """The body of *entry* as the public reads it: as partners, and trainees by training only."""
    body = for_partner(entry)
    if "trainees" in body:
        body["trainees"] = [
            {"training": place, "count": count} for place, count in sorted(projects.by_training(body).items())
        ]
    return body


def check(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The body of an entry of ours that *given* says; raises `BadEntry` and `UnknownAssistanceKind`."""
    body = read(kinds.shape_of(kind), given)
    faults: list[Fault] = []
    if kind == kinds.PROJECT:
        faults += projects.faults(body)
    if kind == kinds.FUNDING and (body["account"] == "project") is not ("project" in body):
        faults.append(Fault(field="project", says=_WHICH_PROJECT))
    if kind == kinds.PLEDGE and (body.get("outcome") == "fulfilled") is not ("fulfilled_on" in body):
        faults.append(Fault(field="fulfilled_on", says=_WHEN_FULFILLED))
    if faults:
        raise BadEntry(faults)
    return body


_WHICH_PROJECT = Words(
    "a project is named when the money is for a project, and only then",
    "un projet est désigné lorsque l’argent est pour un projet, et alors seulement",
)
_WHEN_FULFILLED = Words(
    "the day is given when the pledge is fulfilled, and only then",
    "la date est donnée lorsque l’engagement est tenu, et alors seulement",
)
