"""How long to wait before the road is tried again."""

from datetime import timedelta

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)


def wait(attempts: int, random: bytes) -> timedelta:
    """How long to wait after the failure numbered *attempts* (from 0): doubling, between half and whole."""
    full = min(FIRST_WAIT * (1 << min(attempts, 12)), LONGEST_WAIT)
    return full * (0.5 + int.from_bytes(random[:2]) / 131072)
