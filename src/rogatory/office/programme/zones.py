"""The time zones that a person may choose."""

from functools import cache
from zoneinfo import available_timezones

_REGIONS = ("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/")


@cache
def zone_names() -> tuple[str, ...]:
    """Names of the tz database that name a place, and UTC."""
    named = [name for name in available_timezones() if name.startswith((*_REGIONS, "Pacific/"))]
    return ("UTC", *sorted(named))
