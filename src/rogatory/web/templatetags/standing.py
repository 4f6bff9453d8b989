"""What the status pages say beside the rest of the desk: days of deposits, names of groups and acts, chances."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from rogatory.status.engine import Status
from rogatory.status.model import Deposit
from rogatory.web import statepage
from rogatory.web.statuswords import NAMES, WAYS
from rogatory.web.templatetags.desk import day, say

register = template.Library()

#: What a comparison says where a deposit has no day.
UNKNOWN_DAY = "day not known"


@register.filter
def called(code: object, family: str) -> object:
    """What the status pages call *code*; the code itself when this version has no word for it."""
    return NAMES[family].get(str(code), str(code))


@register.filter
def deposit_day(deposit: Deposit | None) -> str:
    """The day of a deposit, its month when only that is known, or that it is not known; nothing for no deposit."""
    if deposit is None:
        return ""
    if deposit.on is not None:
        return day(deposit.on)
    return dateformat.format(deposit.latest, "F Y") if deposit.latest else gettext("day not known")


@register.filter
def month(text: str | None) -> str:
    """`2028-07` as its month and year in the language of the page."""
    if not text:
        return ""
    year, number = text.split("-")[:2]
    return dateformat.format(date(int(year), int(number), 1), "F Y")


@register.filter
def given_day(text: str) -> str:
    """A day, or a month, that was given as text, as the language of the page writes it."""
    return day(date.fromisoformat(text)) if text.count("-") == 2 else month(text)


@register.filter
def act_day(text: str) -> str:
    """The day of an act as a comparison tells it, `2025-10-25` or `acceptance 2026-07`, in the language of the page."""
    action, _, when = text.rpartition(" ")
    if not when or not when[0].isdigit():
        kind = text.removesuffix(UNKNOWN_DAY).strip()
        return (
            " ".join(str(part) for part in (called(kind, "deposit"), gettext("day not known")) if part) if text else ""
        )
    return f"{called(action, 'deposit')}, {given_day(when)}" if action else given_day(when)


@register.filter
def percent(number: int) -> str:
    """A number of hundredths, with the sign as the language of the page sets it."""
    return f"{number}\u202f%" if (get_language() or "en").startswith("fr") else f"{number}%"


@register.filter
def chance(share: float) -> str:
    """A chance between 0 and 1, in percent."""
    return percent(round(share * 100))


@register.filter
def way_mark(way: str) -> SafeString:
    """How a State stands: its letter in its colour, and the word."""
    look = WAYS[way]
    return format_html(
        '<span class="way {}"><span class="letter" aria-hidden="true">{}</span>{}</span>', way, look.letter, look.word
    )


@register.filter
def languages(value: str) -> str:
    """What a notification says, languages by their names."""
    return statepage.told(value)


@register.filter
def names(codes: Iterable[str], status: Status) -> str:
    """The names of States, by commas, in the order of the language."""
    return ", ".join(sorted(say(status.state(code).name) for code in codes))


@register.filter
def shorts(ids: Iterable[str], status: Status) -> str:
    """The short names of instruments, by commas."""
    return ", ".join(say(status.law.instrument(one).short) for one in ids)


@register.filter
def thousands(number: int) -> str:
    """A number with a thin space at its thousands."""
    return f"{number:,}".replace(",", "\u202f")
