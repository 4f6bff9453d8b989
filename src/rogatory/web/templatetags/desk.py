"""Small things that templates say: words in the reader's language, times, marks, links to provisions."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import template
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import dateformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from rogatory.casefile import cites, table
from rogatory.errors import NotFound, RogatoryError
from rogatory.kernel import times
from rogatory.law.copies.official import right_to_left
from rogatory.law.form import Field, as_text
from rogatory.law.words import Words
from rogatory.node.context import Node
from rogatory.opinion.findings import Finding, Verdict
from rogatory.ports.exchange import DeliveryRow
from rogatory.web import lawwords
from rogatory.web.faults import SENTENCES
from rogatory.web.words import ANSWERS, MARKS, NAMES, NOT_ARRIVED, Mark

register = template.Library()

#: Shapes in a box of ten by ten.
SHAPES: Mapping[str, str] = {
    "disc": "M5 0a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
    "triangle": "M5 0L10 10H0z",
    "square": "M0 0h10v10H0z",
    "cross": "M1.5 0L5 3.5L8.5 0L10 1.5L6.5 5L10 8.5L8.5 10L5 6.5L1.5 10L0 8.5L3.5 5L0 1.5z",
    "pause": "M1 0h3v10H1zM6 0h3v10H6z",
    "bar": "M0 3.5h10v3H0z",
}


@register.filter
def say(words: object) -> str:
    """*words* in the language of the page; anything that is not `Words` as it is."""
    return words.get(get_language() or "en") if isinstance(words, Words) else str(words or "")


@register.filter
def named(code: object, family: str) -> object:
    """What the desk calls *code*; the code itself when this version has no word for it."""
    words = NAMES[family] if family in NAMES else lawwords.NAMES[family]
    return words.get(str(code), str(code))


@register.filter
def anchor(number: str) -> str:
    """The name of a provision's place on the page of its article: `p-42-3-b`."""
    return f"p-{number.replace('(', '-').replace(')', '')}"


