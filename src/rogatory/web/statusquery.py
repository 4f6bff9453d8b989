"""What a status page is asked: an instrument, a day, a State; all of it stands in the address."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import get_language

from rogatory.law.model import Instrument
from rogatory.status.asking import day_asked
from rogatory.status.engine import Status
from rogatory.status.forecast import BadAssumption
from rogatory.status.model import State
from rogatory.status.names import Names
from rogatory.web.doors import DeskRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An instrument and a day, and whether each was named in the address."""

    status: Status
    instrument: Instrument
    on: date
    given_instrument: str
    given_day: str

    @property
    def query(self) -> str:
        """The end of an address that asks the same again: `?instrument=untoc&on=2003-01-01`, or nothing."""
        return self.with_()

    @property
    def on_query(self) -> str:
        """The end of an address that asks about the same day, or nothing."""
        return f"?{urlencode({'on': self.given_day})}" if self.given_day else ""

    def with_(self, **more: str) -> str:
        """The same with *more* beside it; blank values are left out."""
        named = {"instrument": self.given_instrument, "on": self.given_day, **more}
        kept = {name: value for name, value in named.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def asked(request: DeskRequest, *, of_instrument: bool = True) -> Asked:
    """What the address of *request* asks; raises `UnknownInstrument`, `BadTime` or `BadDay`.

    Where the page is not *of_instrument*, the day may lie before any of them was adopted.
    """
    status = request.node.status
    given = request.GET.get("instrument", "")
    instrument = status.law.instrument(given or next(iter(status.law.instruments)))
    day = request.GET.get("on", "").strip()
    on = day_asked(
        day,
        today=request.node.clock.now().date(),
        instrument=instrument if of_instrument else None,
        lang=get_language() or "en",
    )
    return Asked(status=status, instrument=instrument, on=on, given_instrument=given, given_day=day)


def state_asked(status: Status, text: str) -> State | None:
    """The State of that code or name, None for a blank; raises `UnknownName`."""
    text = text.strip()
    return status.state(Names.of(status.states).code(text.upper() if len(text) == 3 else text)) if text else None


def assumptions_with(status: Status, text: str, names: str, by: str) -> str:
    """The assumptions of *text* and, of each State in *names* (by commas), a deposit on the day *by*.

    Raises `UnknownName`, or `BadAssumption` without a day.
    """
    if not by:
        raise BadAssumption("a day is needed for these deposits")
    found = [state_asked(status, name) for name in names.split(",")]
    return ",".join([*filter(None, [text]), *(f"{state.iso3}={by}" for state in found if state)])
