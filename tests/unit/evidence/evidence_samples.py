"""What the tests of this room share: keys, signers, exhibits and a source of bytes that is the same every time."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from rogatory.evidence.manifest import Conditions, Manifest
from rogatory.evidence.sealer import Sealed, seal
from rogatory.sealing import age
from rogatory.sealing.keys import SigningKey, VerifyKey
from rogatory.sealing.recipients import X25519Identity

AT = datetime(2028, 3, 1, 9, 30, tzinfo=UTC)
FRA, VNM, KEN = "FRA/central-authority", "VNM/contact-point", "KEN/contact-point"
KEYS = {holder: SigningKey.from_seed(hashlib.sha256(holder.encode()).digest()) for holder in (FRA, VNM, KEN)}
SMALL_PARTS = 64 * 1024


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)


def draws(seed: bytes = b"") -> Callable[[int], bytes]:
    """A random source that gives the same bytes for the same *seed*."""
    state = [0]

    def random(count: int) -> bytes:
        state[0] += 1
        return hashlib.shake_256(seed + state[0].to_bytes(8)).digest(count)

    return random


@dataclass(frozen=True, slots=True)
class Signer:
    authority: str
    key: VerifyKey


class StrangeKey(LookupError):
    """The tests' own ring does not know the key."""


class Ring:
    """The keys of the three authorities, each valid at any time."""

    def signer(self, kid: str, *, at: datetime, authority: str | None = None) -> Signer:
        for holder, key in KEYS.items():
            if key.kid == kid:
                return Signer(holder, key.public)
        raise StrangeKey(kid)


IDENTITY = X25519Identity(draws(b"identity")(32))
RECIPIENT = str(IDENTITY.recipient)


def begun(seed: bytes = b"") -> age.SealedHeader:
    return age.new_header([RECIPIENT], draws(seed))


def sealed_exhibit(data: bytes, *, part_size: int = SMALL_PARTS, seed: bytes = b"") -> tuple[bytes, Sealed]:
    sink = io.BytesIO()
    found = seal(io.BytesIO(data), sink, begun=begun(seed), part_size=part_size)
    return sink.getvalue(), found


def manifest_of(found: Sealed, **changes: object) -> Manifest:
    manifest = Manifest(
        exhibit="7Q4K2M9XAB7Q4K2M9XAB7Q4K2M",
        case="VNM-FRA-2028-0001-7Q4K2M9XAB",
        answers=hashlib.sha256(b"the request").hexdigest(),
        provision="44(1)",
        name="mailbox 2028-02.mbox",
        media_type="application/mbox",
        description="Mailbox of the account named in the request",
        sha256=found.sha256,
        size=found.size,
        parts=found.parts,
        sealed_by=FRA,
        person="A. Custodian",
        receivers=(VNM,),
        recipients=(RECIPIENT,),
        at=AT,
        conditions=Conditions(use="the investigation named in the request"),
    )
    return replace(manifest, **changes)  # type: ignore[arg-type]


def later(minutes: int) -> datetime:
    return AT + timedelta(minutes=minutes)
