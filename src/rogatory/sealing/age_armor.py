"""The ASCII armor of age files, for people who paste them into letters; read strictly (RFC 7468, figure 3).

Rogatory never writes it: everything it sends is binary. White space around the whole is the only freedom.
"""

from base64 import b64decode, b64encode

from rogatory.sealing.age_header import AgeFailure

MAX_ARMORED = 8 * 1024 * 1024
_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64


class ArmorFailure(AgeFailure):
    """The text around the age file (its armor) is not well formed."""

    code = "age-armor"


def read_armor(text: bytes) -> bytes:
    """The age file that the armored *text*, of at most 8 MiB, holds; raises `ArmorFailure`."""
    if len(text) > MAX_ARMORED:
        raise ArmorFailure(f"{len(text)} bytes of armor are more than the limit of {MAX_ARMORED}")
    lines = text.strip(b" \t\r\n").replace(b"\r\n", b"\n").split(b"\n")
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:
        raise ArmorFailure
    body = lines[1:-1]
    if any(len(line) != _COLUMNS for line in body[:-1]) or not 0 < len(body[-1]) <= _COLUMNS:
        raise ArmorFailure("the lines of the armor are not 64 signs long")
    encoded = b"".join(body)
    try:
        data = b64decode(encoded, validate=True)
    except ValueError as error:
        raise ArmorFailure("the armor is not base64") from error
    if b64encode(data) != encoded:
        raise ArmorFailure("the armor is not canonical base64")
    return data
