"""A node that came back from a backup: is its ledger the newest that others know, or has it gone back in time?

Partners that follow our log hold its newest checkpoint. Our own is put before each of them as before a witness: one
that holds a larger log says so. Nothing is changed here by asking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rogatory.errors import RogatoryError
from rogatory.ledger import checkpoint, witness
from rogatory.ledger.witness import Submission
from rogatory.node import partners, people
from rogatory.node.context import Node
from rogatory.node.people import Actor

#: What a partner's answer means: it knows our log as we do, shorter, longer, differently, not at all; or did not say.
SAME, LESS, MORE, OTHER, NOTHING, SILENT = "same", "less", "more", "other", "nothing", "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the State *state* knows of our log, of which we have *ours* entries; *theirs* where it told a number."""

    state: str
    answer: str
    ours: int
    theirs: int | None
    reason: str = ""


def ask(node: Node, actor: Actor) -> Sequence[Known]:
    """What each partner knows of our log, by State (administrator)."""
    people.require(actor, "administrator")
    head = node.stores.ledger.head()
    found = [_ask(node, state, head.checkpoint) for state in sorted(partners.all_cards(node))]
    with node.stores.atomic():
        said = ", ".join(f"{one.state} {one.answer}" for one in found) or "no partner"
        people.note(node, actor, "ledger:partners:ask", node.state, said)
    return found


def is_behind(found: Sequence[Known]) -> bool:
    """Whether a partner knows more of our log than we do, or another log under our name."""
    return any(one.answer in (MORE, OTHER) for one in found)


def is_confirmed(found: Sequence[Known]) -> bool:
    """Whether some partner knows our log, and none knows more of it than we do."""
    return not is_behind(found) and any(one.answer in (SAME, LESS) for one in found)


def _ask(node: Node, state: str, text: str) -> Known:
    if not text:
        return Known(state=state, answer=SILENT, ours=0, theirs=None, reason="our ledger is empty")
    ours = checkpoint.read_checkpoint(text).checkpoint.size
    try:
        address = partners.card_of(node, state).address
        answer = node.transport.add_checkpoint(address, Submission(old=ours, proof=(), text=text).to_bytes())
        if answer.status == 200:
            return Known(state=state, answer=SAME, ours=ours, theirs=ours)
        if answer.status == 404:
            return Known(state=state, answer=NOTHING, ours=ours, theirs=None, reason=answer.message)
        if answer.status != 409:
            return Known(state=state, answer=SILENT, ours=ours, theirs=None, reason=answer.message)
        theirs = witness.read_size(answer.body)
    except RogatoryError as error:
        return Known(state=state, answer=SILENT, ours=ours, theirs=None, reason=error.message)
    word = MORE if theirs > ours else OTHER if theirs == ours else LESS if theirs else NOTHING
    return Known(state=state, answer=word, ours=ours, theirs=theirs)
