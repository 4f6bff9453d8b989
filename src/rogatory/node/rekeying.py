"""Giving an authority fresh keys, revoking, renewing and forgetting keys: who may, and what is recorded.

The caller keeps the new store. A *renewal* is everything that follows when keys must change at once: fresh keys, the
old ones revoked if a device was stolen, every exhibit that must stay readable given a header for the new key, and on
demand the old encryption keys forgotten. It may be stopped anywhere and taken up again: what tells how far it came
are the keys and the exhibits themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rogatory.errors import BadInput, NotPermitted
from rogatory.kernel.times import parse_stamp, stamp
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.evidence import headers, sealing_passes
from rogatory.node.evidence.headers import Rewrapped
from rogatory.node.people import Actor
from rogatory.sealing import keystore
from rogatory.sealing.keystore import Keystore
from rogatory.sealing.recipients import HYBRID

STOLEN = "device-stolen"
REASONS = ("rotation", "staff-left", STOLEN)


class NotAReason(BadInput):
    """Keys are not renewed for that reason, or not in that way."""

    code = "not-a-reason"
    remedy = f"Give --because {', '.join(REASONS)}; a single key (--kid) is named only when a device was stolen."


class OldKeysNeeded(NotPermitted):
    """Some exhibits open with an old key only; nothing was forgotten."""

    code = "old-keys-needed"
    remedy = "Wait until the exhibits have arrived, then run the same command again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """One renewal of the keys of *authority*; its time names it. *kid* is the one key to revoke, or empty for all."""

    authority: str
    because: str
    at: datetime
    kind: str = HYBRID
    kid: str = ""


def rotated(node: Node, actor: Actor, authority: str, *, kind: str = HYBRID) -> Keystore:
    """The node's keys with fresh ones for *authority* from now on; raises `RoleMissing`, `NoSuchAuthority`."""
    people.require(actor, "administrator")
    held = node.unlock()
    held.authority(authority)
    return keystore.rotate(held, authority, at=node.clock.now(), random=node.random, kind=kind)


def revoked(node: Node, actor: Actor, kid: str) -> tuple[str, Keystore]:
    """The authority of the signing key *kid*, and the node's keys with that one revoked from now on.

    When it was the key in use, the authority gets a fresh one. Raises `RoleMissing`, `NoSigningKey`.
    """
    people.require(actor, "administrator")
    held, now = node.unlock(), node.clock.now()
    for authority, keys in held.authorities.items():
        for secret in keys.signing:
            if secret.key.kid == kid:
                changed = keystore.revoke(held, authority, kid, at=now)
                if secret.until is None:
                    changed = keystore.rotate(changed, authority, at=now, random=node.random)
                return authority, changed
    raise keystore.NoSigningKey(f"this node has no signing key {kid}")


def begun(node: Node, actor: Actor, authority: str, because: str, *, kid: str = "", kind: str = HYBRID) -> Renewal:
    """A renewal of the keys of *authority* from now on, of which nothing is done yet.

    Raises `RoleMissing`, `NoSuchAuthority`, `NotAReason`, `NoSigningKey`.
    """
    people.require(actor, "administrator")
    if because not in REASONS or (kid and because != STOLEN):
        raise NotAReason(f"{because!r}{' for one key' if kid else ''} is no reason to renew keys")
    signing = node.unlock().authority(authority).signing
    if kid and kid not in {secret.key.kid for secret in signing}:
        raise keystore.NoSigningKey(f"{authority} has no signing key {kid}")
    # To the millisecond, as key stores write times: the renewal is known again by it.
    at = parse_stamp(stamp(node.clock.now()))
    return Renewal(authority=authority, because=because, at=at, kind=kind, kid=kid)


def renewed(node: Node, actor: Actor, renewal: Renewal) -> Keystore:
    """The node's keys with the fresh keys of *renewal*, the old ones revoked if a device was stolen.

    The keys as they are when that was done before. Raises `RoleMissing`, `NoSuchAuthority`, `BadKeystore`.
    """
    people.require(actor, "administrator")
    held = node.unlock()
    signing = held.authority(renewal.authority).signing
    if any(secret.since == renewal.at for secret in signing):
        return held
    changed = held
    for secret in signing if renewal.because == STOLEN else ():
        if renewal.kid in ("", secret.key.kid):
            changed = keystore.revoke(changed, renewal.authority, secret.key.kid, at=renewal.at)
    return keystore.rotate(changed, renewal.authority, at=renewal.at, random=node.random, kind=renewal.kind)


def carry_over(
    node: Node, actor: Actor, renewal: Renewal, *, progress: Callable[[int, int], None] | None = None
) -> Rewrapped:
    """What became of the exhibits: all that the authority can open, opens with its newest key, sealings under way too.

    *progress* is called with how many exhibits were looked at, and how many there are. Doing it again changes nothing.
    """
    people.require(actor, "administrator")
    sealing_passes.renew_secrets(node, renewal.authority)
    return headers.renew_all(node, actor, renewal.authority, progress=progress)


def forgotten(node: Node, actor: Actor, renewal: Renewal, rewrapped: Rewrapped) -> Keystore:
    """The node's keys without the old encryption keys of the renewed authority; raises `OldKeysNeeded`.

    *rewrapped* is what became of its exhibits: none may still wait for a header of its own.
    """
    people.require(actor, "administrator")
    if rewrapped.waiting:
        raise OldKeysNeeded(f"still arriving, sealed to an old key perhaps: {', '.join(rewrapped.waiting[:10])}")
    return keystore.forget(node.unlock(), renewal.authority)


def record(node: Node, actor: Actor, renewal: Renewal, serial: int, rewrapped: Rewrapped, *, forgot: bool) -> None:
    """One line of the access record: the renewal has ended; none when it is there already. Call it at the end."""
    name = f"{renewal.because}, begun {stamp(renewal.at)}"
    told = f"; card serial {serial}; {len(rewrapped.renewed) + len(rewrapped.current)} exhibits open with the new key"
    with node.stores.atomic():
        lines = node.stores.audit.of_subject(renewal.authority, 100)
        if not any(line.action == "keys:authority:renew" and line.detail.startswith(name) for line in lines):
            detail = f"{name}{told}{'; old encryption keys forgotten' if forgot else ''}"
            people.note(node, actor, "keys:authority:renew", renewal.authority, detail)
