"""Entries about help on this node: needs, offers, projects, contributions, pledges, good practices.

A person with the role of liaison makes and changes the entries of our State; liaisons, assessors and auditors read them
and those that partners sent. Every change is another version, made upon the version that its author saw; undoing makes
a version that says what an earlier one said. Whom an entry is shown to is changed in `exchange`, never here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rogatory.alignment.obligations import HOME
from rogatory.assistance import entries as core
from rogatory.assistance import kinds
from rogatory.assistance.entries import Act, Entry, Visibility
from rogatory.assistance.shape import BadEntry, Fault
from rogatory.errors import NotFound, NotPermitted
from rogatory.kernel import ids
from rogatory.law.words import Words
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.assistance import EntryRow
from rogatory.ports.stores import ChangedMeanwhile

LIAISON = "liaison"
READERS = frozenset({LIAISON, "assessor", "auditor"})
#: So many entries of one State are kept here.
MOST_ENTRIES = 5000


class NoSuchEntry(NotFound):
    """There is no such entry here."""

    code = "no-such-assistance-entry"
    remedy = "Look at the lists: rogatory assist need list, offer list and so on."


class NotOurEntry(NotPermitted):
    """The entry belongs to another State; only its owner changes it."""

    code = "not-our-assistance-entry"
    remedy = "Write to its owner: show interest in it, or make an entry of your own."


class EntryWithdrawn(NotPermitted):
    """The entry was withdrawn."""

    code = "assistance-entry-withdrawn"
    remedy = "Undo the withdrawal if the entry is yours; otherwise nothing can be done with it."


class NothingToTakeBack(NotPermitted):
    """There is no earlier version of this entry."""

    code = "no-earlier-version"
    remedy = "Change the entry, or withdraw it."


class TooManyEntries(NotPermitted):
    """So many entries of this State are here that no more are taken."""

    code = "too-many-assistance-entries"
    remedy = "Entries that were withdrawn count too. Change an entry that is here already."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries a list shows: of one kind, ours or partners', on an article, holding a text; withdrawn ones too."""

    kind: str = ""
    ours: bool | None = None
    article: str = ""
    text: str = ""
    withdrawn: bool = False


def make(node: Node, actor: Actor, kind: str, given: Mapping[str, Any]) -> Entry:
    """A new entry, private; raises `RoleMissing`, `UnknownAssistanceKind`, `BadEntry` and `TooManyEntries`."""
    people.require(actor, LIAISON)
    body = _checked(node, kind, given)
    with node.stores.atomic():
        require_room(node, node.state)
        row = EntryRow(
            owner=node.state,
            entry=ids.new_id(node.random(17)),
            version=1,
            kind=kind,
            body=body,
            visibility=Visibility.PRIVATE,
            partners=(),
            withdrawn=False,
            act=Act.MADE,
            restores=0,
            letter="",
            thread="",
            at=node.clock.now(),
            by=actor.id,
            by_name=actor.name,
        )
        node.stores.assistance.add(row)
        people.note(node, actor, "assist:entry:make", row.entry, kind)
    return entry_of(row)


def change(node: Node, actor: Actor, name: str, given: Mapping[str, Any], *, after: int) -> Entry:
    """The entry, which says *given* from now on; *after* is the version that its author saw.

    Raises `RoleMissing`, `NoSuchEntry`, `NotOurEntry`, `EntryWithdrawn`, `BadEntry` and `ChangedMeanwhile`.
    """
    people.require(actor, LIAISON)
    with node.stores.atomic():
        held = require_seen(require_open(ours(node, name)), after)
        body = _checked(node, held.kind, given)
        row = next_version(node, actor, replace(held, body=body, act=Act.CHANGED))
        people.note(node, actor, "assist:entry:change", held.entry, f"version {row.version}")
    return entry_of(row)


def undo(node: Node, actor: Actor, name: str, *, after: int | None = None) -> Entry:
    """The entry as its version before the present one said it; to whom it is shown stays as it is.

    Undoing again goes back further. What was sent stays sent until it is sent anew. *after* is the version that whoever
    undoes it saw, so that nobody takes back what somebody else has just written. Raises `RoleMissing`, `NoSuchEntry`,
    `NotOurEntry`, `NothingToTakeBack` and `ChangedMeanwhile`.
    """
    people.require(actor, LIAISON)
    with node.stores.atomic():
        held = require_seen(ours(node, name), after)
        versions = node.stores.assistance.versions(held.owner, held.entry)
        by_number = {one.version: one for one in versions}
        says_as = by_number[held.restores] if held.restores else held
        before = _before(versions, says_as)
        if before is None:
            raise NothingToTakeBack
        made = replace(held, body=before.body, withdrawn=before.withdrawn, act=Act.UNDONE, restores=before.version)
        row = next_version(node, actor, made, keeps_restores=True)
        people.note(node, actor, "assist:entry:undo", held.entry, f"as version {before.version}")
    return entry_of(row)


def _before(versions: Sequence[EntryRow], present: EntryRow) -> EntryRow | None:
    """The newest open version before *present* that was not itself brought back and says something else."""
    earlier = [one for one in versions if one.version < present.version and not one.restores and not one.withdrawn]
    said = (present.body, present.withdrawn)
    return next((one for one in reversed(earlier) if (one.body, one.withdrawn) != said), None)


def get(node: Node, actor: Actor, name: str) -> Entry:
    """The entry at its newest version, for *actor* to read; raises `RoleMissing` and `NoSuchEntry`."""
    require_reader(actor)
    return entry_of(find(node, name))


