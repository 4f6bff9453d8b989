"""What is known of a case, as the form of each instrument asks for it.

Forms share the names of their fields, so most of what is known carries over as it stands. The offence does not: each
instrument has its own. It is named as the first instrument numbers it (`7`), or with its instrument (`budapest:2`), and
becomes the offence of the other instrument that our data call parallel, or another offence than those when none is.
That an offence is none of one instrument's does not say whether it is one of another's: that stays not known.
"""

from collections.abc import Mapping

from rogatory.law.form import Form, as_text
from rogatory.law.model import Law
from rogatory.law.parallels import own_offences, same_offence
from rogatory.opinion.case import OFFENCE, UNKNOWN

OTHER = "other"


def carried(contents: Mapping[str, object], *, law: Law, form: Form) -> dict[str, object]:
    """Those of *contents* that *form* has a field for, the offence as its instrument names it."""
    found = {key: value for key, value in contents.items() if key in form.fields_by_key}
    if OFFENCE in found:
        stated = offence_in(as_text(found.pop(OFFENCE)), law=law, form=form)
        if stated:
            found[OFFENCE] = stated
    return found


def offence_in(stated: str, *, law: Law, form: Form) -> str:
    """The offence *stated* as *form* names it; empty where it cannot tell."""
    named, _, offence = stated.rpartition(":")
    source = named or next(iter(law.instruments))
    options = [option.value for option in form.fields_by_key[OFFENCE].options]
    if source == form.instrument or source not in law.instruments:
        return offence if source == form.instrument else stated
    if offence not in own_offences(law, source):
        return UNKNOWN if UNKNOWN in options else ""
    parallel = [one for one in same_offence(law, source, offence, form.instrument) if one in options]
    return parallel[0] if parallel else OTHER
