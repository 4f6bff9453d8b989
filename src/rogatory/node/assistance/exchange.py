"""To whom an entry of ours is shown, sent and withdrawn, and interest in an entry of a partner.

Showing is an act of its own, recorded with who and when, and can be taken back. An entry goes to a partner as a letter
that carries it whole, without its private fields; naming a partner in sending it shows it to that partner too. Whoever
may no longer have it is sent a withdrawal in the same transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rogatory.assistance import entries as core
from rogatory.assistance import letterbodies
from rogatory.assistance.entries import Act, Entry, Visibility
from rogatory.correspondence.letters import Letter
from rogatory.errors import NotPermitted
from rogatory.kernel import ids
from rogatory.node import partners, people
from rogatory.node.assistance import entries, incoming
from rogatory.node.assistance.entries import LIAISON
from rogatory.node.context import Node
from rogatory.node.correspondence import letters
from rogatory.node.correspondence.letters import Kind
from rogatory.node.people import Actor
from rogatory.ports.assistance import EntryRow, SendingRow

#: The function of an authority that is asked first, when a State is named and no authority.
_FIRST_ASKED = "41"


class NobodyToSendTo(NotPermitted):
    """There is nobody to whom this entry can be sent."""

    code = "nobody-to-send-to"
    remedy = "Name the partners; or show the entry to all partners first, and accept a partner's card."


class NothingToShowInterestIn(NotPermitted):
    """Interest is shown in needs, offers, projects and practices of partners."""

    code = "no-interest-in-that"
    remedy = "To one of your own, partners show interest."


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A partner to whom an entry of ours was sent: the newest version sent, and when; *withdrawn* if taken back."""

    state: str
    version: int
    withdrawn: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What a State said last of an entry: *own* is its own entry that fits, *ours* whether we said it."""

    entry: str
    state: str
    interested: bool
    says: str
    own: str
    person: str
    at: datetime
    ours: bool


def show(
    node: Node,
    actor: Actor,
    name: str,
    *,
    visibility: str,
    partners_: Sequence[str] = (),
    after: int | None = None,
) -> Entry:
    """The entry, which may be shown to those from now on; who holds it and may no longer is sent a withdrawal.

    *after* is the version that whoever shows it saw, so that nothing is shown that nobody has read. Raises
    `RoleMissing`, `NoSuchEntry`, `NotOurEntry`, `EntryWithdrawn`, `BadAudience`, `UnknownState`, `ChangedMeanwhile`.
    """
    people.require(actor, LIAISON)
    to, named = core.audience(visibility, tuple(partners_))
    for state in named:
        node.status.state(state)
    with node.stores.atomic():
        held = entries.require_seen(entries.require_open(entries.ours(node, name)), after)
        row = _shown(node, actor, held, to, named)
        _take_back(node, actor, row)
    return entries.entry_of(row)


def _shown(node: Node, actor: Actor, held: EntryRow, to: Visibility, named: Sequence[str]) -> EntryRow:
    if held.visibility == to and tuple(held.partners) == tuple(named):
        return held
    row = entries.next_version(node, actor, replace(held, visibility=to, partners=tuple(named), act=Act.SHOWN))
    action = "assist:entry:publish" if to is Visibility.PUBLIC else "assist:entry:show"
    if held.visibility == Visibility.PUBLIC:
        action = "assist:entry:unpublish"
    people.note(node, actor, action, held.entry, " ".join((to, *named)))
    return row


def withdraw(node: Node, actor: Actor, name: str, *, says: str = "") -> Entry:
    """The entry, withdrawn: off every list and page, and taken back from every partner who holds it.

    Raises `RoleMissing`, `NoSuchEntry`, `NotOurEntry`, `EntryWithdrawn`, and what sending a letter raises.
    """
    people.require(actor, LIAISON)
    with node.stores.atomic():
        held = entries.require_open(entries.ours(node, name))
        row = entries.next_version(node, actor, replace(held, withdrawn=True, act=Act.WITHDRAWN))
        people.note(node, actor, "assist:entry:withdraw", held.entry, f"version {row.version}")
        _take_back(node, actor, row, says=says.strip())
    return entries.entry_of(row)


def send(
    node: Node, actor: Actor, name: str, *, to: Iterable[str] = (), after: int | None = None
) -> tuple[Letter, ...]:
    """The letters that take the entry to the partners *to* (States or authorities); without, to all who may have it.

    A partner named here may have it from now on. Those who hold this version already get nothing. *after* is as in
    `show`. Raises `RoleMissing`, `NoSuchEntry`, `NotOurEntry`, `EntryWithdrawn`, `NoSuchPartner`, `NobodyToSendTo`,
    `EntryTooLarge` and `ChangedMeanwhile`.
    """
    people.require(actor, LIAISON)
    with node.stores.atomic():
        held = entries.require_seen(entries.require_open(entries.ours(node, name)), after)
        wanted = list(dict.fromkeys(to)) or _allowed(node, entries.entry_of(held))
        if not wanted:
            raise NobodyToSendTo
        receivers = {one[:3]: receiver_of(node, one) for one in wanted}
        row = _named_too(node, actor, held, receivers)
        entry = entries.entry_of(row)
        body = letterbodies.of_entry(entry)
        has = {one.state: one for one in holders_of(node, row.entry)}
        late = [
            receiver
            for state, receiver in receivers.items()
            if state not in has or has[state].withdrawn or has[state].version < row.version
        ]
        kind = incoming.ENTRY_KINDS[row.kind]
        return tuple(_sent(node, actor, row, kind=kind, receiver=one, body=body) for one in late)


def interested(node: Node, actor: Actor, name: str, *, is_: bool = True, says: str = "", own: str = "") -> Letter:
    """The letter that tells the owner of the entry *name* that we want to speak about it, or no longer do.

    *own* is an entry of ours that fits it; it must have been sent to that partner or be public, for its name travels.
    Raises `RoleMissing`, `NoSuchEntry`, `NothingToShowInterestIn`, `EntryWithdrawn`, `NotOurEntry`, `NobodyToSendTo`.
    """
    people.require(actor, LIAISON)
    with node.stores.atomic():
        row = entries.require_open(entries.find(node, name))
        if row.owner == node.state or row.kind not in incoming.INTERESTING:
            raise NothingToShowInterestIn
        mine = entries.ours(node, own) if own else None
        if mine and not entries.entry_of(mine).may_go_to(row.owner):
            raise NobodyToSendTo(f"your own entry may not be shown to {row.owner}")
        body = letterbodies.interest(
            entries.entry_of(row), interested=is_, says=says.strip(), own=mine.entry if mine else ""
        )
        receiver = node.stores.letters.get(row.letter)
        letter = letters.send(
            node,
            actor,
            kind=incoming.INTEREST,
            receiver=receiver.sender if receiver else receiver_of(node, row.owner),
            body=body,
            thread=row.thread,
        )
        node.stores.assistance.add_interest(incoming.interest_row(node, letter, owner=row.owner))
    return letter


def holders(node: Node, actor: Actor, name: str) -> tuple[Holder, ...]:
    """To whom the entry of ours was sent, by State; raises `RoleMissing`, `NoSuchEntry` and `NotOurEntry`."""
    entries.require_reader(actor)
    return holders_of(node, entries.ours(node, name).entry)


def holders_of(node: Node, id: str) -> tuple[Holder, ...]:
    """To whom the entry of ours of that id was sent, by State."""
    last = {one.state: one for one in node.stores.assistance.sendings(id)}
    return tuple(
        Holder(state=state, version=last[state].version, withdrawn=last[state].withdrawal, at=last[state].at)
        for state in sorted(last)
    )


def interests(node: Node, actor: Actor, name: str = "") -> tuple[Interest, ...]:
    """What each State said last of the entry *name*, or of every entry; raises `RoleMissing` and `NoSuchEntry`."""
    entries.require_reader(actor)
    row = entries.find(node, name) if name else None
    found = node.stores.assistance.interests(row.owner, row.entry) if row else node.stores.assistance.interests()
    last = {(one.owner, one.entry, one.state): one for one in found}
    return tuple(
        Interest(
            entry=f"{one.owner}/{one.entry}",
            state=one.state,
            interested=one.interested,
            says=one.says,
            own=f"{one.state}/{one.own}" if one.own else "",
            person=one.person,
            at=one.at,
            ours=one.state == node.state,
        )
        for one in reversed(last.values())
    )


def receiver_of(node: Node, to: str) -> str:
    """The authority that is written to: the one named, or of the State *to* its contact point or first authority.

    Raises `NoSuchPartner`, `NobodyToSendTo` and `BadIdentifier`.
    """
    listed = partners.card_of(node, ids.require_state(to.partition("/")[0])).authorities
    if "/" in to:
        found = [one.id for one in listed if one.id == to]
    else:
        first = [one.id for one in listed if any(each.partition("(")[0] == _FIRST_ASKED for each in one.functions)]
        found = first or [one.id for one in listed]
    if not found:
        raise NobodyToSendTo(f"{to[:60]} names no authority that its card lists")
    return found[0]


def _allowed(node: Node, entry: Entry) -> list[str]:
    return [state for state in partners.all_cards(node) if entry.may_go_to(state)]


def _named_too(node: Node, actor: Actor, held: EntryRow, receivers: Iterable[str]) -> EntryRow:
    """*held*, shown to each of *receivers* as well."""
    if all(entries.entry_of(held).may_go_to(state) for state in receivers):
        return held
    to, named = core.audience(Visibility.NAMED, (*held.partners, *receivers))
    return _shown(node, actor, held, to, named)


def _take_back(node: Node, actor: Actor, row: EntryRow, *, says: str = "") -> None:
    """Send a withdrawal to each partner who holds the entry and may not have it any more."""
    entry = entries.entry_of(row)
    body = letterbodies.withdrawal(entry, says=says)
    for holder in holders_of(node, row.entry):
        if not holder.withdrawn and not entry.may_go_to(holder.state):
            last = [one for one in node.stores.assistance.sendings(row.entry) if one.state == holder.state][-1]
            _sent(node, actor, row, kind=incoming.WITHDRAWAL, receiver=last.receiver, body=body)


def _sent(node: Node, actor: Actor, row: EntryRow, *, kind: Kind, receiver: str, body: dict[str, object]) -> Letter:
    earlier = [one.thread for one in node.stores.assistance.sendings(row.entry) if one.state == receiver[:3]]
    thread = earlier[-1] if earlier else None
    letter = letters.send(node, actor, kind=kind, receiver=receiver, body=body, thread=thread)
    node.stores.assistance.add_sending(
        SendingRow(
            letter=letter.digest,
            entry=row.entry,
            version=row.version,
            withdrawal=kind is incoming.WITHDRAWAL,
            state=receiver[:3],
            receiver=receiver,
            thread=letter.thread,
            at=letter.at,
        )
    )
    return letter
