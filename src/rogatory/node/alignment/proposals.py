"""Proposals on this node: made once for a text, kept, and read by the pages.

They are derived from the text and the glossary, and are made anew when the glossary changes. They never judge.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rogatory.alignment.national.model import NationalProvision
from rogatory.alignment.proposing import glossaries, ranking
from rogatory.alignment.proposing.model import Match, Proposal, Proposals
from rogatory.node import people
from rogatory.node.alignment import texts
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.alignment import ProposalsRow, TextRow

#: How many proposals are kept for an obligation out of one text, and how many of all texts a page shows first.
KEPT = 20
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One proposal with the text and the provision that it is about."""

    text: TextRow
    provision: NationalProvision
    proposal: Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFor:
    """What is proposed for one obligation or article out of several texts, best first.

    `found` is false where no text has anything that comes near; `how` names each way of ranking that was used;
    `waiting` are texts for which proposals have still to be made.
    """

    number: str
    found: bool
    how: tuple[str, ...]
    waiting: tuple[TextRow, ...]
    proposed: tuple[Proposed, ...]


def propose(node: Node, actor: Actor, text: str) -> int:
    """Make and keep the proposals out of *text* for every obligation and article; for how many something came near.

    Raises `RoleMissing` and `NoSuchText`.
    """
    people.require(actor, texts.ASSESSOR)
    found = ranking.propose(texts.text(node, text), node.law, limit=KEPT)
    state = glossaries.digest()
    with node.stores.atomic():
        texts.text_row(node, text)
        node.stores.alignment.put_proposals(_row(text, one, state) for one in found)
        people.note(node, actor, "align:text:propose", text, f"{len(found)} by {state[:16]}")
    return sum(one.found for one in found)


def proposed_for(node: Node, rows: Sequence[TextRow], number: str, *, limit: int = SHOWN) -> ProposedFor:
    """What is proposed for *number* out of the texts *rows*."""
    return proposed_each(node, rows, (number,), limit=limit)[number]


def proposed_each(
    node: Node, rows: Sequence[TextRow], numbers: Sequence[str], *, limit: int = SHOWN
) -> dict[str, ProposedFor]:
    """What is proposed for each of *numbers* out of the texts *rows*; the provisions are read together."""
    state = glossaries.digest()
    kept = node.stores.alignment.proposals([row.id for row in rows], numbers)
    waiting = tuple(row for row in rows if not any(one.text == row.id and one.glossary == state for one in kept))
    best = {number: _best([one for one in kept if one.number == number], limit) for number in numbers}
    keys = {(text, proposal.key) for ranked in best.values() for text, proposal in ranked}
    held = dict(_named(node, rows, keys))
    by_id = {row.id: row for row in rows}
    return {
        number: ProposedFor(
            number=number,
            found=any(one.found for one in kept if one.number == number),
            how=tuple(sorted({one.how for one in kept if one.number == number})),
            waiting=waiting,
            proposed=tuple(
                Proposed(text=by_id[text], provision=held[text, proposal.key], proposal=proposal)
                for text, proposal in best[number]
                if (text, proposal.key) in held
            ),
        )
        for number in numbers
    }


def is_current(node: Node, text: str) -> bool:
    """Whether the proposals out of *text* were made by the glossary as it is now."""
    return node.stores.alignment.proposed(text) == glossaries.digest()


def from_row(row: ProposalsRow) -> Proposals:
    """The proposals in a row."""
    return Proposals(
        number=row.number, found=row.found, how=row.how, proposals=tuple(_proposal(one) for one in row.proposals)
    )


def _row(text: str, made: Proposals, state: str) -> ProposalsRow:
    return ProposalsRow(
        text=text,
        number=made.number,
        found=made.found,
        how=made.how,
        glossary=state,
        proposals=[asdict(one) for one in made.proposals],
    )


def _best(kept: Sequence[ProposalsRow], limit: int) -> list[tuple[str, Proposal]]:
    ranked = [(row.text, proposal) for row in kept for proposal in from_row(row).proposals]
    return sorted(ranked, key=lambda one: -one[1].score)[:limit]


def _named(
    node: Node, rows: Sequence[TextRow], keys: set[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], NationalProvision]]:
    for row in rows:
        wanted = sorted(key for text, key in keys if text == row.id)
        for one in node.stores.alignment.named(row.id, wanted) if wanted else ():
            yield (row.id, one.key), texts.provision(one)


def _proposal(told: Mapping[str, Any]) -> Proposal:
    return Proposal(
        key=told["key"],
        score=told["score"],
        concepts=tuple(told["concepts"]),
        matches=tuple(
            Match(passage=one["passage"], spans=tuple((start, end) for start, end in one["spans"]))
            for one in told["matches"]
        ),
    )
