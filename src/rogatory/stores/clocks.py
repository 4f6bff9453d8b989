"""Clocks and randomness of the machine."""

import secrets
from datetime import UTC, datetime, timedelta


class WallClock:
    """`ports.world.Clock`: the machine's own time."""

    def now(self) -> datetime:
        """The present time, UTC."""
        return datetime.now(UTC)


class PracticeClock:
    """`ports.world.Clock` of an exercise: it runs as the wall clock does, *ahead* of it by a fixed time."""

    def __init__(self, ahead: timedelta) -> None:
        self._ahead = ahead

    def now(self) -> datetime:
        """The practice time, UTC."""
        return datetime.now(UTC) + self._ahead


def random(count: int) -> bytes:
    """*count* bytes from the operating system."""
    return secrets.token_bytes(count)
