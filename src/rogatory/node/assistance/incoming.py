"""The kinds of letters about help, and what follows when a partner sends one.

A partner's entry is kept as the partner's: read here, changed by nobody here, each version once, the newest shown. A
withdrawal takes it off the lists and leaves every version in the log. An interest stands beside our entry, of which
the partner must have been told.
"""

from rogatory.assistance import kinds, letterbodies
from rogatory.assistance.entries import Act, Visibility
from rogatory.assistance.letterbodies import BadAssistanceLetter
from rogatory.assistance.shape import read
from rogatory.correspondence.letters import Letter
from rogatory.correspondence.threads import LetterDoesNotFit
from rogatory.node.assistance import entries
from rogatory.node.context import Node
from rogatory.node.correspondence.letters import Kind
from rogatory.ports.assistance import EntryRow, InterestRow

#: So many versions of one entry, and so many letters of one State about one entry of ours, are taken in.
MOST_VERSIONS = 500
MOST_INTERESTS = 100
#: What partners may show interest in.
INTERESTING = (kinds.NEED, kinds.OFFER, kinds.PROJECT, kinds.PRACTICE)


def _take_entry(node: Node, letter: Letter) -> None:
    """A partner's entry at one of its versions is now here."""
    owner, name, version = letter.sender[:3], letter.body["id"], letter.body["version"]
    body = read(kinds.shape_of(letter.kind), letter.body["entry"], foreign=True)
    held = {one.version: one for one in node.stores.assistance.versions(owner, name)}
    if any(one.kind != letter.kind for one in held.values()):
        raise LetterDoesNotFit("the entry is of another kind than it was")
    if version in held:
        if held[version].body != body and not held[version].withdrawn:
            raise BadAssistanceLetter(f"version {version} of the entry was sent before, and said something else")
        return
    if not held:
        entries.require_room(node, owner)
    _require_few(len(held), MOST_VERSIONS)
    node.stores.assistance.add(_received(node, letter, kind=letter.kind, body=body, withdrawn=False))


def _take_withdrawal(node: Node, letter: Letter) -> None:
    """A partner's entry is taken off our lists."""
    row = node.stores.assistance.entry(letter.sender[:3], letter.body["id"])
    if row is None:
        raise LetterDoesNotFit("the letter withdraws an entry that is not here")
    if letter.body["version"] > row.version:
        if row.withdrawn:
            _require_few(len(node.stores.assistance.versions(row.owner, row.entry)), MOST_VERSIONS)
        node.stores.assistance.add(_received(node, letter, kind=row.kind, body=dict(row.body), withdrawn=True))


def _take_interest(node: Node, letter: Letter) -> None:
    """A partner wants to speak about an entry of ours, or no longer does."""
    state, name = letter.sender[:3], letter.body["id"]
    row = node.stores.assistance.entry(node.state, name)
    told = any(one.state == state for one in node.stores.assistance.sendings(name)) if row else False
    if row is None or row.kind not in INTERESTING or not (told or entries.entry_of(row).is_public):
        raise LetterDoesNotFit("the letter is about no entry of ours that its sender was told of")
    before = [one for one in node.stores.assistance.interests(node.state, name) if one.state == state]
    _require_few(len(before), MOST_INTERESTS)
    node.stores.assistance.add_interest(interest_row(node, letter, owner=node.state))


def _require_few(held: int, most: int) -> None:
    """Nothing, while fewer than *most* letters about one entry are held; raises `TooManyEntries`."""
    if held >= most:
        raise entries.TooManyEntries(f"{most} letters about this entry are here already", remedy="Make a new entry.")


def interest_row(node: Node, letter: Letter, *, owner: str) -> InterestRow:
    """What *letter* says of interest in the entry of *owner*."""
    return InterestRow(
        letter=letter.digest,
        owner=owner,
        entry=letter.body["id"],
        version=letter.body["version"],
        state=letter.sender[:3],
        interested=letter.body["interested"],
        says=letter.body.get("says") or "",
        own=letter.body.get("own") or "",
        person=letter.person.name,
        at=node.clock.now(),
    )


def _received(node: Node, letter: Letter, *, kind: str, body: dict[str, object], withdrawn: bool) -> EntryRow:
    return EntryRow(
        owner=letter.sender[:3],
        entry=letter.body["id"],
        version=letter.body["version"],
        kind=kind,
        body=body,
        visibility=Visibility.PRIVATE,
        partners=(),
        withdrawn=withdrawn,
        act=Act.WITHDRAWN if withdrawn else Act.RECEIVED,
        restores=0,
        letter=letter.digest,
        thread=letter.thread,
        at=node.clock.now(),
        by="",
        by_name=letter.person.name,
    )


ENTRY_KINDS = {
    name: Kind(name=name, check=letterbodies.check_entry(name), roles=(entries.LIAISON,), follow=_take_entry)
    for name in kinds.SHAPES
}
WITHDRAWAL = Kind(
    name=letterbodies.WITHDRAWAL,
    check=letterbodies.check_withdrawal,
    roles=(entries.LIAISON,),
    follow=_take_withdrawal,
)
INTEREST = Kind(
    name=letterbodies.INTEREST, check=letterbodies.check_interest, roles=(entries.LIAISON,), follow=_take_interest
)
KINDS = (*ENTRY_KINDS.values(), WITHDRAWAL, INTEREST)
