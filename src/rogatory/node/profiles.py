"""National profiles on this node: an administrator adds and withdraws them, opinions rest on what counts on their day.

Rows are only ever added. A later profile of the same State under the same instrument ends the earlier one on the day it
takes effect itself; a withdrawal ends whatever would count from its day on, and revives nothing. What counted on a day
in the past is computed the same way as what counts now. A profile that an upgrade of the law data made unreadable is
left out of opinions, and said to be so wherever profiles are listed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rogatory.errors import NotFound, NotPermitted, RogatoryError
from rogatory.law.model import Law
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.opinion.profile_files import BadProfile, read_profile
from rogatory.opinion.profiles import Profile
from rogatory.ports.lawdata import ProfileRow
from rogatory.status.treaties import every_state

MAX_BYTES = 256 * 1024


class ProfilesOverlap(NotPermitted):
    """Another profile of that State counts from the same day or a later one."""

    code = "profiles-overlap"
    remedy = "Let the new one take effect later, let it end before the other begins, or withdraw the other first."


class PracticeProfile(NotPermitted):
    """This profile was invented for an exercise."""

    code = "practice-profile"
    remedy = "Add it on a node that runs an exercise; what a State really notified does not say practice = true."


class NoSuchProfile(NotFound):
    """No profile of that State counts here."""

    code = "no-such-profile"
    remedy = "Look at what there is: rogatory profile list."


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified:
    """One profile that was added: until when it counts, after all that was added later, and what it says.

    *profile* is `None`, and *problem* says why, where the law data of today cannot read it any more.
    """

    row: ProfileRow
    until: date | None
    withdrawn: bool = False
    profile: Profile | None = None
    problem: str = ""

    def counts_on(self, day: date) -> bool:
        """Whether it counts on that day."""
        return self.row.effective <= day and self._beyond(day)

    @property
    def never(self) -> bool:
        """Whether it ended before it began to count."""
        return not self._beyond(self.row.effective)

    def _beyond(self, day: date) -> bool:
        return self.until is None or day < self.until

    def ended(self, day: date, *, withdrawn: bool = False) -> "Notified":
        """This one with an end on that day at the latest, though not before it began."""
        end = max(day, self.row.effective)
        return replace(self, until=end, withdrawn=withdrawn) if self._beyond(end) else self


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A profile that could be added, its row without a name yet, and those that would end on its first day."""

    profile: Profile
    row: ProfileRow
    ends: tuple[Notified, ...]


def look_at(node: Node, data: bytes, *, name: str) -> Addition:
    """What adding the profile in the file *data*, called *name*, would do; nothing is kept.

    Raises `BadProfile`, `LowersDuty`, `PracticeProfile` and `ProfilesOverlap`.
    """
    text, today = decoded(data, name=name), node.clock.now()
    found = read_profile(text, name=name, law=node.law, states=every_state())
    if found.notified > today.date():
        raise BadProfile(f"nothing was notified on {found.notified} yet: today is {today:%Y-%m-%d}", where=name)
    if found.practice and not node.config.exercise:
        raise PracticeProfile(f"{name} says practice = true, and this node runs no exercise")
    row = ProfileRow(
        state=found.state,
        instrument=found.instrument,
        effective=found.effective,
        until=found.until,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=name[:255],
        at=today,
        by="",
        name="",
    )
    others = _same(notified(node, found.state), row)
    _refuse_overlap(row, others)
    return Addition(profile=found, row=row, ends=_ended_by(row, others))


def add(node: Node, actor: Actor, data: bytes, *, name: str) -> Addition:
    """Add the profile in the file *data*, called *name*, for every opinion from its day on.

    Raises `RoleMissing` and what `look_at` raises.
    """
    people.require(actor, "administrator")
    with node.stores.atomic():
        seen = look_at(node, data, name=name)
        row = replace(seen.row, by=actor.id, name=actor.name)
        node.stores.profiles.add(row)
        people.note(node, actor, "law:profile:add", _subject(row), f"from {row.effective}, sha256 {row.sha256[:16]}")
    return replace(seen, row=row)


