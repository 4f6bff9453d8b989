"""What a liaison writes: one function, one transaction, a line of the access record.

Of contacts no line is written, for even their number is nobody else's business; nor are the fields of a meeting that
are private. A step is only ever added to; everything else counts its versions, so that two people who change the same
row at once are told.
"""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rogatory.errors import BadInput, NotPermitted
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office.outreach.access import LIAISON, colleagues, member_of
from rogatory.office.outreach.models import (
    OutreachContact,
    OutreachDesk,
    OutreachHelp,
    OutreachMeeting,
    OutreachObstacle,
    OutreachOccasion,
    OutreachPromise,
    OutreachStep,
)
from rogatory.ports.stores import ChangedMeanwhile


class BadOutreachEntry(BadInput):
    """What was entered about a State's way to joining is not complete or not possible."""

    code = "bad-outreach-entry"
    remedy = "Put right what the message names, and save it again."


class NotYours(NotPermitted):
    """Only its owner may change or open this."""

    code = "outreach-not-yours"
    remedy = "Ask the colleague who wrote it."


Row = OutreachContact | OutreachMeeting | OutreachObstacle | OutreachHelp | OutreachPromise | OutreachOccasion
Shared = OutreachContact | OutreachMeeting
#: The kinds of rows by the word in an address.
KINDS: dict[str, type[Row]] = {
    "contact": OutreachContact,
    "meeting": OutreachMeeting,
    "obstacle": OutreachObstacle,
    "help": OutreachHelp,
    "promise": OutreachPromise,
    "occasion": OutreachOccasion,
}
#: What only the person who wrote it changes; beside it, whatever that person let everybody read.
OWNED = ("contact", "meeting")


def word_of(row: Row) -> str:
    """The word of the kind of *row*."""
    return next(word for word, kind in KINDS.items() if isinstance(row, kind))


def require_change(actor: Actor, row: Row) -> None:
    """Nothing, when *actor* may change *row*; raises `RoleMissing` and `NotYours`."""
    people.require(actor, LIAISON)
    if row.pk and not is_owner(actor, row) and (word_of(row) in OWNED or _is_public(row)):
        raise NotYours


def is_owner(actor: Actor, row: Row) -> bool:
    """Whether *actor* wrote *row*, or is about to."""
    return not row.pk or row.owner.user.get_username() == actor.id


def _is_public(row: Row) -> bool:
    """Whether everybody may read *row* as it is kept."""
    if not isinstance(row, OutreachObstacle | OutreachHelp | OutreachOccasion):
        return False
    return type(row)._default_manager.filter(pk=row.pk, public=True).exists()


def enter_step(node: Node, actor: Actor, step: OutreachStep) -> OutreachStep:
    """A step that a State took; raises `RoleMissing`."""
    return _add_step(node, actor, step, "enter")


def correct_step(node: Node, actor: Actor, old: OutreachStep, step: OutreachStep) -> OutreachStep:
    """*step* in the place of *old*, which stays to be read; raises `RoleMissing` and `ChangedMeanwhile`."""
    step.iso3, step.corrects = old.iso3, old
    return _add_step(node, actor, step, "correct")


def undo_step(node: Node, actor: Actor, last: OutreachStep) -> OutreachStep:
    """What stood before *last*, anew: the step that it corrected, or that there was none.

    Raises `RoleMissing` and `ChangedMeanwhile`.
    """
    before = last.corrects or last
    again = OutreachStep(
        iso3=last.iso3,
        kind=before.kind,
        taken_on=before.taken_on,
        note=before.note,
        source=before.source,
        source_address=before.source_address,
        certainty=before.certainty,
        public=before.public,
        taken_back=True if last.corrects is None else before.taken_back,
        corrects=last,
    )
    return _add_step(node, actor, again, "undo")


def _add_step(node: Node, actor: Actor, step: OutreachStep, act: str) -> OutreachStep:
    people.require(actor, LIAISON)
    step.entered_by, step.entered_at = member_of(actor), node.clock.now()
    with node.stores.atomic():
        try:
            with transaction.atomic():
                step.save(force_insert=True)
        except IntegrityError:
            raise ChangedMeanwhile(_("Somebody else has corrected this step since you opened it.")) from None
        people.note(node, actor, f"outreach:step:{act}", step.iso3, f"{step.kind} {step.taken_on}")
    return step


