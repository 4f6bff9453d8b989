"""Words shown to people, in every language the product speaks, and answers that may be unknown."""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LANGUAGES = ("en", "fr")
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
}  # fmt: skip


class Answer(StrEnum):
    """Yes, no or unknown; asking for its truth value is an error, so that an unknown never passes for a yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("an Answer has three values: compare it with Answer.YES, Answer.NO or Answer.UNKNOWN")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in English and in French."""

    en: str
    fr: str

    def get(self, lang: str) -> str:
        """The text in *lang* (`fr`, `fr-ca` …); English for a language we do not have."""
        return self.fr if lang[:2] == "fr" else self.en

    def fill(self, **values: object) -> "Words":
        """These words with each `{name}` replaced by its value as each language writes it (words, days, decimals)."""
        english = {key: _written(value, "en") for key, value in values.items()}
        french = {key: _written(value, "fr") for key, value in values.items()}
        return Words(self.en.format(**english), self.fr.format(**french))

    def to_json(self) -> dict[str, str]:
        """`{"en": …, "fr": …}`."""
        return {"en": self.en, "fr": self.fr}


NO_WORDS = Words("", "")


def _written(value: object, lang: str) -> object:
    if isinstance(value, Words):
        return value.get(lang)
    if isinstance(value, date):
        first = "1er" if lang == "fr" and value.day == 1 else value.day
        return f"{first} {_MONTHS[lang][value.month - 1]} {value.year}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", "," if lang == "fr" else ".")
    return value


def placeholders(text: str) -> frozenset[str]:
    """The names that *text* expects to be filled."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def listed(items: tuple[str, ...] | list[str]) -> Words:
    """*items* as a list in a sentence: `a, b and c`."""
    if not items:
        return NO_WORDS
    if len(items) == 1:
        return Words(items[0], items[0])
    head = ", ".join(items[:-1])
    return Words(f"{head} and {items[-1]}", f"{head} et {items[-1]}")


def listed_words(items: Sequence[Words]) -> Words:
    """*items* as a list in a sentence, each language with its own words."""
    return Words(listed([one.en for one in items]).en, listed([one.fr for one in items]).fr)
