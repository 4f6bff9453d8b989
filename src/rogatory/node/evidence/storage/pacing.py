"""How fast long work may read, and until when: rates (`100MB/s`), durations (`90m`), and the one who keeps to them."""

import re
from collections.abc import Callable

from rogatory.errors import BadInput
from rogatory.node.evidence.storage.scrub import ScrubStopped

_RATE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?) ?(k|M|G|T|)(i?)B(?:/s)?")
_DURATION = re.compile(r"(\d{1,6}) ?(s|m|min|h|d)")
_POWER = {"": 0, "k": 1, "M": 2, "G": 3, "T": 4}
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}


class BadRate(BadInput):
    """A rate is written like 100MB/s."""

    code = "bad-rate"


class BadDuration(BadInput):
    """A duration is written like 90m, 8h or 2d."""

    code = "bad-duration"


def parse_rate(text: str) -> int:
    """Bytes a second, from `100MB/s`, `1.5GiB/s` or `64kB`; raises `BadRate`."""
    found = _RATE.fullmatch(text.strip())
    rate = round(float(found[1]) * (1024 if found[3] else 1000) ** _POWER[found[2]]) if found else 0
    if rate < 1:
        raise BadRate(f"{text[:40]!r} is no rate: write it like 100MB/s")
    return rate


def parse_duration(text: str) -> int:
    """Seconds, from `90m`, `8h` or `2d`; raises `BadDuration`."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        raise BadDuration(f"{text[:40]!r} is no duration: write it like 90m, 8h or 2d")
    return int(found[1]) * _SECONDS[found[2]]


class Pace:
    """Keeps work to *rate* bytes a second (0: as fast as it goes) and to *seconds* in all (0: no end).

    *monotonic* reads a clock that only runs forward, *sleep* waits; both in seconds.
    """

    def __init__(
        self, *, rate: int, seconds: int, monotonic: Callable[[], float], sleep: Callable[[float], object]
    ) -> None:
        self._rate, self._monotonic, self._sleep = rate, monotonic, sleep
        self._next = monotonic()
        self._end = self._next + seconds if seconds else None

    def __call__(self, size: int) -> None:
        """Wait until *size* more bytes are due; raises `ScrubStopped` when the time is over."""
        now = self._monotonic()
        if self._end is not None and now >= self._end:
            raise ScrubStopped
        if self._rate:
            # What was idle is not made up for later.
            self._next = max(self._next, now) + size / self._rate
            if self._next > now:
                self._sleep(self._next - now)
