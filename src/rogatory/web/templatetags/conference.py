"""Small things that the faces of a meeting say: its words, times for clocks, rules, refusals."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from rogatory.conference.meeting.state import Document, State
from rogatory.conference.rulebook.model import Rule, Rulebook
from rogatory.errors import RogatoryError
from rogatory.kernel import times
from rogatory.web.conference import refusals, words
from rogatory.web.faults import SENTENCES
from rogatory.web.templatetags.desk import draw, say
from rogatory.web.words import Mark

register = template.Library()


@register.filter
def conference_word(code: object, family: str) -> object:
    """What the faces call *code*; the code itself where this version has no word for it."""
    return words.NAMES[family].get(str(code), str(code))


@register.simple_tag
def conference_mark(family: str, code: object) -> str:
    """The mark of *code*: shape, word and colour."""
    return draw(words.MARKS[family].get(str(code), Mark("grey", "bar", str(code))))


@register.filter
def milliseconds(seconds: float) -> int:
    """Seconds as whole milliseconds."""
    return round(seconds * 1000)


@register.filter
def stamp(at: datetime | None) -> str:
    """A time as RFC 3339, for scripts."""
    return times.stamp(at) if at else ""


@register.filter
def minutes(seconds: int) -> str:
    """Seconds as minutes and seconds: `3:00`."""
    return f"{seconds // 60}:{seconds % 60:02d}"


@register.filter
def in_language(texts: Mapping[str, str]) -> str:
    """A text that is kept by language, in the language of the page or in English."""
    return texts.get((get_language() or "en")[:2]) or texts.get("en", "")


@register.filter
def file_in(document: Document, language: str) -> str:
    """The SHA-256 of the file of *document* in *language*; empty when there is none."""
    return document.file(language)


@register.filter
def post(id: str, state: State) -> str:
    """The name of the office *id* in the rulebook of the meeting."""
    return next((say(one.name) for one in state.book.officers.posts if one.id == id), id)


@register.inclusion_tag("web/conference/parts/rule.html")
def rule(book: Rulebook, id: str, key: str = "") -> dict[str, Any]:
    """The rule called *id*: its name, and unfolded our words, where it was found and how sure that is."""
    return {"rule": book.rule(id), "rule_key": key}


@register.inclusion_tag("web/conference/parts/refused.html")
def refused(error: RogatoryError, found: Rule | None) -> dict[str, Any]:
    """Why an act was refused, under which rule, and what to do."""
    return {
        "code": error.code,
        "sentence": _sentence(error),
        "message": error.message,
        "remedy": gettext(error.advice) if error.advice else "",
        "cite": error.cite,
        "rule": found,
    }


@register.simple_tag
def why(error: RogatoryError) -> object:
    """The sentence of a refusal, in the reader's language."""
    return _sentence(error) or error.message


def _sentence(error: RogatoryError) -> object:
    return refusals.SENTENCES.get(error.code) or SENTENCES.get(error.code, "")
