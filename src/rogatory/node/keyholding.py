"""The keys in the hands of custodians: split among them, joined again, and drilled.

Rules in words. The keys of the node are sealed a second time, to a key whose secret nobody has: it was split into
shares when it was made, so many of which give it back, and the shares were handed to custodians. The shares stay good
when the keys change, because the recovery file is sealed anew at every change. A drill shows that so many custodians
can open that file today and that it holds the present keys; it reveals nothing and is recorded, also when it fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rogatory.errors import BadInput, NotFound, NotPermitted, RogatoryError
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.sealing import splitting
from rogatory.sealing.keystore import Keystore, Recovery
from rogatory.sealing.recipients import HybridIdentity
from rogatory.sealing.splitting import SECRET_SIZE, KeyShare

#: A drill is due when the last one is older than this, or when there was none since the keys were split.
DRILL_EVERY = timedelta(days=365)
MAX_NAME = 200
_REHEARSED = "keys:recovery:rehearse"
_LINES_READ = 1000


class NotSplit(NotFound):
    """The keys of this node are not split among custodians."""

    code = "keys-not-split"
    remedy = "Split them: rogatory keys split --threshold 2 --shares 3."


class BadCustodian(BadInput):
    """A custodian has no name that can be recorded."""

    code = "bad-custodian"
    remedy = f"Give one --custodian NAME for each share, all different, of 1 to {MAX_NAME} printable signs."


class RecoveryOutdated(NotPermitted):
    """The recovery file opens, but does not hold the present keys."""

    code = "recovery-outdated"
    remedy = "Rotate the keys, which writes the file anew; and find out who put an old recovery file in its place."


class KeysOfAnotherState(BadInput):
    """The recovery file holds the keys of another State's node."""

    code = "keys-of-another-state"
    remedy = "Put the recovery file of this node in its data folder: keys-recovery.age."


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Among whom the keys are split, since when; when that was last drilled, with which shares; whether it is due."""

    set: str
    threshold: int
    custodians: tuple[str, ...]
    since: datetime
    rehearsed: datetime | None
    result: str
    due: bool


def split(node: Node, actor: Actor, *, threshold: int, custodians: Sequence[str]) -> tuple[Keystore, tuple[str, ...]]:
    """The node's keys with new custodians, and one share (33 words) for each of them, in their order.

    The shares are nowhere else: hand them out before the keys are kept. Raises `RoleMissing`, `BadCustodian` or
    `BadSplit`.
    """
    people.require(actor, "administrator")
    names = tuple(name.strip() for name in custodians)
    if any(not 0 < len(name) <= MAX_NAME or not name.isprintable() for name in names) or len(set(names)) < len(names):
        raise BadCustodian
    secret = node.random(SECRET_SIZE)
    shares = splitting.split(secret, threshold=threshold, shares=len(names), random=node.random)
    recipient = str(HybridIdentity(secret).recipient)
    recovery = Recovery(recipient=recipient, threshold=threshold, custodians=names, at=node.clock.now())
    return replace(node.unlock(), recovery=recovery), shares


def record_split(node: Node, actor: Actor, recovery: Recovery) -> None:
    """One line of the access record: among whom the keys are split from now on."""
    detail = f"{recovery.threshold} of {len(recovery.custodians)}: {', '.join(recovery.custodians)}"
    with node.stores.atomic():
        people.note(node, actor, "keys:recovery:split", recovery.set, detail)


def recovered(node: Node, actor: Actor, shares: Sequence[KeyShare], sealed: bytes) -> Keystore:
    """The keys in the recovery file *sealed*, opened with *shares*.

    Raises `RoleMissing`, `KeysOfAnotherState`, and what `splitting.join` and `Keystore.from_recovery` raise.
    """
    people.require(actor, "administrator")
    keys = Keystore.from_recovery(sealed, HybridIdentity(splitting.join(shares)))
    if keys.state != node.state:
        raise KeysOfAnotherState(f"the recovery file holds the keys of {keys.state}; this is a node of {node.state}")
    return keys


def record_recovery(node: Node, actor: Actor, keys: Keystore, shares: Sequence[KeyShare]) -> None:
    """One line of the access record: the keys were brought back, with which shares."""
    with node.stores.atomic():
        name = keys.recovery.set if keys.recovery else node.state
        people.note(node, actor, "keys:recovery:recover", name, _numbers(shares))


def rehearse(node: Node, actor: Actor, shares: Sequence[KeyShare], sealed: bytes) -> Holding:
    """The holding after a drill that went well: *shares* open *sealed*, which holds the present keys.

    Reveals and writes nothing but a line of the access record, also when it fails. Raises `NotSplit`,
    `RecoveryOutdated` and as `recovered`.
    """
    people.require(actor, "administrator")
    present = node.unlock()
    if present.recovery is None:
        raise NotSplit
    try:
        if not recovered(node, actor, shares, sealed).same_as(present):
            raise RecoveryOutdated
    except RogatoryError as error:
        with node.stores.atomic():
            detail = f"{_numbers(shares)}: {error.code}"
            people.note(node, actor, "keys:recovery:rehearse-failed", present.recovery.set, detail)
        raise
    with node.stores.atomic():
        people.note(node, actor, _REHEARSED, present.recovery.set, _numbers(shares))
    return _holding(node, present.recovery)


def holding(node: Node) -> Holding | None:
    """Among whom the keys are split, or None; needs the keys."""
    recovery = node.unlock().recovery
    return None if recovery is None else _holding(node, recovery)


def _holding(node: Node, recovery: Recovery) -> Holding:
    lines = node.stores.audit.of_subject(recovery.set, _LINES_READ)
    last = next((line for line in lines if line.action == _REHEARSED), None)
    return Holding(
        set=recovery.set,
        threshold=recovery.threshold,
        custodians=recovery.custodians,
        since=recovery.at,
        rehearsed=last.at if last else None,
        result=last.detail if last else "",
        due=node.clock.now() - (last.at if last else recovery.at) > DRILL_EVERY,
    )


def _numbers(shares: Sequence[KeyShare]) -> str:
    return "shares " + ", ".join(str(share.number) for share in sorted(shares, key=lambda share: share.number))