@register.filter
def direction(lang: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    return "rtl" if right_to_left(lang) else "ltr"


@register.filter
def as_step(kind: str, body: Mapping[str, Any]) -> str:
    """The step that a message of *kind* with this *body* takes."""
    return table.step_of(kind, body.get("outcome"))


@register.filter
def day(at: date) -> str:
    """*at* as a day with its month spelled out."""
    first = at.day == 1 and (get_language() or "").startswith("fr")
    return dateformat.format(at, "\\1\\e\\r F Y" if first else "j F Y")


@register.filter
def utc(at: object) -> SafeString:
    """A time in UTC, the date spelled out; takes a `datetime` or an RFC 3339 text."""
    if isinstance(at, str):
        try:
            at = times.parse_stamp(at)
        except RogatoryError:
            return format_html("{}", at)
    if not isinstance(at, datetime):
        return mark_safe("")
    at = at.astimezone(UTC)
    shown = gettext("%(day)s, %(time)s UTC") % {"day": day(at), "time": at.strftime("%H:%M")}
    return format_html('<time datetime="{}">{}</time>', times.stamp(at), shown)


@register.filter
def in_units(text: str) -> str:
    """Numbers with the names of their units, as the law data write them (`60 days`), in the language of the page."""
    return re.sub(r"[a-z_]+", lambda found: str(lawwords.UNITS.get(found[0], found[0])), text)


@register.filter
def bytes_size(size: int) -> str:
    """A size as people say it, with the exact number of bytes."""
    return gettext("%(size)s (%(bytes)s bytes)") % {
        "size": filesizeformat(size),
        "bytes": f"{size:,}".replace(",", " "),
    }


@register.simple_tag
def mark(family: str, code: object) -> SafeString:
    """The mark of *code*: shape, word and colour."""
    marks = lawwords.CHECKED if family == "checked" else MARKS[family]
    return draw(marks.get(str(code), Mark("grey", "bar", str(code))))


@register.simple_tag
def delivery_mark(delivery: Any) -> SafeString:
    """The mark of a delivery; one that has failed already is not shown as merely on its way."""
    if delivery.state == "queued" and delivery.failing_since:
        return draw(NOT_ARRIVED)
    return mark("delivery", delivery.state)


def draw(mark: Mark) -> SafeString:
    """The HTML of a mark."""
    return format_html(
        '<span class="mark {}"><svg viewBox="0 0 10 10" aria-hidden="true"><path d="{}"/></svg>{}</span>',
        mark.colour,
        SHAPES[mark.shape],
        mark.word,
    )


@register.simple_tag(takes_context=True)
def cite(context: Mapping[str, Any], numbers: object, instrument: str = "uncc") -> SafeString:
    """Links to the provisions that *numbers* names: `42(8)`, `40(21)(b), 40(22)`, `budapest:29(3)`."""
    parts = [part.strip() for part in str(numbers or "").split(",") if part.strip()]
    return format_html_join(", ", "{}", ((_cite(context.get("node"), part, instrument),) for part in parts))


def _cite(node: Node | None, part: str, instrument: str) -> SafeString:
    name, _, number = part.rpartition(":")
    name = name or instrument or cites.HOME
    shown = f"{number}" if name == "uncc" else f"{name} {number}"
    if node is None or number not in node.law.by_number.get(name, {}):
        return format_html('<span class="cite">{}</span>', shown)
    title = gettext("Article %(number)s: what it says") % {"number": shown}
    return format_html(
        '<a class="cite" href="{}" title="{}">{}</a>', reverse("provision", args=[name, number]), title, shown
    )


@register.simple_tag(takes_context=True)
def state_name(context: Mapping[str, Any], iso3: str) -> str:
    """The name of a State; its code when we have no name."""
    try:
        return say(context["node"].status.state(iso3[:3]).name)
    except NotFound:
        return iso3[:3]


@register.simple_tag(takes_context=True)
def authority(context: Mapping[str, Any], id: str) -> str:
    """The name of an authority after the name of its State."""
    words = context["authorities"].get(id)
    name = say(words) if words else id.partition("/")[2].replace("-", " ")
    state = state_name(context, id)
    return name if state in name else f"{state}, {name}"


@register.simple_tag(takes_context=True)
def measure(context: Mapping[str, Any], id: str, instrument: str = "uncc") -> str:
    """The name of a measure as *instrument* calls it, or else the Convention."""
    for name in (instrument, "uncc"):
        try:
            return say(context["node"].law.measure(id, instrument=name).name)
        except NotFound:
            continue
    return id


@register.simple_tag(takes_context=True)
def basis(context: Mapping[str, Any], number: str, instrument: str) -> SafeString:
    """The provision *number* of the Convention as *instrument* has it, in brackets; nothing where it has none."""
    own = cites.under(context["node"].law, instrument, number)
    return format_html("({})", cite(context, own)) if own else mark_safe("")


@register.filter
def shown(field: Field, contents: Mapping[str, Any]) -> object:
    """What *contents* says in *field*, as a person reads it."""
    value = contents.get(field.key)
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    text = as_text(value)
    if field.type == "choice":
        return next((say(option.label) for option in field.options if option.value == text), text)
    if field.type == "yesno":
        return {"yes": gettext("yes"), "no": gettext("no")}.get(text, text)
    if field.type == "datetime":
        return utc(text)
    return day(date.fromisoformat(text)) if field.type == "date" and text else text


@register.filter
def at_key(values: Mapping[str, Any], key: object) -> Any:
    """What stands under *key*, or nothing."""
    return values.get(str(key)) if values else None


@register.filter
def short(digest: str) -> str:
    """The first sixteen digits of a digest."""
    return f"{digest[:16]}…"


@register.filter
def split(text: str) -> list[str]:
    """The words of *text*."""
    return text.split()


@register.filter
def word(value: str) -> object:
    """`yes`, `no` or `unknown` as a word."""
    return ANSWERS[value].word


@register.filter
def quantities(numbers: Mapping[str, int]) -> list[str]:
    """The numbers that a provision sets, each with what it counts; a majority as a fraction."""
    found = [
        f"{number} {lawwords.UNITS.get(name, name)}"
        for name, number in numbers.items()
        if not name.startswith("majority_")
    ]
    if "majority_numerator" in numbers:
        share = f"{numbers['majority_numerator']}/{numbers['majority_denominator']}"
        found.append(gettext("a majority of %(share)s") % {"share": share})
    return found


@register.filter
def met(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are met."""
    return [finding for finding in findings if finding.verdict is Verdict.MET]


@register.filter
def not_met(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are not met, then those that are unknown."""
    return sorted((one for one in findings if one.verdict is not Verdict.MET), key=lambda one: one.verdict.value)


@register.inclusion_tag("web/parts/fault.html", takes_context=True)
def fault(context: Mapping[str, Any], error: RogatoryError) -> dict[str, Any]:
    """What went wrong, the provision and what to do, in the language of the page."""
    return _fault(context, error.code, error.message, error.advice, error.cite)


@register.inclusion_tag("web/parts/fault.html", takes_context=True)
def undelivered(context: Mapping[str, Any], delivery: DeliveryRow) -> dict[str, Any]:
    """Why a delivery has not arrived and what to do."""
    return _fault(context, delivery.code, delivery.reason, delivery.remedy, None)


def _fault(context: Mapping[str, Any], code: str, message: str, remedy: str, cite: str | None) -> dict[str, Any]:
    return {
        "node": context.get("node"),
        "code": code,
        "message": message,
        "sentence": SENTENCES.get(code, ""),
        "remedy": gettext(remedy) if remedy else "",
        "cite": cite,
    }
