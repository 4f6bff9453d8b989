"""Both sides hold the same chain of custody: what a partner is given of ours, and how its own compares.

Rules in words. The chain is given to the other side of the case and to nobody else; to others the exhibit is not here.
What the partner gives must verify on its own before it is looked at. Entries that we lack and that fit are taken over;
entries that cannot stand in one chain are a disagreement, which people are told and which changes nothing.
"""

from dataclasses import replace
from typing import Any

from rogatory.errors import Unavailable, Untrusted
from rogatory.evidence import custody, custody_compare
from rogatory.evidence.custody_compare import Comparison
from rogatory.kernel import canonical
from rogatory.node import partners, people
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, hands
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow

#: What one answer carries at most, in characters; the rest is asked for again.
MAX_ANSWERED = 4_000_000


class ChainNotGiven(Unavailable):
    """The partner did not give its chain of custody."""

    code = "chain-not-given"


class BadChainAnswer(Untrusted):
    """What the partner answered is no chain of custody."""

    code = "bad-chain-answer"


def custody_for(node: Node, sender: str, id: str, start: int = 0) -> dict[str, object]:
    """The custody of exhibit *id* from entry *start* (counted from 0) on, for the State *sender*, the other side.

    Raises `NoSuchExhibit` for anybody else, and for what was never handed over.
    """
    row = exhibits.get(node, id)
    if row.partner != sender or row.state == "sealed":
        raise exhibits.NoSuchExhibit(f"there is no exhibit {id} here")
    given: list[str] = []
    for signed in row.custody[start:]:
        if given and sum(map(len, given)) + len(signed) > MAX_ANSWERED:
            break
        given.append(signed)
    return {"exhibit": id, "count": len(row.custody), "start": start, "custody": given}


def compare_with_partner(node: Node, actor: Actor, id: str) -> Comparison:
    """How our chain of custody of exhibit *id* compares with the partner's now; what fits and we lacked is kept.

    Raises `PartnerUnreachable`, `ChainNotGiven`, `BadChainAnswer`, and as `custody.verify_custody` does when the
    partner's own chain does not hold.
    """
    people.require_reader(actor)
    row = exhibits.get(node, id)
    if row.state == "sealed":
        raise exhibits.NotInThatState("the exhibit was not handed over yet; there is nothing to compare")
    found = exhibits.manifest_of(row)
    theirs = _fetch(node, row)
    custody.verify_custody(theirs, manifest=found, signers=partners.ring_with_us(node))
    with node.stores.atomic():
        node.stores.ledger.lock()
        row = exhibits.get(node, id)
        compared = custody_compare.compare([one.encode() for one in row.custody], theirs, manifest=found)
        if compared.disagreement:
            node.stores.exhibits.put(replace(row, reason=compared.sentences()[-1]))
        elif compared.only_theirs:
            hands.keep(node, replace(row, custody=tuple(one.decode() for one in compared.merged)))
        told = f"{id}: {len(compared.only_ours)} only here, {len(compared.only_theirs)} only there"
        people.note(node, actor, "exhibit:custody:compare", row.case, told + f" {compared.disagreement}".rstrip())
    return compared


def _fetch(node: Node, row: ExhibitRow) -> tuple[bytes, ...]:
    address = partners.card_of(node, row.partner).address
    chain: list[bytes] = []
    while True:
        answer = node.transport.custody(address, row.id, len(chain))
        if answer.status != 200:
            raise ChainNotGiven(f"{answer.message} ({answer.code or answer.status})", remedy=answer.remedy)
        given, count = _read(canonical.loads_object(answer.body), row.id, len(chain))
        chain += given
        if len(chain) >= count or not given:
            return tuple(chain)


def _read(said: dict[str, Any], id: str, start: int) -> tuple[list[bytes], int]:
    given, count = said.get("custody"), said.get("count")
    if (said.get("exhibit"), said.get("start")) != (id, start) or not isinstance(given, list):
        raise BadChainAnswer
    if not isinstance(count, int) or isinstance(count, bool) or not 0 < count <= custody.MAX_ENTRIES:
        raise BadChainAnswer(f"a chain of custody has 1 to {custody.MAX_ENTRIES} entries")
    if start + len(given) > count or not all(isinstance(one, str) and one.isascii() for one in given):
        raise BadChainAnswer
    return [one.encode() for one in given], count
