"""What the parts of a provision are called, in the reader's language: elements of offences, notices, numbers."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label

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

NAMES: Mapping[str, Mapping[str, Label]] = {
    "language": LANGUAGES,
    "comparison": COMPARISONS,
    "element": ELEMENTS,
    "option": OPTIONS,
    "excluded": EXCLUDED_BY,
    "notice": NOTICES,
    "told": TOLD,
}
