"""The day that a question is about: today, or a day that was given, within what the data can speak of."""

from datetime import date

from rogatory.errors import BadInput
from rogatory.kernel.times import parse_day
from rogatory.law.model import Instrument

#: Beyond it nothing is known, and days that follow from it could not be written any more.
LAST_DAY = date(2199, 12, 31)


class BadDay(BadInput):
    """The day cannot be asked about."""

    code = "bad-day"
    remedy = "Give a day such as 2026-11-22, not before the instrument existed."


def day_asked(given: str, *, today: date, instrument: Instrument | None = None, lang: str = "en") -> date:
    """The day that was *given*, or today; raises `BadTime`, or `BadDay` for one before *instrument* was adopted."""
    on = parse_day(given) if given else today
    if instrument is not None and on < instrument.adopted:
        raise BadDay(f"{on} is before {instrument.short.get(lang)} was adopted, on {instrument.adopted}")
    if on > LAST_DAY:
        raise BadDay(f"{on} is after {LAST_DAY}, the last day that can be asked about")
    return on
