"""What the pages of alignment call things: states, answers, changes, remarks on a file, languages of national law."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.alignment.concepts import CONCEPTS
from rogatory.web.words import Label, Mark

#: How an obligation, or an article, stands.
STATES: Mapping[str, Mark] = {
    "implemented": Mark("green", "disc", _("implemented")),
    "partly": Mark("amber", "triangle", _("partly implemented")),
    "not-implemented": Mark("red", "cross", _("not implemented")),
    "not-applicable": Mark("grey", "bar", _("not applicable")),
    "disputed": Mark("amber", "square", _("disputed")),
    "unseen": Mark("grey", "pause", _("not yet looked at")),
    "under-way": Mark("grey", "triangle", _("under way")),
}

#: What a reader says of an element of an offence, and what it stands as.
ELEMENTS: Mapping[str, Mark] = {
    "present": Mark("green", "disc", _("present")),
    "missing": Mark("red", "cross", _("missing")),
    "unclear": Mark("amber", "triangle", _("unclear")),
    "disputed": Mark("amber", "square", _("disputed")),
    "unsaid": Mark("grey", "bar", _("nothing said")),
    "used": Mark("green", "disc", _("used")),
    "open": Mark("grey", "bar", _("open")),
}

#: What became of a provision between two texts of a law.
CHANGED: Mapping[str, Mark] = {
    "added": Mark("green", "disc", _("added")),
    "repealed": Mark("red", "cross", _("repealed")),
    "renumbered": Mark("grey", "bar", _("renumbered")),
    "reworded": Mark("amber", "triangle", _("reworded")),
    "unchanged": Mark("grey", "pause", _("unchanged")),
}

REMARKS: Mapping[str, Label] = {
    "number-repeated": _("A number stands twice or more"),
    "number-skipped": _("A number is missing between its neighbours"),
    "no-provisions": _("No articles or sections were recognised"),
    "language-unsure": _("The language is not sure"),
    "language-not-ranked": _("The glossary does not have the language"),
    "provision-long": _("A provision is unusually long: perhaps a label in it was not seen"),
    "preamble": _("Stands before the provisions, left out"),
    "contents": _("Lines of a table of contents, left out"),
    "running-head": _("Lines repeated on every page, left out"),
    "annex": _("An annex, left out"),
    "close": _("Closes the act, left out"),
}

LANGUAGES: Mapping[str, Label] = {
    "ar": _("Arabic"),
    "de": _("German"),
    "en": _("English"),
    "es": _("Spanish"),
    "fa": _("Persian"),
    "fr": _("French"),
    "id": _("Indonesian"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "nl": _("Dutch"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "vi": _("Vietnamese"),
    "zh": _("Chinese"),
}

FORMATS: Mapping[str, Label] = {
    "akn": _("Akoma Ntoso"),
    "pdf": _("PDF"),
    "docx": _("Word"),
    "html": _("HTML"),
    "markdown": _("Markdown"),
    "text": _("plain text"),
}

#: How near an earlier answer stands.
ALIKE: Mapping[str, Label] = {
    "same-provision": _("the same rule in the other instrument"),
    "same-article": _("the same article in the other instrument"),
}

MARKS: Mapping[str, Mapping[str, Mark]] = {"state": STATES, "element": ELEMENTS, "changed": CHANGED}
NAMES: Mapping[str, Mapping[str, Label]] = {
    "remark": REMARKS,
    "language": LANGUAGES,
    "format": FORMATS,
    "alike": ALIKE,
    "concept": CONCEPTS,
}
#: Languages that are written from right to left.
FROM_RIGHT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
