"""Exporting a case: one bundle that proves it offline, signed by the authority of the person who exports.

Rules in words. What the bundle holds is read in one transaction while the ledger is locked, so that all proofs are
under one checkpoint: the newest that satisfies the witness policy and covers the case, else the newest there is. The
sealed exhibits, which never change, are copied afterwards. Receipts of both directions, the cards of every State that
signed or cosigned, the time-stamp of exactly that checkpoint, the whole custody as this node holds it, and the page
that checks it all go along. An export is recorded when it begins and again, with the SHA-256 of the file, when it is
written.
"""

from collections.abc import Sequence
from typing import BinaryIO

import rogatory
from rogatory.bundle import verify_page
from rogatory.bundle import write as bundle
from rogatory.bundle.write import BundleSummary, Contents, ExhibitFiles, Exporter, Progress
from rogatory.casefile.exhibits import Exhibit
from rogatory.casefile.fold import CaseFile, fold
from rogatory.evidence.custody import read_entry
from rogatory.ledger.checkpoint import read_checkpoint
from rogatory.node import partners, people, record
from rogatory.node.context import Node
from rogatory.node.evidence import headers
from rogatory.node.issuing import NotOurAuthority
from rogatory.node.ledger import proving, timestamps, witnessing
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
    page = verify_page.template()
    summary = bundle.write(contents, sink, exporter=exporter, page=page, progress=progress)
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
    logged = [entry for one in file.exhibits for entry in node.stores.exhibits.logged_of(one)]
    indices = [*(row.ledger_index for row in rows), *(entry.ledger_index for entry in logged)]
    proved = [*(row.digest for row in rows), *(entry.digest for entry in logged)]
    checkpoint = _checkpoint(node, 1 + max(indices))
    stamped = timestamps.of_checkpoint(node, checkpoint)
    return Contents(
        messages=held,
        cards=_cards(node, file, exhibits, checkpoint),
        receipts=_receipts(node, case, rows),
        proofs=[proving.proof(node, digest, under=checkpoint) for digest in proved],
        checkpoint=checkpoint,
        time_stamp=stamped.token if stamped else None,
        exhibits=exhibits,
    )


def _checkpoint(node: Node, covering: int) -> str:
    """The newest checkpoint of at least *covering* entries that satisfies the witness policy; else the newest."""
    return witnessing.newest_witnessed(node, covering=covering) or proving.checkpoint_text(node)


def _cards(node: Node, file: CaseFile, exhibits: Sequence[ExhibitFiles], checkpoint: str) -> list[Card]:
    """Our own card, and all of the other side and of every State that signed in a custody or cosigned *checkpoint*."""
    known = [*partners.card_history(node), cards.read_card(partners.own_card(node))]
    states = {file.requesting[:3], file.requested[:3]}
    for exhibit in exhibits:
        states |= {read_entry(signed).unverified_entry.holder[:3] for signed in exhibit.custody}
    cosigners = {signature.name for signature in read_checkpoint(checkpoint).note.signatures}
    states |= {card.state for card in known if card.ledger.witness and card.ledger.witness.split("+")[0] in cosigners}
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
        header=headers.header_of(node, row) if row is not None and here else None,
        open_sealed=(lambda: node.blobs.open(row.sealed_blob)) if row is not None and here else None,
    )
