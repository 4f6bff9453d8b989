"""Giving an authority fresh keys, and revoking a key: who may, and what is recorded. The caller keeps the new store."""

from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.sealing import keystore
from rogatory.sealing.keystore import Keystore
from rogatory.sealing.recipients import HYBRID


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
