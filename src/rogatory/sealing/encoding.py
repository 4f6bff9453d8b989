"""Base64 read strictly: one sequence of bytes, one text.

JWS uses the URL alphabet (RFC 4648 section 5), age the standard one (section 4), both without padding. A text that
another encoder would have written differently is refused, because two texts for one value would let a signed file
be changed unseen.
"""

from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode

from rogatory.errors import BadInput


class BadBase64(BadInput):
    """The text is not base64 without padding, in its one canonical form."""

    code = "bad-base64"


def to_base64url(data: bytes) -> bytes:
    """*data* in the URL alphabet, unpadded."""
    return urlsafe_b64encode(data).rstrip(b"=")


def from_base64url(text: bytes) -> bytes:
    """The bytes that *text* (URL alphabet, unpadded, canonical) stands for; raises `BadBase64`."""
    return _strict(text, url=True)


def to_base64(data: bytes) -> bytes:
    """*data* in the standard alphabet, unpadded."""
    return b64encode(data).rstrip(b"=")


def from_base64(text: bytes) -> bytes:
    """The bytes that *text* (standard alphabet, unpadded, canonical) stands for; raises `BadBase64`."""
    return _strict(text, url=False)


def _strict(text: bytes, *, url: bool) -> bytes:
    decode, encode = (urlsafe_b64decode, to_base64url) if url else (b64decode, to_base64)
    try:
        data = decode(text + b"=" * (-len(text) % 4))
    except ValueError as error:
        raise BadBase64 from error
    # The library skips signs it does not know; writing the value again and comparing refuses them all.
    if encode(data) != text:
        raise BadBase64
    return data
