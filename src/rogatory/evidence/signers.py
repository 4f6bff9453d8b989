"""Who signed: what this room asks of whoever knows the keys (`sealing.cards.KeyRing` does)."""

from datetime import datetime
from typing import Protocol

from rogatory.errors import Untrusted
from rogatory.sealing import jws
from rogatory.sealing.keys import VerifyKey


class WrongSigner(Untrusted):
    """The key that signed is not a key of the authority that is said to have signed."""

    code = "wrong-signer"


class KnownSigner(Protocol):
    """A key, and the authority it signs for."""

    @property
    def authority(self) -> str:
        """The authority, such as `VNM/contact-point`."""
        ...

    @property
    def key(self) -> VerifyKey:
        """The public key."""
        ...


class Signers(Protocol):
    """Whoever knows which key signed for which authority at which time."""

    def signer(self, kid: str, *, at: datetime, authority: str | None = None) -> KnownSigner:
        """Who signed with the key *kid*, valid at *at*, for *authority*; raises a coded `Untrusted` when nobody."""
        ...


def verify_signer(unverified: jws.Unverified, *, authority: str, at: datetime, signers: Signers) -> None:
    """Raise unless *unverified* was signed by a key that *authority* had at *at*.

    Raises what *signers* raises, `WrongSigner`, or `BadSignature`.
    """
    known = signers.signer(unverified.kid, at=at, authority=authority)
    if known.authority != authority:
        raise WrongSigner(f"it says that {authority} signed, but the key is one of {known.authority}")
    jws.verify_read(unverified, key=known.key)
