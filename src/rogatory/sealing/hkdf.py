"""HKDF with SHA-256 (RFC 5869) for one block of 32 bytes: all that age ever derives."""

import hmac


def derive(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    """32 bytes derived from *secret* with *salt* (may be empty) for the use that *info* names."""
    extracted = hmac.digest(salt, secret, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")
