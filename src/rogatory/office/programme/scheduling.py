"""Changes of the programme: one function, one transaction, and two accepted entries never in each other's way.

An entry is accepted only with its time. What clashes is refused between accepted entries (see `timetable`) and saved
otherwise. Each change raises the entry's version, so that calendars take it over, and two people who change the same
entry at once are told.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from rogatory.errors import BadInput
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office.programme.models import Body, BudgetLine, Entry, Occasion, Room, Standing, Task
from rogatory.office.programme.timetable import Clash, Shared, clashes
from rogatory.ports.stores import ChangedMeanwhile


class ProgrammeClash(BadInput):
    """Two accepted entries of the programme need the same thing at the same time."""

    code = "programme-clash"
    remedy = "Change the time, the room or the team of interpreters, or leave the entry as proposed."


class EntryWithoutTime(BadInput):
    """An entry is accepted only once it has a beginning and an end."""

    code = "programme-entry-without-time"
    remedy = "Give the entry its time, or leave it as proposed."


class StillUsed(BadInput):
    """Something in the programme still needs this, so it cannot be removed."""

    code = "programme-still-used"
    remedy = "Change the entries and budget lines that name it first."


#: What can be removed and brought back, by the word in the address.
KINDS: dict[str, type[Entry | Room | Body | BudgetLine | Task | Occasion]] = {
    "entry": Entry,
    "room": Room,
    "body": Body,
    "line": BudgetLine,
    "task": Task,
    "occasion": Occasion,
}
Thing = Entry | Room | Body | BudgetLine | Task | Occasion


def make_occasion(node: Node, actor: Actor, occasion: Occasion) -> None:
    """Begin the programme of a meeting."""
    with node.stores.atomic():
        occasion.feed_key = node.random(32).hex()
        occasion.save()
        people.note(node, actor, "programme:occasion:make", occasion.meeting)


def change_occasion(node: Node, actor: Actor, occasion: Occasion) -> None:
    """Write the changed *occasion*; what is accepted and marked public may be public from now on."""
    with node.stores.atomic():
        occasion.save()
        for entry in occasion.entries.filter(removed_at=None, public=True):
            _publish(entry)
            entry.save(update_fields=["published"])
        people.note(node, actor, "programme:occasion:change", occasion.meeting)


def renew_feeds(node: Node, actor: Actor, occasion: Occasion) -> None:
    """Give the feeds that are not public new addresses; the old ones open nothing more."""
    with node.stores.atomic():
        occasion.feed_key = node.random(32).hex()
        occasion.save(update_fields=["feed_key"])
        people.note(node, actor, "programme:feed:renew", occasion.meeting)


def others_of(occasion: Occasion) -> Sequence[Entry]:
    """The entries of *occasion* that stand, with their rooms and organisers."""
    return list(occasion.entries.filter(removed_at=None).select_related("room").prefetch_related("organisers"))


def save_entry(node: Node, entry: Entry, organisers: Iterable[Body], *, version: int) -> tuple[Clash, ...]:
    """Write *entry*, which was read as *version*; returns the clashes that stand.

    Raises `ChangedMeanwhile`, `EntryWithoutTime` and `ProgrammeClash`.
    """
    chosen = list(organisers)
    with node.stores.atomic():
        _hold(entry.occasion)
        if entry.pk and not Entry.objects.filter(pk=entry.pk, version=version).exists():
            raise ChangedMeanwhile(_("Somebody else has changed this entry since you opened it."))
        found = _checked(entry, chosen)
        if not entry.uid:
            entry.uid = f"{UUID(bytes=node.random(16), version=4)}"
        _write(node, entry)
        entry.organisers.set(chosen)
    return found


def _checked(entry: Entry, organisers: Iterable[Body]) -> tuple[Clash, ...]:
    if entry.status == Standing.ACCEPTED and not (entry.starts and entry.ends):
        raise EntryWithoutTime(_("An entry is accepted only once it has a beginning and an end."))
    found = clashes(entry, organisers, others_of(entry.occasion))
    refused = [sentence(one) for one in found if one.refused]
    if refused:
        raise ProgrammeClash(" ".join(refused))
    return found


def _write(node: Node, entry: Entry) -> None:
    entry.version += 1
    entry.changed_at = node.clock.now().replace(microsecond=0)
    _publish(entry)
    entry.save()


def _publish(entry: Entry) -> None:
    if not entry.public:
        entry.published = ""
    elif entry.status == Standing.ACCEPTED and entry.occasion.public:
        entry.published = entry.title


def sentence(clash: Clash, name: Callable[[Body], str] = str) -> str:
    """The clash in words, with the other entry's time in the active time zone; *name* says how a body is called."""
    values = {
        "what": name(clash.body) if clash.body else clash.what,
        "other": clash.other.title,
        "when": _when(clash.other),
    }
    if clash.shared is Shared.ROOM:
        return _("Room “%(what)s” holds “%(other)s” at that time (%(when)s).") % values
    if clash.shared is Shared.TEAM:
        return _("The interpreters “%(what)s” work at “%(other)s” at that time (%(when)s).") % values
    return _("%(what)s also organises “%(other)s” at that time (%(when)s).") % values


