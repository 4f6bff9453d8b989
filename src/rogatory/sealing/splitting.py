"""Splitting a secret among custodians, m of n, as words on paper (SLIP-39), and joining their shares again.

A share is 33 words of a fixed list of 1,024, the last three a checksum that finds any three mistyped words. Fewer
shares than the threshold say nothing about the secret. The scheme and its arithmetic are those of the library
`shamir-mnemonic`, one group, no further passphrase; any SLIP-39 tool reads the shares. The library draws the random
numbers of the polynomial itself, as the hybrid encapsulation does (see `recipients`).

No error names a word of a share: it says which share, and which word by its place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, split_ems
from shamir_mnemonic.shamir import EncryptedMasterSecret
from shamir_mnemonic.wordlist import WORDLIST

from rogatory.errors import BadInput
from rogatory.sealing.keys import Random

SECRET_SIZE = 32
WORDS = 33
MAX_SHARES = 16  # SLIP-39 writes the number of a share with four bits
MAX_SHARE_TEXT = 4096
_WORDS = frozenset(WORDLIST)
_IDENTIFIER_BITS = 15


class BadSplit(BadInput):
    """Keys cannot be split like that."""

    code = "bad-split"
    remedy = f"Choose a threshold of at least 2, and at least as many shares, at most {MAX_SHARES}."


class ShareMistyped(BadInput):
    """A share holds a word that is wrong."""

    code = "share-mistyped"
    remedy = "Compare that share with its paper, word by word. Its checksum finds any three wrong words."


class ShareTwice(BadInput):
    """The same share was given twice."""

    code = "share-twice"
    remedy = "Every custodian gives one's own share."


class ShareOfAnotherSet(BadInput):
    """A share belongs to another set than the others."""

    code = "share-of-another-set"
    remedy = "Use shares that were made together; each page says on top of which set it is. Old sets open nothing."


class TooFewShares(BadInput):
    """There are fewer shares than are needed."""

    code = "too-few-shares"
    remedy = "Ask another custodian: rogatory keys custodians says who holds a share."


class SharesDoNotJoin(BadInput):
    """Every share is well written, but one of them is not what was handed out."""

    code = "shares-do-not-join"
    remedy = "Try with the shares of other custodians to find out which one is wrong, and split the keys anew."


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyShare:
    """One share as read: where it was read, its number in its set (from 1), how many are needed, and its words."""

    place: str
    number: int
    threshold: int
    set: int
    words: str = field(repr=False)


def split(secret: bytes, *, threshold: int, shares: int, random: Random) -> tuple[str, ...]:
    """*secret* (32 bytes) as *shares* texts of 33 words, of which any *threshold* give it back; raises `BadSplit`.

    Draws two bytes from *random* for the number by which the shares of one set know each other.
    """
    if not 2 <= threshold <= shares <= MAX_SHARES:
        raise BadSplit(f"{threshold} of {shares} shares: that is not 2 of 2 to {MAX_SHARES} of {MAX_SHARES}")
    if len(secret) != SECRET_SIZE:
        raise BadSplit(f"the secret has {len(secret)} bytes, not {SECRET_SIZE}")
    number = int.from_bytes(random(2), "big") >> (16 - _IDENTIFIER_BITS)
    master = EncryptedMasterSecret.from_master_secret(secret, b"", number, extendable=True, iteration_exponent=0)
    (group,) = split_ems(1, [(threshold, shares)], master)
    return tuple(share.mnemonic() for share in group)


def read_share(text: str, *, place: str) -> KeyShare:
    """The share that *text* holds, alone; *place* says in errors which one it is. Raises `ShareMistyped`."""
    words = text[:MAX_SHARE_TEXT].lower().split()
    unknown = [str(number) for number, word in enumerate(words, start=1) if word not in _WORDS]
    if unknown:
        raise ShareMistyped(f"word {', '.join(unknown[:5])} of {place} is not on the list of words")
    if len(words) != WORDS:
        raise ShareMistyped(f"{place} has {len(words)} words, not {WORDS}")
    try:
        found = Share.from_mnemonic(" ".join(words))
    except MnemonicError:
        # The library's own message repeats words of the share.
        raise ShareMistyped(f"a word of {place} is not the right one: its checksum does not hold") from None
    if found.group_count != 1:
        raise ShareMistyped(f"{place} is a share of a kind that is not made here (several groups)")
    return KeyShare(
        place=place,
        number=found.index + 1,
        threshold=found.member_threshold,
        set=found.identifier,
        words=" ".join(words),
    )


def join(shares: Sequence[KeyShare]) -> bytes:
    """The secret that *shares* give together; more than are needed are all held against each other.

    Raises `TooFewShares`, `ShareOfAnotherSet`, `ShareTwice` or `SharesDoNotJoin`.
    """
    if not shares:
        raise TooFewShares("no share was given")
    _refuse_strangers(shares)
    needed = shares[0].threshold
    if len(shares) < needed:
        raise TooFewShares(f"{len(shares)} of the {needed} shares that are needed were given")
    secret = _combine(shares[:needed])
    for further in shares[needed:]:
        if _combine([*shares[: needed - 1], further]) != secret:
            raise SharesDoNotJoin(f"{further.place} does not give the secret that the others give")
    return secret


def _refuse_strangers(shares: Sequence[KeyShare]) -> None:
    kinds = [(share.set, share.threshold) for share in shares]
    most = max(kinds, key=kinds.count)
    strangers = [share.place for share, kind in zip(shares, kinds, strict=True) if kind != most]
    if strangers:
        raise ShareOfAnotherSet(f"{', '.join(strangers)}: of another set than {shares[kinds.index(most)].place}")
    places: dict[int, str] = {}
    for share in shares:
        if share.number in places:
            first = places[share.number]
            raise ShareTwice(f"{first} and {share.place} are the same share, number {share.number} of the set")
        places[share.number] = share.place


def _combine(shares: Sequence[KeyShare]) -> bytes:
    try:
        secret: bytes = combine_mnemonics([share.words for share in shares])
    except MnemonicError:
        named = ", ".join(share.place for share in shares)
        raise SharesDoNotJoin(f"{named}: each is well written, but together they give no secret") from None
    return secret
