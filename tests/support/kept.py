"""Sealed exhibits as a node keeps them, and every way in which a disk can spoil them."""

import io
import os
from dataclasses import dataclass
from datetime import datetime

from rogatory.evidence import manifest, sealer
from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.kernel import ids
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.ports.blobs import Blobs
from rogatory.ports.evidence import ExhibitRow
from rogatory.sealing import age
from rogatory.sealing.recipients import X25519Identity

PART = 64 * 1024
US = "VNM/contact-point"


@dataclass(frozen=True)
class Kept:
    """One exhibit of 64 KiB parts: its row, its sealed bytes and its part list."""

    row: ExhibitRow
    sealed: bytes
    part_list: bytes

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def count(self) -> int:
        return len(self.part_list) // 32


def put(blobs: Blobs, name: str, data: bytes) -> None:
    writer = blobs.create(name)
    writer.file.write(data)
    writer.commit()


def keep(node: Node, content: bytes, at: datetime, *, state: str = "received", ours: bool = False) -> Kept:
    """An exhibit of *content* that *node* keeps."""
    sink = io.BytesIO()
    recipients = (X25519Identity(os.urandom(32)).recipient,)
    begun = age.new_header(recipients, os.urandom)
    sealed = sealer.seal(io.BytesIO(content), sink, begun=begun, part_size=PART)
    made = Manifest(
        exhibit=ids.new_id(os.urandom(17)),
        case="VNM-FRA-2028-0001-7Q4K2M9XAB",
        answers="0" * 64,
        provision="44(1)",
        name="mailbox.mbox",
        media_type="application/mbox",
        description="A mailbox",
        sha256=sealed.sha256,
        size=sealed.size,
        parts=sealed.parts,
        sealed_by=US if ours else "FRA/contact-point",
        person="Inès Moreau",
        receivers=("FRA/contact-point" if ours else US,),
        recipients=tuple(str(one) for one in recipients),
        at=at,
        conditions=Conditions(use="This investigation only"),
    )
    row = ExhibitRow(
        id=made.exhibit,
        case=made.case,
        request=made.answers,
        ours=ours,
        partner="FRA",
        state=state,
        manifest=manifest.make_manifest(made, key=node.unlock().signing_key(US, at)).decode(),
        parts_list=exhibits.blob_name(made.exhibit, "parts"),
        custody=(),
        sealed_blob=exhibits.blob_name(made.exhibit),
        changed_at=at,
    )
    put(node.blobs, row.sealed_blob, sink.getvalue())
    put(node.blobs, row.parts_list, sealed.part_digests)
    with node.stores.atomic():
        node.stores.exhibits.add(row)
    return Kept(row, sink.getvalue(), sealed.part_digests)
