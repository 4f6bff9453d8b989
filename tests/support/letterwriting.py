"""A partner made of keys that writes letters, right or wrong on purpose, and takes ours in."""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.support.partner import Partner

from rogatory.correspondence import letters
from rogatory.correspondence.letters import Letter, Place, Writer
from rogatory.kernel import ids
from rogatory.node import intake
from rogatory.node.context import Node
from rogatory.ports.world import Answer
from rogatory.sealing import envelope, jws, receipts

US = "VNM/contact-point"
OFFICER = Writer(name="Camille Martin", role="duty-officer")


class Correspondent:
    """A partner State as a writer of letters to *node*."""

    def __init__(self, node: Node, partner: Partner) -> None:
        self.node, self.partner = node, partner
        periods = node.unlock().authority(US).card_encryption()
        self._recipients = tuple(period.recipient for period in periods)

    def letter(
        self,
        kind: str,
        body: Mapping[str, Any],
        *,
        place: Place | None = None,
        at: datetime | None = None,
        **changes: Any,
    ) -> Letter:
        """A signed letter to us; *changes* replace members of its payload."""
        at = at or self.node.clock.now()
        payload = letters.payload(
            kind=kind,
            id=ids.new_id(os.urandom(17)),
            place=place or Place(thread=ids.new_id(os.urandom(17))),
            sender=self.partner.authority,
            receiver=US,
            at=at,
            exercise=self.partner.exercise,
            person=OFFICER,
            body=body,
        )
        payload.update(changes)
        key = self.partner.keys.signing_key(self.partner.authority, at)
        return letters.parse(payload, jws.sign(payload, key=key, typ=letters.TYP))

    def seal(self, signed: bytes) -> bytes:
        """*signed* in an envelope of this State to our contact point."""
        return self.partner.seal(signed, to=US, recipients=self._recipients, at=self.node.clock.now())

    def deliver(self, letter: Letter) -> str:
        """The receipt of our node for *letter*."""
        return intake.receive(self.node, self.seal(letter.jws))

    def write(self, kind: str, body: Mapping[str, Any], **more: Any) -> Letter:
        """A letter that our node has taken in."""
        letter = self.letter(kind, body, **more)
        self.deliver(letter)
        return letter

    def opened(self, data: bytes) -> Letter:
        """The letter inside an envelope of ours, opened as the partner would."""
        verified_at = envelope.read_envelope(data)
        identities = self.partner.keys.identities()
        ours = self.node.unlock().signing_key(verified_at.sender, verified_at.at).public
        inner = envelope.open_envelope(
            envelope.VerifiedEnvelope(
                envelope=verified_at.envelope,
                sender=verified_at.sender,
                receiver=verified_at.receiver,
                at=verified_at.at,
                suite=verified_at.suite,
                sealed_sha256=verified_at.sealed_sha256,
                digest=verified_at.digest,
                signer=None,  # type: ignore[arg-type]
                sealed=verified_at.sealed,
            ),
            identities,
        )
        return letters.parse(jws.verify(inner, key=ours, typ=letters.TYP), inner)

    def receipt(self, data: bytes, **changes: Any) -> Answer:
        """The partner's signed receipt for an envelope of ours, as it would come back over the road."""
        read = envelope.read_envelope(data)
        at = self.node.clock.now()
        receipt = receipts.Receipt(
            envelope=read.envelope,
            sealed_sha256=read.sealed_sha256,
            message=self.opened(data).digest,
            result=receipts.STORED,
            at=at,
            sender=read.receiver,
            receiver=read.sender,
        )
        key = self.partner.keys.signing_key(read.receiver, at)
        return Answer(status=200, code="", body=receipts.make_receipt(replace(receipt, **changes), key=key))