def history(node: Node, actor: Actor, name: str) -> tuple[Entry, ...]:
    """Every version of the entry, the newest first; raises `RoleMissing` and `NoSuchEntry`."""
    require_reader(actor)
    row = find(node, name)
    return tuple(entry_of(one) for one in reversed(node.stores.assistance.versions(row.owner, row.entry)))


def listed(node: Node, actor: Actor, wanted: Wanted) -> tuple[Entry, ...]:
    """The entries that are *wanted*, changed last first; raises `RoleMissing` and `UnknownAssistanceKind`."""
    require_reader(actor)
    if wanted.kind:
        kinds.shape_of(wanted.kind)
    found = (entry_of(one) for one in node.stores.assistance.newest(kind=wanted.kind))
    return tuple(one for one in found if _is_wanted(node, one, wanted))


def public(node: Node, *, kind: str = "") -> tuple[Entry, ...]:
    """Our entries that everybody may read, as everybody may read them."""
    found = (entry_of(one) for one in node.stores.assistance.newest(kind=kind, owner=node.state))
    return tuple(replace(one, body=core.for_everybody(one), by_name="") for one in found if one.is_public)


def ours(node: Node, name: str) -> EntryRow:
    """The newest row of an entry of ours; raises `NoSuchEntry` and `NotOurEntry`."""
    row = find(node, name)
    if row.owner != node.state:
        raise NotOurEntry
    return row


def find(node: Node, name: str) -> EntryRow:
    """The newest row of the entry that `VNM/…`, or its id when it is ours, names; raises `NoSuchEntry`."""
    owner, _, own_id = name.rpartition("/")
    row = node.stores.assistance.entry(owner or node.state, own_id)
    if row is None:
        raise NoSuchEntry(f"there is no entry {name[:40]!r} here")
    return row


def require_open(row: EntryRow) -> EntryRow:
    """*row* itself; raises `EntryWithdrawn`."""
    if row.withdrawn:
        raise EntryWithdrawn
    return row


def require_seen(row: EntryRow, after: int | None) -> EntryRow:
    """*row* itself, where *after* is its version or nobody named one; raises `ChangedMeanwhile`."""
    if after is not None and row.version != after:
        raise ChangedMeanwhile(f"{row.by_name} changed this entry meanwhile; it is at version {row.version}")
    return row


def require_room(node: Node, owner: str) -> None:
    """Nothing, when one more entry of *owner* may be kept; raises `TooManyEntries`."""
    if node.stores.assistance.held_of(owner) >= MOST_ENTRIES:
        raise TooManyEntries


def require_reader(actor: Actor) -> None:
    """Nothing, when *actor* may read entries; raises `RoleMissing`."""
    if not actor.roles & READERS:
        raise people.RoleMissing(f"{actor.name} holds no role that reads needs and offers")


def next_version(node: Node, actor: Actor, row: EntryRow, *, keeps_restores: bool = False) -> EntryRow:
    """*row* as the version after its own, by *actor* and now, kept; call inside `stores.atomic()`."""
    made = replace(
        row,
        version=row.version + 1,
        restores=row.restores if keeps_restores else 0,
        at=node.clock.now(),
        by=actor.id,
        by_name=actor.name,
    )
    node.stores.assistance.add(made)
    return made


def entry_of(row: EntryRow) -> Entry:
    """The entry in a row."""
    return Entry(
        owner=row.owner,
        id=row.entry,
        version=row.version,
        kind=row.kind,
        body=row.body,
        visibility=Visibility(row.visibility),
        partners=tuple(row.partners),
        withdrawn=row.withdrawn,
        act=Act(row.act),
        at=row.at,
        by_name=row.by_name,
    )


def _checked(node: Node, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    body = core.check(kind, given)
    known = _numbers(node)
    faults = [
        Fault(field="provisions", says=_NO_PROVISION.fill(number=one))
        for one in body.get("provisions", ())
        if one not in known
    ]
    faults += [
        Fault(field=name, says=_NO_ENTRY.fill(name=one))
        for name, one in _references(body)
        if node.stores.assistance.entry(*one.split("/")) is None
    ]
    if faults:
        raise BadEntry(faults)
    return body


def _references(body: Mapping[str, Any]) -> list[tuple[str, str]]:
    several = [(name, one) for name in ("for_entries", "from_entries") for one in body.get(name, ())]
    return several + ([("project", body["project"])] if "project" in body else [])


def _numbers(node: Node) -> frozenset[str]:
    provisions = node.law.provisions(HOME)
    return frozenset(one.number for one in provisions) | frozenset(one.article for one in provisions)


def _is_wanted(node: Node, entry: Entry, wanted: Wanted) -> bool:
    if entry.withdrawn and not wanted.withdrawn:
        return False
    if wanted.ours is not None and (entry.owner == node.state) is not wanted.ours:
        return False
    if wanted.article and not any(_stands_under(one, wanted.article) for one in entry.body.get("provisions", ())):
        return False
    return wanted.text.casefold() in str(entry.body).casefold()


def _stands_under(number: str, asked: str) -> bool:
    return number == asked or number.startswith(f"{asked}(") or asked.startswith(f"{number}(")


_NO_PROVISION = Words(
    "the Convention has no {number} in our data", "la Convention n’a pas de {number} dans nos données"
)
_NO_ENTRY = Words("there is no entry {name} here", "il n’y a pas de fiche {name} ici")
