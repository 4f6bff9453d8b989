"""What is known of a case, as the form of each instrument asks for it.

Forms share the names of their fields, so most of what is known carries over as it stands. The offence does not: each
instrument has its own. It is named as the first instrument numbers it (`7`), or with its instrument (`budapest:2`), and
becomes the offence of the other instrument that our data call parallel, or another offence than those when none is.
That an offence is none of one instrument's does not say whether it is one of another's: that stays not known.
"""

from collections.abc import Mapping
from functools import lru_cache

from rogatory.law.form import Field, Form, as_text
from rogatory.law.model import Law
from rogatory.law.parallels import own_offences, same_offence
from rogatory.opinion.case import OFFENCE, UNKNOWN
from rogatory.opinion.facts import BadFacts

OTHER = "other"


def carried(contents: Mapping[str, object], *, law: Law, form: Form) -> dict[str, object]:
    """Those of *contents* that *form* can say, the offence as its instrument names it; raises `BadFacts`."""
    found: dict[str, object] = {}
    for key, value in contents.items():
        field = form.fields_by_key.get(key)
        if field is not None:
            said = offence_in(as_text(value), law=law, form=form) if key == OFFENCE else value
            if field.type != "choice" or as_text(said) in _options(field):
                found[key] = said
    return found


def offence_in(stated: str, *, law: Law, form: Form) -> str:
    """The offence *stated* as *form* names it; empty where it cannot tell. Raises `BadFacts` for one nobody names."""
    named, _, offence = stated.rpartition(":")
    source = named or next(iter(law.instruments))
    if not stated or stated == UNKNOWN:
        return UNKNOWN
    if offence not in _nameable(law, source):
        raise BadFacts(f"{stated[:80]!r} is not an offence that an instrument names, such as 7 or budapest:2")
    if source == form.instrument:
        return offence
    if offence not in own_offences(law, source):
        return UNKNOWN
    options = _options(form.fields_by_key[OFFENCE])
    parallel = [one for one in same_offence(law, source, offence, form.instrument) if one in options]
    return parallel[0] if parallel else OTHER


@lru_cache(maxsize=16)
def _nameable(law: Law, instrument: str) -> frozenset[str]:
    """What the forms of *instrument* can say of the offence; nothing for an instrument we do not know."""
    forms = (form for (name, _), form in law.forms.items() if name == instrument)
    return frozenset().union(*(_options(form.fields_by_key[OFFENCE]) for form in forms if form.field(OFFENCE)))


def _options(field: Field) -> frozenset[str]:
    return frozenset(option.value for option in field.options)
