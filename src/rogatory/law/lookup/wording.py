"""From a text to the words under which it is found, in the six languages of the treaties.

Case, accents, Arabic vowel signs and letter forms, full-width signs and digits of other scripts make no difference.
A word is kept in two ways: its form, and its stem in the language of the text, so that "preserved" finds
"preservation". A stem is taken with and without accents, because who leaves the accents out wants to find too.
Chinese has no spaces: a run of its characters is kept as every pair of neighbours, and its single characters as forms.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

#: Languages of texts, with the name of the stemmer that knows each; Chinese needs none.
STEMMERS: Mapping[str, str] = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "ru": "russian",
    "ar": "arabic",
}
TEXT_LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
_LATIN = ("en", "fr", "es")
_MARKS = "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}](?:[^\W_{_HAN}]|[{_MARKS}])*")
_ARABIC_LETTERS = str.maketrans({"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ـ": None})
_ARABIC_ENDING = str.maketrans({"ة": "ه"})
_ARABIC_ARTICLE = re.compile(r"(?:[وف]?[بك]?ال|[وف]?لل)(?=..)")
_LONGEST = 64


class Word(NamedTuple):
    """One word as it is looked up: *folded* in case, *form* without accents either; *han* for Chinese."""

    folded: str
    form: str
    han: bool


def places(text: str) -> Iterator[re.Match[str]]:
    """Where the words of *text* stand, in order."""
    return _WORD.finditer(text)


def words(text: str) -> Iterator[Word]:
    """The words of *text*, in order."""
    return (word for word in map(read, _WORD.findall(text)) if word.form)


@lru_cache(maxsize=131_072)
def read(written: str) -> Word:
    """A word as a text writes it; the form of what is no word at all is empty."""
    evened = unicodedata.normalize("NFKC", written).casefold().replace("ё", "е").translate(_ARABIC_LETTERS)
    folded = "".join(sign for sign in evened if sign.isalnum() or unicodedata.combining(sign))[:_LONGEST]
    form = "".join(sign for sign in _evened(folded) if sign.isalnum())
    return Word(folded, form, is_han(written[0]))


@lru_cache(maxsize=131_072)
def entries(written: str, lang: str) -> tuple[str, str]:
    """The stems and the forms of a word as a text in *lang* writes it, each as a line of words: what an index keeps."""
    word = read(written)
    if not word.form:
        return "", ""
    return " ".join(stems(word, lang)), " ".join(word.form) if word.han else word.form


def spelled(text: str) -> list[str]:
    """The words of *text* as it writes them."""
    return _WORD.findall(text)


def is_han(sign: str) -> bool:
    """Whether *sign* is a Chinese character."""
    return "\u3400" <= sign <= "\u4dbf" or "\u4e00" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff"


def plain(text: str) -> str:
    """*text* with case, accents, letter forms and foreign digits evened out, everything else as it is."""
    return _evened(unicodedata.normalize("NFKC", text).casefold())


def _evened(folded: str) -> str:
    """*folded* without accents and vowel signs, digits of other scripts as ours."""
    open_signs = unicodedata.normalize("NFD", folded)
    bare = "".join(_digit(sign) for sign in open_signs if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", bare).translate(_ARABIC_LETTERS).translate(_ARABIC_ENDING)


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def languages_of(word: Word) -> tuple[str, ...]:
    """The languages that *word* can be of, by its script."""
    if word.han:
        return ("zh",)
    first = word.form[0]
    if "\u0400" <= first <= "\u04ff":
        return ("ru",)
    if "\u0600" <= first <= "\u06ff":
        return ("ar",)
    return _LATIN


def stems(word: Word, lang: str) -> tuple[str, ...]:
    """The stems of *word* in *lang*, each with the language before it; pairs of characters for Chinese."""
    if word.han:
        return tuple(f"zh{pair}" for pair in pairs(word.form))
    return _stems(word.folded, word.form, lang)


def pairs(run: str) -> tuple[str, ...]:
    """Every pair of neighbours in a run of Chinese characters."""
    return tuple(run[place : place + 2] for place in range(len(run) - 1))


@lru_cache(maxsize=131_072)
def _stems(folded: str, form: str, lang: str) -> tuple[str, ...]:
    if lang not in STEMMERS or not form[0].isalpha():
        return ()
    stem, same = _stemmer(lang), spellings(lang)
    seeds = [same.get(folded, folded), same.get(form, form)]
    if lang == "ar":
        # The stemmer takes a first letter of some words for a preposition unless the article stands before it, and
        # knows the ending of a feminine noun only when it is written with its two dots.
        noun = "ال" + _ARABIC_ARTICLE.sub("", form, count=1)
        seeds = [folded, noun, noun[:-1] + "ة" if noun.endswith("ه") else noun]
    found = (_evened(stem(seed)) for seed in seeds)
    return tuple(dict.fromkeys(f"{lang}{one}" for one in found if one))


@cache
def _stemmer(lang: str) -> Callable[[str], str]:
    # Loading all its languages takes as long as the whole program does to start, so it waits for the first search.
    import snowballstemmer

    found: Callable[[str], str] = snowballstemmer.stemmer(STEMMERS[lang]).stemWord
    return found


@cache
def _tables() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads((files("rogatory.law") / "data" / "search.toml").read_text("utf-8"))


@cache
def spellings(lang: str) -> Mapping[str, str]:
    """Other spellings in *lang*, and those under which they are looked up."""
    found = _tables()["same"][lang]
    assert isinstance(found, dict)  # noqa: S101 - our own data, and mypy wants to know
    return {plain(str(one)): str(other) for one, other in found.items()}


@cache
def listed(table: str, name: str) -> frozenset[str]:
    """The words of one list of `data/search.toml`, evened out: `("stop", "en")`, `("address", "article")`."""
    found = _tables()[table][name]
    assert isinstance(found, list)  # noqa: S101 - our own data, and mypy wants to know
    return frozenset(plain(str(one)) for one in found)


@cache
def stop_words() -> frozenset[str]:
    """The words of every language that hold sentences together."""
    return frozenset().union(*(listed("stop", lang) for lang in TEXT_LANGUAGES))
