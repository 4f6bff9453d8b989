"""What a provision and its parts are called, in the reader's language: kinds, elements, notices, numbers."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label, Mark

ELEMENTS: Mapping[str, Label] = {
    "conduct": _("conduct"),
    "object": _("object"),
    "mental": _("mental element"),
    "without-right": _("without right"),
    "purpose": _("purpose"),
    "result": _("result"),
    "circumstance": _("circumstance"),
}

OPTIONS: Mapping[str, Label] = {
    "narrows": _("a State's law may ask for this too"),
    "widens": _("a State's law may cover this too"),
}

EXCLUDED_BY: Mapping[str, Label] = {
    "treaty": _("left out by the treaty itself"),
    "domestic-law": _("a State's law may leave this out"),
    "reservation": _("may be left out by a reservation"),
}

NOTICES: Mapping[str, Label] = {
    "with-instrument": _("with the instrument of ratification, acceptance, approval or accession"),
    "signature-or-instrument": _("at signature or with the instrument"),
    "as-required": _("as the Conference requires"),
    "undated": _("no time is set"),
}

TOLD: Mapping[str, Label] = {
    "depositary": _("To the Secretary-General of the United Nations"),
    "conference": _("To the Conference of the States Parties"),
}

UNITS: Mapping[str, Label] = {
    "days": _("days"),
    "years": _("years"),
    "lowest_years": _("years at the lowest"),
    "months": _("months"),
    "instruments": _("instruments"),
    "parties": _("States Parties"),
    "members": _("member States of the organisation"),
}

LANGUAGES: Mapping[str, Label] = {
    "ar": _("Arabic"),
    "en": _("English"),
    "es": _("Spanish"),
    "fr": _("French"),
    "ru": _("Russian"),
    "zh": _("Chinese"),
}

COMPARISONS: Mapping[str, Label] = {
    "agrees": _("our description agrees with it"),
    "differs": _("our description differs from it"),
}

#: The kinds of provisions.
SORTS: Mapping[str, Label] = {
    "purpose": _("purpose"),
    "definition": _("definition"),
    "offence": _("offence"),
    "power": _("power"),
    "duty": _("duty"),
    "option": _("option"),
    "content": _("content of a request"),
    "ground": _("ground for refusal"),
    "period": _("period"),
    "notice": _("notice"),
    "reservation": _("reservation"),
    "scope": _("scope"),
    "jurisdiction": _("jurisdiction"),
    "institution": _("institution"),
    "final": _("final clause"),
}

#: Whom a provision addresses.
ADDRESSED: Mapping[str, Label] = {
    "none": _("nobody in particular"),
    "state-party": _("every State Party"),
    "requesting": _("the requesting State"),
    "requested": _("the requested State"),
    "both": _("both States"),
    "depositary": _("the depositary"),
    "contact-point": _("the 24/7 contact point"),
    "central-authority": _("the central authority"),
    "service-provider": _("service providers"),
    "any-state": _("any State"),
    "regional-organisation": _("regional organisations"),
    "conference": _("the Conference"),
    "secretariat": _("the secretariat"),
}

ALL_NOTICES = _("All notices")
ALL_PERIODS = _("All periods")
ALL_RESERVATIONS = _("All reservations allowed")
ALL_GROUNDS = _("All grounds for refusal")
ALL_OFFENCES = _("All offences")
ALL_DEFINITIONS = _("All definitions")
ALL_OF_THE_REQUESTED = _("All that the requested State does")
ALL_OF_THE_DEPOSITARY = _("All that the depositary does")

#: How a description was checked, in a word or two.
CHECKED: Mapping[str, Mark] = {
    "text": Mark("green", "disc", _("read in the text")),
    "parallel": Mark("grey", "pause", _("checked on a parallel clause")),
    "secondary": Mark("amber", "triangle", _("from secondary sources")),
    "unchecked": Mark("amber", "square", _("not checked yet")),
}

DIFFERENCES: Mapping[str, Label] = {
    "missing": _("in our data, not in the copy"),
    "extra": _("in the copy, not in our data"),
    "renumbered": _("stands under another number"),
    "undivided": _("described as a whole by us, divided in the copy"),
    "value": _("a number of ours is not in the text"),
    "period": _("a period that our data do not carry"),
}

NAMES: Mapping[str, Mapping[str, Label]] = {
    "difference": DIFFERENCES,
    "sort": SORTS,
    "addressed": ADDRESSED,
    "language": LANGUAGES,
    "comparison": COMPARISONS,
    "element": ELEMENTS,
    "option": OPTIONS,
    "excluded": EXCLUDED_BY,
    "notice": NOTICES,
    "told": TOLD,
}