def _when(entry: Entry) -> str:
    if entry.starts is None or entry.ends is None:
        return ""
    starts, ends = localtime(entry.starts), localtime(entry.ends)
    first = f"{starts:%Y-%m-%d %H:%M}"
    return f"{first}–{ends:%H:%M}" if starts.date() == ends.date() else f"{first} – {ends:%Y-%m-%d %H:%M}"


def remove(node: Node, actor: Actor, thing: Thing) -> None:
    """Remove *thing*, so that it can be brought back; raises `StillUsed` for a room or body that is needed."""
    with node.stores.atomic():
        _hold(thing if isinstance(thing, Occasion) else thing.occasion)
        if isinstance(thing, Room | Body) and _users(thing):
            raise StillUsed(
                _("“%(name)s” is still named by: %(users)s.") % {"name": thing, "users": ", ".join(_users(thing))}
            )
        thing.removed_at = node.clock.now()
        if isinstance(thing, Entry):
            thing.version += 1
            thing.changed_at = thing.removed_at.replace(microsecond=0)
        thing.save()
        people.note(node, actor, f"programme:{_word(thing)}:remove", _meeting(thing), str(thing)[:200])


def removed_from(occasion: Occasion) -> list[tuple[str, Thing]]:
    """What was removed from *occasion*, each with the word of its kind, the newest first."""
    lists: dict[str, Any] = {
        "entry": occasion.entries,
        "room": occasion.rooms,
        "body": occasion.bodies,
        "line": occasion.budget,
        "task": occasion.tasks,
    }
    gone = [(word, thing) for word, rows in lists.items() for thing in rows.exclude(removed_at=None)]
    return sorted(gone, key=lambda one: one[1].removed_at, reverse=True)


def bring_back(node: Node, actor: Actor, thing: Thing) -> bool:
    """Bring *thing* back; returns false when an accepted entry came back as proposed, its place having been taken."""
    with node.stores.atomic():
        _hold(thing if isinstance(thing, Occasion) else thing.occasion)
        thing.removed_at = None
        same = True
        if isinstance(thing, Entry):
            same = _same_again(thing)
            _write(node, thing)
        else:
            thing.save()
        if isinstance(thing, BudgetLine):
            Body.objects.filter(pk=thing.body_id).update(removed_at=None)
        people.note(node, actor, f"programme:{_word(thing)}:restore", _meeting(thing), str(thing)[:200])
    return same


def _same_again(entry: Entry) -> bool:
    """Whether *entry* has all that it needs still; what is gone or taken is put right on it."""
    if entry.room and entry.room.removed_at:
        entry.room = None
    entry.organisers.remove(*entry.organisers.exclude(removed_at=None))
    try:
        _checked(entry, entry.organisers.all())
    except BadInput:
        entry.status = Standing.PROPOSED
        return False
    return True


def _users(thing: Room | Body) -> list[str]:
    used = [one.title for one in thing.entries.filter(removed_at=None)]
    if isinstance(thing, Body):
        used += [one.title for one in thing.budget.filter(removed_at=None)]
    return used[:5]


def _hold(occasion: Occasion) -> None:
    """Let nobody else change the programme until the transaction ends (SQLite has one writer anyway)."""
    Occasion.objects.select_for_update().filter(pk=occasion.pk).first()


def _word(thing: Model) -> str:
    return next(word for word, kind in KINDS.items() if isinstance(thing, kind))


def _meeting(thing: Thing) -> str:
    return thing.meeting if isinstance(thing, Occasion) else thing.occasion.meeting
