"""The world around a node under test: a road that can be cut and a clock that can be set."""

from collections.abc import Callable
from datetime import datetime, timedelta

from rogatory.ports.world import Answer, PartnerUnreachable


class Road:
    """A road to partners that a test opens, cuts and listens to."""

    def __init__(self) -> None:
        self.posted: list[bytes] = []
        self.answers: list[Answer] = []
        self.down = ""
        self.receive: Callable[[bytes], Answer] | None = None

    def post_envelope(self, address: str, envelope: bytes) -> Answer:
        self.posted.append(envelope)
        if self.down:
            raise PartnerUnreachable(self.down)
        return self.receive(envelope) if self.receive else self.answers.pop(0)

    def get_part(self, address: str, exhibit: str, number: int) -> Answer:
        raise PartnerUnreachable("nobody gives parts back on this road")

    def get_parts_list(self, address: str, exhibit: str) -> Answer:
        raise PartnerUnreachable("nobody gives parts back on this road")


class Stopwatch:
    """A clock that a test sets."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time
