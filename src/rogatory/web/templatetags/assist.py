"""What the templates about help say: values of fields, bars, marks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from rogatory.assistance.choices import SEXES
from rogatory.assistance.entries import VISIBILITIES, Entry, Visibility
from rogatory.assistance.kinds import shape_of
from rogatory.assistance.money import Sum
from rogatory.assistance.pledges import OUTCOMES, Outcome
from rogatory.assistance.shape import LISTS, Field, Form
from rogatory.law.words import Words
from rogatory.web.templatetags.desk import draw
from rogatory.web.words import Mark

register = template.Library()

_OUTCOMES: Mapping[str, tuple[str, str]] = {
    Outcome.OPEN: ("grey", "bar"),
    Outcome.SOON: ("amber", "pause"),
    Outcome.LATE: ("red", "triangle"),
    Outcome.FULFILLED: ("green", "disc"),
    Outcome.FULFILLED_LATE: ("amber", "disc"),
    Outcome.WITHDRAWN: ("grey", "cross"),
}
_SHOWN: Mapping[str, tuple[str, str]] = {
    Visibility.PRIVATE: ("grey", "square"),
    Visibility.NAMED: ("amber", "square"),
    Visibility.PARTNERS: ("amber", "disc"),
    Visibility.PUBLIC: ("green", "disc"),
}
_PROGRESS: Mapping[str, tuple[str, str]] = {
    "planned": ("grey", "bar"),
    "running": ("amber", "disc"),
    "paused": ("grey", "pause"),
    "done": ("green", "disc"),
    "cancelled": ("grey", "cross"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A field of an entry with its value."""

    field: Field
    value: Any


@register.filter
def said(entry: Entry) -> list[Said]:
    """The fields in which *entry* says something, in their order, without its title."""
    fields = shape_of(entry.kind).fields
    return [Said(one, entry.body[one.name]) for one in fields if one.name in entry.body and one.name != "title"]


@register.filter
def one_value(value: object, field: Field) -> str:
    """One value of *field* as people read it."""
    words = field.choices.get(str(value))
    return _say(words) if words else str(value)


@register.filter
def as_list(value: Any, field: Field) -> str:
    """The values of a field with several, in one line."""
    return ", ".join(one_value(one, field) for one in value)


@register.filter
def is_several(field: Field) -> bool:
    """Whether the field holds a list of texts."""
    return field.form in LISTS


@register.filter
def is_rows(field: Field) -> bool:
    """Whether the field holds rows."""
    return field.form is Form.ROWS


@register.filter
def cells(row: Mapping[str, Any], field: Field) -> list[tuple[Field, str]]:
    """The cells of a row of *field*, each with its heading."""
    return [
        (one, (as_list if one.form in LISTS else one_value)(row[one.name], one) if one.name in row else "")
        for one in field.rows
    ]


@register.filter
def columns(rows: Iterable[Mapping[str, Any]], field: Field) -> Field:
    """*field* with only those columns in which any of *rows* says something."""
    used = {name for row in rows for name in row}
    return Field(
        name=field.name,
        says=field.says,
        form=field.form,
        rows=tuple(one for one in field.rows if one.name in used),
    )


@register.filter
def choice_of(name: object, entry_field: str) -> str:
    """The word of a choice: `"training"|choice_of:"need.help"`."""
    kind, _, field = entry_field.partition(".")
    return one_value(name, shape_of(kind).field(field))


@register.filter
def sex_word(sex: str) -> str:
    """How trainees of *sex* are called."""
    words = SEXES.get(sex)
    return _say(words) if words else sex


@register.simple_tag
def outcome_mark(outcome: str) -> SafeString:
    """How a pledge stands, as a mark."""
    return draw(Mark(*_OUTCOMES[outcome], _say(OUTCOMES[outcome])))


@register.simple_tag
def progress_mark(status: str) -> SafeString:
    """How a project or an activity stands, as a mark."""
    words = shape_of("project").field("status").choices.get(status)
    colour, shape = _PROGRESS.get(status, ("grey", "bar"))
    return draw(Mark(colour, shape, _say(words) if words else status))


@register.simple_tag
def shown_mark(entry: Entry) -> SafeString:
    """To whom an entry of ours may be shown, as a mark; named partners by their codes."""
    word = _say(VISIBILITIES[entry.visibility])
    if entry.visibility is Visibility.NAMED:
        word = f"{word}{gettext(':')} {', '.join(entry.partners)}"
    return draw(Mark(*_SHOWN[entry.visibility], word))


@register.simple_tag
def percent_bar(percent: int) -> SafeString:
    """A bar of so many per cent; what it shows stands beside it as text."""
    return _bar((("done", 0, percent),))


@register.simple_tag
def money_bar(sum_: Sum) -> SafeString:
    """Paid of what was pledged, and what is late."""
    late = int(sum_.late * 100 / sum_.pledged) if sum_.pledged else 0
    return _bar((("done", 0, sum_.percent), ("late", sum_.percent, min(late, 100 - sum_.percent))))


@register.filter
def money(amount: object) -> str:
    """An amount with its thousands apart, every decimal kept."""
    french = (get_language() or "").startswith("fr")
    text = f"{amount:,f}"
    return text.replace(",", "\u202f").replace(".", ",") if french else text


@register.filter
def absolute(number: int) -> int:
    """*number* without its sign."""
    return abs(number)


@register.filter
def at(several: Mapping[Any, Any], key: Any) -> Any:
    """What stands at *key*."""
    return several.get(key)


def _bar(pieces: Iterable[tuple[str, int, int]]) -> SafeString:
    drawn = format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="6"/>', pieces)
    return format_html(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">{}</svg>', drawn
    )


def _say(words: Words) -> str:
    return words.get(get_language() or "en")
