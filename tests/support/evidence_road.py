"""A road to a partner that keeps what it gets as files, and a clock that runs ahead."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.support.partner import Partner

from rogatory.kernel import canonical
from rogatory.node import partners
from rogatory.ports.world import Answer, Clock, PartnerUnreachable
from rogatory.sealing import envelope, receipts
from rogatory.site import wiring


class FolderRoad:
    """A road to France, whose node keeps what it gets as files in *folder*: it outlives the processes of ours."""

    def __init__(self, folder: Path, france: Partner) -> None:
        self.folder, self.france = folder, france

    def post_envelope(self, address: str, data: bytes) -> Answer:
        read = envelope.read_envelope(data)
        inside = self.france.keys.identities()[self.france.authority]
        ring = partners.ring_with_us(wiring.node())
        at = wiring.node().clock.now()
        message = envelope.open_envelope(envelope.verify_envelope(read, ring, now=at), {read.receiver: inside})
        known = self.folder / f"{read.envelope}.receipt"
        if known.exists():
            told = {"code": "envelope-replayed", "message": "again", "receipt": known.read_text(encoding="ascii")}
            return Answer(status=409, code="envelope-replayed", body=canonical.dumps(told))
        receipt = receipts.make_receipt(
            receipts.Receipt(
                envelope=read.envelope,
                sealed_sha256=read.sealed_sha256,
                message=hashlib.sha256(message).hexdigest(),
                result=receipts.STORED,
                at=at,
                sender=read.receiver,
                receiver=read.sender,
            ),
            key=self.france.keys.signing_key(self.france.authority, at),
        )
        (self.folder / f"{read.envelope}.message").write_bytes(message)
        known.write_bytes(receipt)
        return Answer(status=200, code="", body=receipt)

    def get_part(self, address: str, exhibit: str, number: int) -> Answer:
        raise PartnerUnreachable("nobody gives parts back on this road")

    def get_parts_list(self, address: str, exhibit: str) -> Answer:
        raise PartnerUnreachable("nobody gives parts back on this road")

    def missing_parts(self, address: str, exhibit: str) -> Answer:
        listed = self.folder / f"{exhibit}.list"
        count = listed.stat().st_size // 32 if listed.exists() else 1
        lacking = [number for number in range(count) if not (self.folder / f"{exhibit}.{number}").exists()]
        return Answer(
            status=200, code="", body=json.dumps({"parts_list": listed.exists(), "missing": lacking}).encode()
        )

    def put_parts_list(self, address: str, exhibit: str, data: bytes) -> Answer:
        (self.folder / f"{exhibit}.list").write_bytes(data)
        return Answer(status=200, code="", body=b"{}")

    def put_part(self, address: str, exhibit: str, number: int, data: bytes, *, sha256: bytes) -> Answer:
        assert hashlib.sha256(data).digest() == sha256
        (self.folder / f"{exhibit}.{number}").write_bytes(data)
        return Answer(status=200, code="", body=b"{}")


class Later(Clock):
    """The node's clock, *ahead*."""

    def __init__(self, real: Clock, ahead: timedelta) -> None:
        self._real, self._ahead = real, ahead

    def now(self) -> Any:
        return self._real.now() + self._ahead