def withdraw(node: Node, actor: Actor, state: str, instrument: str, *, since: date) -> tuple[Notified, ...]:
    """Let no profile of *state* under *instrument* count from the day *since* on; returns those that end thereby.

    Raises `RoleMissing`, `UnknownState`, `UnknownInstrument` and `NoSuchProfile`.
    """
    people.require(actor, "administrator")
    node.status.state(state)
    row = ProfileRow(
        state=state,
        instrument=node.law.instrument(instrument).id,
        effective=since,
        until=None,
        text="",
        sha256="",
        file_name="",
        at=node.clock.now(),
        by=actor.id,
        name=actor.name,
    )
    with node.stores.atomic():
        ends = _ended_by(row, _same(notified(node, state), row))
        if not ends:
            raise NoSuchProfile(f"no profile of {state} under {instrument} counts on {since} or later")
        node.stores.profiles.add(row)
        people.note(node, actor, "law:profile:withdraw", _subject(row), f"from {since}")
    return ends


def notified(node: Node, state: str = "") -> tuple[Notified, ...]:
    """Every profile that was ever added, of *state* alone if given, in the order in which they were."""
    rows = node.stores.profiles.of_state(state) if state else node.stores.profiles.all()
    found: list[Notified] = []
    for row in rows:
        ended = {id(one): _ended(one, row) for one in _ended_by(row, _same(found, row))}
        found = [ended.get(id(one), one) for one in found]
        if row.text:
            found.append(_read(row, node.law))
    return tuple(_until_its_end(one) for one in found)


def in_force(node: Node, state: str) -> tuple[Profile, ...]:
    """The profiles of *state*, each with the day on which it ends, for an opinion to choose by its own day."""
    return tuple(one.profile for one in notified(node, state) if one.profile is not None and not one.never)


def one_of(node: Node, state: str, instrument: str, *, on: date) -> Notified:
    """The profile of *state* under *instrument* that counts on that day.

    Raises `UnknownState`, `UnknownInstrument` and `NoSuchProfile`.
    """
    node.status.state(state)
    node.law.instrument(instrument)
    for one in notified(node, state):
        if one.row.instrument == instrument and one.counts_on(on):
            return one
    raise NoSuchProfile(f"no profile of {state} under {instrument} counts on {on}")


def decoded(data: bytes, *, name: str) -> str:
    """The text of a profile's file; raises `BadProfile` for one that is too large or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise BadProfile(f"{len(data)} bytes are more than the limit of {MAX_BYTES}", where=name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadProfile(f"byte {error.start + 1} is not UTF-8", where=name) from error


def _same(found: Iterable[Notified], row: ProfileRow) -> list[Notified]:
    return [one for one in found if (one.row.state, one.row.instrument) == (row.state, row.instrument)]


def _refuse_overlap(row: ProfileRow, others: Iterable[Notified]) -> None:
    """Nothing, unless one of *others* begins while *row* would count; raises `ProfilesOverlap`."""
    for one in others:
        first = one.row.effective
        if not one.never and first >= row.effective and (row.until is None or first < row.until):
            raise ProfilesOverlap(
                f"{one.row.file_name} of {row.state} counts from {first} on; this one would from {row.effective} on"
            )


def _ended_by(row: ProfileRow, others: Iterable[Notified]) -> tuple[Notified, ...]:
    """Those of *others* that end by *row*, as they are before it."""
    counting = (one for one in others if not one.never and _ended(one, row) is not one)
    return tuple(one for one in counting if not row.text or one.row.effective < row.effective)


def _ended(one: Notified, row: ProfileRow) -> Notified:
    return one.ended(row.effective, withdrawn=not row.text)


def _until_its_end(one: Notified) -> Notified:
    return replace(one, profile=replace(one.profile, until=one.until)) if one.profile is not None else one


def _read(row: ProfileRow, law: Law) -> Notified:
    found = _parsed(row.text, row.file_name, law)
    if isinstance(found, Profile):
        return Notified(row=row, until=row.until, profile=found)
    return Notified(row=row, until=row.until, problem=str(found))


@lru_cache(maxsize=512)
def _parsed(text: str, name: str, law: Law) -> Profile | RogatoryError:
    """What *text* says, or why it cannot be read; kept, because every opinion asks for it."""
    try:
        return read_profile(text, name=name, law=law, states=every_state())
    except RogatoryError as error:
        return error


def _subject(row: ProfileRow) -> str:
    return f"{row.state} {row.instrument}"