def save(node: Node, actor: Actor, row: Row, *, version: int) -> None:
    """Write *row*, which was read as *version*; raises `RoleMissing`, `NotYours` and `ChangedMeanwhile`."""
    require_change(actor, row)
    act = "change" if row.pk else "make"
    with node.stores.atomic():
        if row.pk and not type(row)._default_manager.select_for_update().filter(pk=row.pk, version=version).exists():
            raise ChangedMeanwhile(_("Somebody else has changed this entry since you opened it."))
        if isinstance(row, OutreachOccasion) and not row.uid:
            row.uid = node.random(16).hex()
        if not row.pk:
            row.owner = member_of(actor)
        _write(node, row)
        _note(node, actor, row, act)


def remove(node: Node, actor: Actor, row: Row) -> None:
    """Remove *row*, so that it can be brought back; raises `RoleMissing` and `NotYours`."""
    require_change(actor, row)
    with node.stores.atomic():
        _read_again(row)
        row.removed_at = node.clock.now()
        _write(node, row)
        _note(node, actor, row, "remove")


def bring_back(node: Node, actor: Actor, row: Row) -> None:
    """Bring *row* back; raises `RoleMissing` and `NotYours`."""
    require_change(actor, row)
    with node.stores.atomic():
        _read_again(row)
        row.removed_at = None
        _write(node, row)
        _note(node, actor, row, "restore")


def forget(actor: Actor, contact: OutreachContact) -> None:
    """Delete a removed *contact* for good; raises `RoleMissing` and `NotYours`."""
    require_change(actor, contact)
    with transaction.atomic():
        contact.shared_with.clear()
        contact.delete()


def share(actor: Actor, row: Shared, names: Iterable[str]) -> list[Any]:
    """Show *row* to the colleagues of these log-in names and to nobody else besides its owner.

    Raises `RoleMissing`, `NotYours`, and `BadOutreachEntry` for somebody who is no other liaison.
    """
    require_change(actor, row)
    known = {one.user.get_username(): one for one in colleagues(actor)}
    wanted = list(names)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise BadOutreachEntry(_("%(name)s is no other liaison of this node.") % {"name": unknown[0][:40]})
    chosen = [known[name] for name in wanted]
    with transaction.atomic():
        row.shared_with.set(chosen)
    return chosen


def mark_done(node: Node, actor: Actor, promise: OutreachPromise, *, done: bool) -> None:
    """What was promised is done, or is not after all; raises `RoleMissing`."""
    require_change(actor, promise)
    with node.stores.atomic():
        _read_again(promise)
        promise.done_on = node.clock.now().date() if done else None
        _write(node, promise)
        _note(node, actor, promise, "done" if done else "reopen")


def desk_of(node: Node, actor: Actor) -> OutreachDesk:
    """What *actor* keeps, made at the first need."""
    found: OutreachDesk | None = OutreachDesk.objects.filter(member__user__username=actor.id).first()
    if found is None:
        with node.stores.atomic():
            made = {"feed_key": node.random(32).hex()}
            found, _made = OutreachDesk.objects.get_or_create(member=member_of(actor), defaults=made)
    return found


def renew_feed(node: Node, actor: Actor) -> None:
    """A new address for the calendar of *actor*; the old one opens nothing more."""
    desk = desk_of(node, actor)
    with node.stores.atomic():
        desk.feed_key = node.random(32).hex()
        desk.save(update_fields=["feed_key"])
        people.note(node, actor, "outreach:feed:renew", actor.id)


def keep_wish(node: Node, actor: Actor, wish: dict[str, str]) -> None:
    """The list opens with these filters and in this order from now on."""
    desk = desk_of(node, actor)
    with node.stores.atomic():
        desk.wish = wish
        desk.save(update_fields=["wish"])


def note_export(node: Node, actor: Actor, what: str) -> None:
    """A line of the access record: somebody took *what* as a file."""
    with node.stores.atomic():
        people.note(node, actor, "outreach:file:export", what)


def _read_again(row: Row) -> None:
    """*row* as it is kept now, locked: nothing that was written since it was read is undone."""
    type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    row.refresh_from_db()


def _write(node: Node, row: Row) -> None:
    row.version += 1
    row.changed_at = node.clock.now().replace(microsecond=0)
    row.save()


def _note(node: Node, actor: Actor, row: Row, act: str) -> None:
    if not isinstance(row, OutreachContact):
        people.note(node, actor, f"outreach:{word_of(row)}:{act}", row.iso3 or "all")
