"""Bech32 (BIP 173) without its length limit, as age writes recipients and identities.

The check sum tells a mistyped key from a right one; it is no protection against anybody.
"""

from rogatory.errors import BadInput

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {sign: value for value, sign in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_SIZE = 6


class BadBech32(BadInput):
    """The text is not well-formed Bech32; a sign may be wrong or missing."""

    code = "bad-bech32"


def encode(prefix: str, data: bytes) -> str:
    """*data* as Bech32 in lower case with the human-readable *prefix*."""
    values = _regroup(data, 8, 5)
    if spare := len(data) * 8 % 5:
        values.append(data[-1] << 5 - spare & 31)
    check = _polymod(_expand(prefix) + values + [0] * _CHECKSUM_SIZE) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(_CHECKSUM_SIZE)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def decode(text: str, *, limit: int = 4096) -> tuple[str, bytes]:
    """The prefix in lower case and the bytes of *text*, at most *limit* signs; raises `BadBech32`."""
    if len(text) > limit or not text.isascii() or (text.lower() != text and text.upper() != text):
        raise BadBech32
    prefix, separator, rest = text.lower().rpartition("1")
    if not separator or not prefix or len(rest) < _CHECKSUM_SIZE or not prefix.isprintable():
        raise BadBech32
    try:
        values = [_VALUES[sign] for sign in rest]
    except KeyError as error:
        raise BadBech32(f"{error.args[0]!r} is not a sign of Bech32") from error
    if _polymod(_expand(prefix) + values) != 1:
        raise BadBech32("the check sum is wrong; a sign was mistyped")
    values = values[:-_CHECKSUM_SIZE]
    spare = len(values) * 5 % 8
    if spare >= 5 or (spare and values[-1] & (1 << spare) - 1):
        raise BadBech32("the last sign carries bits that belong to nothing")
    return prefix, bytes(_regroup(bytes(values), 5, 8))


def _regroup(data: bytes, width: int, wanted: int) -> list[int]:
    # Bits left over at the end are dropped; the caller pads or checks them.
    groups: list[int] = []
    held = bits = 0
    for value in data:
        held = (held << width | value) & 0xFFF
        bits += width
        while bits >= wanted:
            bits -= wanted
            groups.append(held >> bits & (1 << wanted) - 1)
    return groups


def _expand(prefix: str) -> list[int]:
    return [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate(_GENERATOR):
            if top >> place & 1:
                check ^= term
    return check
