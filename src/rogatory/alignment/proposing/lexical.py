"""Ranking in a language that the glossary does not have: by the words it shares with its neighbours.

Legal languages lend each other their terms: `extradition`, `extradició`, `ekstradicja`. So a law in such a language is
read with the glossaries of languages near to it, and a term is found where a word begins like it. That is less than a
glossary, and the proposals say so (`how` is `lexical`).
"""

from functools import cache

from rogatory.alignment.proposing import words
from rogatory.alignment.proposing.glossaries import Glossary, glossary, languages
from rogatory.alignment.proposing.terms import Part, Pattern, Term

#: From whom a language borrows or with whom it shares its words, the nearest first.
NEAR = {
    "af": ("nl",),
    "az": ("tr",),
    "be": ("ru", "uk"),
    "bg": ("ru", "uk"),
    "bs": ("ru", "pl"),
    "ca": ("es", "fr", "pt"),
    "cs": ("pl", "de"),
    "da": ("de", "nl", "en"),
    "dv": ("ar",),
    "eo": ("fr", "it", "es"),
    "gl": ("pt", "es"),
    "hr": ("pl", "it"),
    "ht": ("fr",),
    "kk": ("ru",),
    "ky": ("ru",),
    "lb": ("de", "fr"),
    "mk": ("ru", "uk"),
    "mn": ("ru",),
    "ms": ("id",),
    "mt": ("it", "en", "ar"),
    "nb": ("de", "nl", "en"),
    "nn": ("de", "nl", "en"),
    "no": ("de", "nl", "en"),
    "ps": ("fa", "ar"),
    "sk": ("pl", "de"),
    "sl": ("pl", "de"),
    "sr": ("ru", "uk"),
    "sv": ("de", "nl", "en"),
    "tg": ("ru",),
    "tk": ("tr", "ru"),
    "ug": ("ar",),
    "ur": ("fa", "ar"),
    "uz": ("ru", "tr"),
}
#: For all others: the languages from which law has borrowed most.
OTHERWISE = ("en", "fr", "es")
#: A shorter word is compared whole: its beginning says too little.
WORTH_SHORTENING = 6
#: What is compared of a longer word, as endings differ from language to language.
KEPT = 0.75


@cache
def kindred(lang: str) -> Glossary:
    """A glossary for *lang* made of those of its neighbours."""
    terms: dict[str, dict[str, Term]] = {}
    for near in NEAR.get(lang, OTHERWISE):
        if near not in languages() or near in words.WITHOUT_SPACES:
            continue
        for concept, known in glossary(near).terms.items():
            for term in known:
                terms.setdefault(concept, {}).setdefault(term.written, _shortened(term, near))
    return Glossary(lang=lang, terms={concept: tuple(known.values()) for concept, known in terms.items()})


def _shortened(term: Term, lang: str) -> Term:
    parts = tuple(
        Part(patterns=tuple(_beginning(pattern, lang) for pattern in part.patterns), between=part.between + 1)
        for part in term.parts
    )
    return Term(written=term.written, parts=parts, window=term.window)


def _beginning(pattern: Pattern, lang: str) -> Pattern:
    if pattern.kind != "key":
        return pattern
    stem, *_, form = [key.removeprefix(lang) for key in pattern.text.split()] * 2
    if len(form) < WORTH_SHORTENING:
        return Pattern(kind="key", text=form)
    kept = max(WORTH_SHORTENING - 1, min(len(stem), round(len(form) * KEPT)))
    return Pattern(kind="begins", text=form[:kept])
