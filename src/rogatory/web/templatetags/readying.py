"""What templates of readiness and drills say: their words and marks, lengths of time, where something is filled in."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from rogatory.node.correspondence import drills, letters
from rogatory.node.people import Actor
from rogatory.readiness.papers.model import Missing
from rogatory.web.readiness import words
from rogatory.web.readiness.leading import place_address
from rogatory.web.templatetags.desk import draw
from rogatory.web.words import Mark

register = template.Library()


@register.filter
def ready_word(code: object, family: str) -> object:
    """What these pages call *code*; the code itself where this version has no word for it."""
    return words.NAMES[family].get(str(code), str(code))


@register.simple_tag
def ready_mark(family: str, code: object) -> SafeString:
    """The mark of *code*: shape, word and colour."""
    return draw(words.MARKS[family].get(str(code), Mark("grey", "bar", str(code))))


@register.filter
def filled_in_at(missing: Missing) -> str:
    """The page on which what is missing is filled in."""
    return place_address(missing.place)


@register.filter
def lasting(seconds: float | None) -> str:
    """A length of time as people say it; a dash where it is not known."""
    if seconds is None:
        return "–"
    whole = int(seconds)
    if whole < 60:
        return gettext("%(seconds)s s") % {"seconds": whole}
    if whole < 3600:
        return gettext("%(minutes)s min %(seconds)s s") % {"minutes": whole // 60, "seconds": whole % 60}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": whole // 3600, "minutes": whole // 60 % 60}


@register.filter
def week_time(told: str) -> str:
    """A minute of the week, `sat 22:00`, with its day spelled out."""
    day, _, hour = told.partition(" ")
    return f"{ready_word(day, 'day')} {hour}"


@register.filter
def address_of_place(place: str) -> str:
    """The page on which that place of the choices is filled in."""
    return place_address(place)


@register.simple_tag
def ready_label(standing: str) -> object:
    """The word for how a drill stands, without its mark."""
    return words.DRILLS[standing].word


@register.filter
def reads_drills(actor: Actor) -> bool:
    """Whether the person has to do with drills."""
    return bool(actor.roles & drills.READERS)


@register.filter
def reads_letters(actor: Actor) -> bool:
    """Whether the person may read letters between nodes."""
    return bool(actor.roles & letters.READERS)
