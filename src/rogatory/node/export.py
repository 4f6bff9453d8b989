"""Exporting a case: one bundle that proves it offline, signed by the authority of the person who exports.

Rules in words. What the bundle holds is read in one transaction while the ledger is locked, so that all proofs are
under one checkpoint; the sealed exhibits, which never change, are copied afterwards. Receipts of both directions, the
cards of every State that signed, and the whole custody as this node holds it go along. An export is recorded when it
begins and again, with the SHA-256 of the file, when it is written.
"""

from collections.abc import Sequence
from typing import BinaryIO

import rogatory
from rogatory.bundle import write as bundle
from rogatory.bundle.write import BundleSummary, Contents, ExhibitFiles, Exporter, Progress
from rogatory.casefile.exhibits import Exhibit
from rogatory.casefile.fold import CaseFile, fold
from rogatory.evidence.custody import read_entry
from rogatory.node import ledger, partners, people, record
from rogatory.node.context import Node
from rogatory.node.issuing import NotOurAuthority
from rogatory.node.people import Actor
from rogatory.ports.exchange import MessageRow
from rogatory.sealing import cards
from rogatory.sealing.cards import Card

ACTION = "case:bundle:export"


def write_bundle(
    node: Node,
    actor: Actor,
    case: str,
    sink: BinaryIO,
    *,
    with_exhibits: bool = True,
    progress: Progress | None = None,
) -> BundleSummary:
    """Write the bundle of *case* to *sink*, with the sealed exhibits that are here unless *with_exhibits* is false.

    *progress* sees the bytes written so far. Raises `NoSuchCase`, `RoleMissing`, `NotOurAuthority`,
    `TooManyMembers`, and `ChangedWhileRead` when the disk fails meanwhile; what the sink then holds is worthless.
    """
    people.require_reader(actor)
    if actor.authority not in node.authorities:
        raise NotOurAuthority(f"{actor.authority} is not an authority of this node")
    with node.stores.atomic():
        node.stores.ledger.lock()
        contents = _contents(node, case, with_exhibits=with_exhibits)
        people.note(node, actor, ACTION, case, "begun")
    now = node.clock.now()
    exporter = Exporter(
        authority=actor.authority,
        at=now,
        program=f"rogatory {rogatory.__version__}",
        key=node.unlock().signing_key(actor.authority, now),
    )
    summary = bundle.write(contents, sink, exporter=exporter, progress=progress)
    with node.stores.atomic():
        people.note(node, actor, ACTION, case, f"{summary.size} bytes, SHA-256 {summary.sha256}")
    return summary


def _contents(node: Node, case: str, *, with_exhibits: bool) -> Contents:
    rows = node.stores.messages.of_case(case)
    if not rows:
        raise record.NoSuchCase(f"there is no case {case} here")
    held = [record.from_row(row) for row in rows]
    file = fold(held)
    exhibits = [_exhibit(node, one, with_exhibits=with_exhibits) for one in file.exhibits.values()]
    return Contents(
        messages=held,
        cards=_cards(node, file, exhibits),
        receipts=_receipts(node, case, rows),
        proofs=[ledger.proof(node, row.digest) for row in rows],
        checkpoint=ledger.checkpoint_text(node),
        exhibits=exhibits,
    )


def _cards(node: Node, file: CaseFile, exhibits: Sequence[ExhibitFiles]) -> list[Card]:
    """Our own card, and all of the other side and of every State whose authority signed in a custody."""
    known = [*partners.card_history(node), cards.read_card(partners.own_card(node))]
    states = {file.requesting[:3], file.requested[:3]}
    for exhibit in exhibits:
        states |= {read_entry(signed).unverified_entry.holder[:3] for signed in exhibit.custody}
    return [card for card in known if card.state in states]


def _receipts(node: Node, case: str, rows: Sequence[MessageRow]) -> list[bytes]:
    theirs = [row.digest for row in rows if not row.ours]
    got = [delivery.receipt for delivery in node.stores.outbox.of_case(case)]
    given = [arrived.receipt for arrived in node.stores.inbox.for_messages(theirs)]
    return [receipt.encode() for receipt in (*got, *given) if receipt]


def _exhibit(node: Node, exhibit: Exhibit, *, with_exhibits: bool) -> ExhibitFiles:
    row = node.stores.exhibits.get(exhibit.id)
    custody = row.custody if row else exhibit.custody
    here = row is not None and with_exhibits and node.blobs.exists(row.sealed_blob)
    digests = None
    if row is not None and row.parts_list and node.blobs.exists(row.parts_list):
        with node.blobs.open(row.parts_list) as listing:
            digests = listing.read()
    return ExhibitFiles(
        exhibit=exhibit.id,
        manifest=exhibit.manifest.encode(),
        custody=[entry.encode() for entry in custody],
        part_digests=digests,
        open_sealed=(lambda: node.blobs.open(row.sealed_blob)) if row is not None and here else None,
    )
