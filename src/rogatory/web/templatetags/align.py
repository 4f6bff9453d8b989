"""What templates of the pages of alignment say: their words and marks, passages with what was found, what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rogatory.alignment.assessment.progress import STATES, Count
from rogatory.alignment.national.model import NationalProvision, Passage
from rogatory.alignment.national.versions import GONE, SAME, Piece
from rogatory.alignment.proposing.model import Match, Proposal
from rogatory.alignment.report.checklist import sentences
from rogatory.law.words import Words
from rogatory.web.alignment import words
from rogatory.web.alignment.reviewpage import ShownPassage
from rogatory.web.templatetags.desk import draw
from rogatory.web.words import Mark

register = template.Library()
#: How many concepts are named as the reason of a proposal.
MOST_CONCEPTS = 6


@register.filter
def align_word(code: object, family: str) -> object:
    """What these pages call *code*; the code itself where this version has no word for it."""
    return words.NAMES[family].get(str(code), str(code))


@register.simple_tag
def align_mark(family: str, code: object) -> SafeString:
    """The mark of *code*: shape, word and colour."""
    return draw(words.MARKS[family].get(str(code), Mark("grey", "bar", str(code))))


@register.filter
def written_from(lang: str) -> str:
    """The `dir` of a national text in *lang*; `auto` where its language is not known."""
    return "rtl" if lang in words.FROM_RIGHT else "ltr" if lang else "auto"


@register.filter
def because(proposal: Proposal) -> list[object]:
    """The strongest concepts that speak for a proposal, in words."""
    return [words.NAMES["concept"].get(one, one) for one in proposal.concepts[:MOST_CONCEPTS]]


@register.simple_tag
def marked(text: str, spans: Iterable[tuple[int, int]] = ()) -> SafeString:
    """*text* with each of *spans* as a `mark`; a span beyond the text is left out."""
    parts: list[SafeString] = []
    place = 0
    for start, end in spans:
        if place <= start < end <= len(text):
            parts.append(format_html("{}<mark>{}</mark>", text[place:start], text[start:end]))
            place = end
    return format_html("{}{}", format_html_join("", "{}", ((part,) for part in parts)), text[place:])


@register.filter
def spans_of(matches: Iterable[Match]) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """The spans by the place of the passage they stand in."""
    return {str(one.passage): one.spans for one in matches}


@register.filter
def whole_name(provision: NationalProvision) -> str:
    """How the law names a provision: its label, and its heading where the label does not say it already."""
    if provision.heading and provision.heading not in provision.label:
        return f"{provision.label} {provision.heading}".strip()
    return provision.label or provision.heading or provision.number


@register.simple_tag
def changed_words(pieces: Iterable[Piece]) -> SafeString:
    """What was taken out and put in, struck out and underlined, and told to who does not see it."""
    gone, new = gettext("[taken out:"), gettext("[put in:")
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html("{}", one.text)
                if one.what == SAME
                else format_html('<del><span class="seen-by-reader">{} </span>{}</del>', gone, _told(one))
                if one.what == GONE
                else format_html('<ins><span class="seen-by-reader">{} </span>{}</ins>', new, _told(one)),
            )
            for one in pieces
        ),
    )


def _told(one: Piece) -> SafeString:
    said = one.text.rstrip()
    return format_html('{}<span class="seen-by-reader">]</span>{}', said, one.text[len(said) :])


@register.simple_tag
def spans_at(spans: Mapping[str, Iterable[tuple[int, int]]] | str, place: int) -> Iterable[tuple[int, int]]:
    """What was found in the passage at *place*; nothing where nothing was looked for."""
    return spans.get(str(place), ()) if isinstance(spans, Mapping) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of a bar that is a hundred long: the state it is for, where it begins, how long it is."""

    state: str
    start: str
    width: str


@register.simple_tag
def bar_of(count: Count) -> list[Stretch]:
    """The stretches of a bar, one for each state that is there; numbers are texts, for SVG wants a point."""
    found: list[Stretch] = []
    place = 0.0
    for state in STATES:
        width = 100 * count.states[state] / count.of if count.of else 0.0
        if width:
            found.append(Stretch(state=state, start=f"{place:.2f}", width=f"{width:.2f}"))
        place += width
    return found


@register.filter
def state_counts(count: Count) -> list[tuple[str, int]]:
    """The states that are there, and how many stand in each."""
    return [(state, count.states[state]) for state in STATES if count.states[state]]


@register.simple_tag
def state_word(state: str) -> object:
    """How a state is called, as an option of a list says it."""
    return words.STATES[state].word


@register.filter
def report_word(name: str, family: str) -> Words:
    """A word of the gap report: the group of a point, the state of an item, how an option is meant."""
    return sentences().say(f"{family}-{name}")


@register.filter
def number_beside(passage: Passage | ShownPassage) -> bool:
    """Whether the number of a passage is shown beside it: it has one, and its own words do not begin with it."""
    last = passage.number.rpartition("(")[2].strip("().")
    return bool(passage.number) and last not in passage.text[:8]
