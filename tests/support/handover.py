"""An exhibit that France hands over in answer to our request: announced and given part by part, as a test likes."""

import hashlib
import io
import os
from dataclasses import replace
from typing import Any

from tests.support.partner import Partner, stored_data_contents

from rogatory.casefile.messages import Message
from rogatory.evidence import custody, manifest, sealer
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.kernel import ids
from rogatory.node import drafting, intake
from rogatory.node.context import Node
from rogatory.node.evidence import transfer
from rogatory.node.people import Actor
from rogatory.sealing import age

US = "VNM/contact-point"
PART = 64 * 1024
People = dict[str, Actor]


class Handover:
    """France answers our request with an exhibit; a test sends its parts as it likes."""

    def __init__(
        self, node: Node, people: People, france: Partner, recipients: tuple[str, ...], content: bytes
    ) -> None:
        self.node, self.france, self.recipients, self.content = node, france, recipients, content
        draft = drafting.start_request(
            node, people["drafter"], measure="stored-data", receiver=france.authority, contents=stored_data_contents()
        )
        drafting.submit(node, people["drafter"], draft.id)
        self.request = drafting.approve(node, people["approver"], draft.id)
        self.sink = io.BytesIO()
        self.sealed = sealer.seal(
            io.BytesIO(content), self.sink, begun=age.new_header(recipients, os.urandom), part_size=PART
        )
        self.last = self.say("decision", {"outcome": "accepted"}, self.request)
        self.manifest = self.make_manifest()
        self.id = self.manifest.exhibit

    def make_manifest(self, **changes: Any) -> Manifest:
        made = Manifest(
            exhibit=ids.new_id(os.urandom(17)),
            case=self.request.case,
            answers=self.request.digest,
            provision="44(1)",
            name="mailbox.mbox",
            media_type="application/mbox",
            description="A mailbox",
            sha256=self.sealed.sha256,
            size=self.sealed.size,
            parts=self.sealed.parts,
            sealed_by=self.france.authority,
            person="Inès Moreau",
            receivers=(US,),
            recipients=self.recipients,
            at=self.node.clock.now(),
            conditions=Conditions(use="This investigation only"),
        )
        return replace(made, **changes)

    def say(self, kind: str, body: dict[str, Any], after: Message) -> Message:
        at = self.node.clock.now()
        message = self.france.message(
            kind,
            body,
            case=self.request.case,
            to=US,
            at=at,
            follows=(after.digest,),
            number=after.number + 1,
            regarding=self.request.digest,
        )
        intake.receive(self.node, self.france.seal(message.jws, to=US, recipients=self.recipients, at=at))
        return message

    def announce(self, said: Manifest | None = None) -> Message:
        said = said or self.manifest
        at = self.node.clock.now()
        key = self.france.keys.signing_key(self.france.authority, at)
        chain: tuple[bytes, ...] = ()
        deed = Deed(act=Act.SEALED, holder=self.france.authority, person="Inès Moreau", at=at)
        root = said.parts.root
        chain = custody.record(chain, replace(deed, sha256=said.sha256, root=root), manifest=said, key=key)
        chain = custody.record(chain, replace(deed, act=Act.SENT, to=US, root=root), manifest=said, key=key)
        body = {
            "exhibit": said.exhibit,
            "manifest": manifest.make_manifest(said, key=key).decode(),
            "custody": [entry.decode() for entry in chain],
        }
        return self.say("delivery", body, self.last)

    def part(self, number: int) -> bytes:
        return self.sink.getvalue()[number * PART : (number + 1) * PART]

    def give_list(self) -> None:
        transfer.take_parts_list(self.node, "FRA", self.id, self.sealed.part_digests)

    def give(self, number: int) -> bool:
        return self.offer(number, self.part(number))

    def offer(self, number: int, data: bytes) -> bool:
        part = transfer.Part(number=number, data=data, sha256=hashlib.sha256(data).digest())
        return transfer.take_part(self.node, "FRA", self.id, part)

    def give_all(self) -> None:
        self.give_list()
        for number in range(self.sealed.parts.count):
            self.give(number)
