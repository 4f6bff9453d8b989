"""Receipts: a node's signed word that an envelope reached it, what became of it, and where its ledger shows it.

A receipt is signed by the authority that received, names the envelope and the digests of what came, and is the same
however often the same envelope is delivered. `stored` means: the message is durably stored and in the ledger.
`not-understood` means: it is stored, and its kind or version is newer than this node; a person must look.
Source: spec/envelope.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rogatory.errors import Untrusted
from rogatory.kernel.canonical import JSONObject
from rogatory.kernel.digests import require_digest
from rogatory.kernel.ids import require_authority, require_id
from rogatory.kernel.times import stamp
from rogatory.sealing import fields, jws
from rogatory.sealing.fields import BadField
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.keys import SigningKey

TYPE = "rogatory-receipt+jws"
MAX_RECEIPT = 64 * 1024
STORED = "stored"
NOT_UNDERSTOOD = "not-understood"
_RESULT = re.compile(r"[a-z][a-z-]{0,39}")


class ReceiptDiffers(Untrusted):
    """The receipt is genuine, but is not for the envelope that was sent."""

    code = "receipt-differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPlace:
    """Where the receiver's ledger shows the message: the entry's index, and a checkpoint that covers it (text)."""

    index: int
    checkpoint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receipt says; `sender` issued it and `receiver` is the authority whose envelope it answers.

    `envelope` is the envelope's name, `sealed_sha256` the digest of its age file, `message` that of the message's
    JWS. `result` is `stored`, `not-understood`, or a word of a later version; `reason` a code, for people to look up.
    """

    envelope: str
    sealed_sha256: str
    message: str
    result: str
    at: datetime
    sender: str
    receiver: str
    ledger: LedgerPlace | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnverifiedReceipt:
    """A receipt whose form is right and whose signature nobody has checked yet."""

    receipt: Receipt
    signed: jws.Unverified = field(repr=False)


def make_receipt(receipt: Receipt, *, key: SigningKey) -> bytes:
    """*receipt* signed by *key* of its sender; raises `BadField` when `read_receipt` would not accept it."""
    payload: JSONObject = {
        "v": 1,
        "envelope": receipt.envelope,
        "sealed_sha256": receipt.sealed_sha256,
        "message": receipt.message,
        "result": receipt.result,
        "at": stamp(receipt.at),
        "from": receipt.sender,
        "to": receipt.receiver,
        "ledger": _place_object(receipt.ledger),
        "reason": receipt.reason,
    }
    _receipt(payload)
    return jws.sign(payload, key=key, typ=TYPE)


def read_receipt(data: bytes) -> UnverifiedReceipt:
    """The receipt in *data*, at most 64 KiB; raises `BadJWS`, `BadJSON` or `BadField`."""
    signed = jws.read(data, typ=TYPE, limit=MAX_RECEIPT)
    return UnverifiedReceipt(receipt=_receipt(signed.payload), signed=signed)


def verify_receipt(data: bytes, ring: KeyRing, *, now: datetime | None) -> Receipt:
    """The receipt in *data*, signed by a key that spoke for its sender when it was made.

    *now* is the time at which it arrives, or None when an old one is checked again. Raises as `read_receipt`, and
    `UnknownKey`, `BadSignature`, `KeyNotValidThen` or `KeyRevoked`.
    """
    unverified = read_receipt(data)
    receipt, signed = unverified.receipt, unverified.signed
    jws.verify_read(signed, key=ring.key(signed.kid))
    if now is None:
        ring.signer(signed.kid, at=receipt.at, authority=receipt.sender)
    else:
        ring.fresh_signer(signed.kid, at=receipt.at, now=now, authority=receipt.sender)
    return receipt


def match_receipt(receipt: Receipt, *, envelope: str, sealed_sha256: str, message: str, by: str) -> None:
    """Return in silence when *receipt* is for that envelope and message, from *by*; raises `ReceiptDiffers`."""
    wanted = {"envelope": envelope, "sealed_sha256": sealed_sha256, "message": message, "sender": by}
    for name, value in wanted.items():
        if getattr(receipt, name) != value:
            raise ReceiptDiffers(f"the receipt is genuine, but its {name} is {getattr(receipt, name)}, not {value}")


def _receipt(payload: Mapping[str, Any]) -> Receipt:
    where = "receipt"
    fields.version(payload, where)
    result = fields.text(payload, "result", where, limit=40)
    if not _RESULT.fullmatch(result):
        raise BadField(f"'result' is not a word such as {STORED}", where=where)
    reason = None if payload.get("reason") is None else fields.text(payload, "reason", where, limit=200)
    return Receipt(
        envelope=fields.checked(payload, "envelope", where, require_id),
        sealed_sha256=fields.checked(payload, "sealed_sha256", where, require_digest),
        message=fields.checked(payload, "message", where, require_digest),
        result=result,
        at=fields.time(payload, "at", where),
        sender=fields.checked(payload, "from", where, require_authority),
        receiver=fields.checked(payload, "to", where, require_authority),
        ledger=_place(payload, where),
        reason=reason,
    )


def _place(payload: Mapping[str, Any], where: str) -> LedgerPlace | None:
    if payload.get("ledger") is None:
        return None
    source = fields.mapping(payload, "ledger", where)
    return LedgerPlace(
        index=fields.number(source, "index", where),
        checkpoint=fields.text(source, "checkpoint", where, limit=16 * 1024),
    )


def _place_object(place: LedgerPlace | None) -> JSONObject | None:
    return None if place is None else {"index": place.index, "checkpoint": place.checkpoint}
