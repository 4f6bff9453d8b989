"""From the words of a national law to the keys under which the glossary finds them.

A word is looked up under its stems where a stemmer knows the language, and under its own form, without case and
accents; in Vietnamese, where the accent makes the word, with them. Chinese, Japanese and Thai have no spaces: there a
term is looked for as it is written, sign by sign.
"""

import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files

from rogatory.law.lookup import wording

#: Languages written without spaces between words.
WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "km", "my"})
#: Languages in which every syllable stands apart, so that a word is several of them side by side.
BY_SYLLABLE = frozenset({"vi"})
#: Languages that write several words as one, so that a term is looked for inside longer words.
WITH_COMPOUNDS = frozenset({"de", "nl", "sv", "da", "no", "fi", "hu", "ko"})
#: The stemmer of each language beyond those of the treaties.
STEMMERS = {
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ms": "indonesian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "nb": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


@lru_cache(maxsize=262_144)
def keys(written: str, lang: str) -> tuple[str, ...]:
    """The keys of one word as a text in *lang* writes it, its stems before its form; none for what is no word."""
    word = wording.read(written)
    if not word.form:
        return ()
    if lang in BY_SYLLABLE:
        return (word.folded,)
    return tuple(dict.fromkeys((*_stems(word, lang), word.form)))


def form(written: str, lang: str) -> str:
    """The form of a word, evened out: what prefixes and parts of compounds are compared with."""
    word = wording.read(written)
    return word.folded if lang in BY_SYLLABLE else word.form


class _Signs(dict[int, int | str]):
    """What each sign is compared as: without case, full-width signs as others; always one sign for one."""

    def __missing__(self, code: int) -> int | str:
        evened = unicodedata.normalize("NFKC", chr(code)).casefold()
        self[code] = evened if len(evened) == 1 else code
        return self[code]


_SIGNS = _Signs()


def signs(text: str) -> str:
    """*text* as one without spaces between words is compared, every sign at its place."""
    return text.translate(_SIGNS)


@cache
def stop_words(lang: str) -> frozenset[str]:
    """The forms of the words that hold sentences together; none for a language whose list we do not have."""
    if lang in wording.STEMMERS:
        return wording.listed("stop", lang)
    listed = tomllib.loads((files("rogatory.alignment.proposing") / "stop.toml").read_text("utf-8"))
    return frozenset(form(word, lang) for word in listed.get(lang, ()))


def _stems(word: wording.Word, lang: str) -> tuple[str, ...]:
    if lang in wording.STEMMERS:
        return wording.stems(word, lang)
    if lang not in STEMMERS or not word.form[0].isalpha():
        return ()
    stem = _stemmer(lang)
    return tuple(dict.fromkeys(f"{lang}{wording.plain(stem(one))}" for one in (word.folded, word.form)))


@cache
def _stemmer(lang: str) -> Callable[[str], str]:
    # Loading all its languages takes long, so it waits for the first law in a language that it knows.
    import snowballstemmer

    found: Callable[[str], str] = snowballstemmer.stemmer(STEMMERS[lang]).stemWord
    return found
