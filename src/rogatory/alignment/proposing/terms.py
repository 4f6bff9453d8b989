"""A term of the glossary, from the line in its file to what is compared with the words of a law.

How terms are written is told at the head of `glossary/en.toml`.
"""

from dataclasses import dataclass

from rogatory.alignment.proposing import words
from rogatory.errors import BadData
from rogatory.law.lookup import wording

#: How many other words may stand between two words of a term; languages without spaces count signs.
BETWEEN = {"vi": 0, "zh": 8, "ja": 8, "th": 8, "en": 2, "fr": 2, "es": 2, "pt": 2, "it": 2, "ar": 2}
BETWEEN_OTHERWISE = 2
FAR, FAR_IN_SIGNS = 8, 25
WINDOW, WINDOW_IN_SIGNS = 12, 30
#: From how many letters on a term of a compounding language is looked for inside longer words.
COMPOUND = 6


class BadTerm(BadData):
    """A term of the glossary is not written as terms are."""

    code = "bad-glossary-term"
    remedy = "Write it as the head of glossary/en.toml says."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """What one word must be: `kind` is `key`, `begins`, `ends`, `holds` or, without spaces, `signs`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One place in a term: any of the patterns, at most *between* other words after the place before."""

    patterns: tuple[Pattern, ...]
    between: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A wording of a concept: its parts in order, or in any order within *window* words when that is not 0."""

    written: str
    parts: tuple[Part, ...]
    window: int = 0


def read_term(written: str, lang: str) -> Term:
    """The term as the file writes it; raises `BadTerm` when nothing is left of it."""
    signs = lang in words.WITHOUT_SPACES
    near = BETWEEN.get(lang, BETWEEN_OTHERWISE)
    chunks = written.split()
    loose = bool(chunks) and chunks[0] == "~"
    parts: list[Part] = []
    between = near
    for chunk in chunks[1:] if loose else chunks:
        if chunk in ("..", "…"):
            between = FAR_IN_SIGNS if signs else FAR
            continue
        for place, patterns in enumerate(_places(chunk, lang)):
            parts.append(Part(patterns=patterns, between=min(between, 1) if place and not signs else between))
        between = near
    kept = _without_stop_words(parts, lang)
    if not kept:
        raise BadTerm(f"the {lang} term {written!r} has no word in it")
    window = (WINDOW_IN_SIGNS if signs else WINDOW) if loose else 0
    return Term(written=written, parts=tuple(kept), window=window)


def _places(chunk: str, lang: str) -> list[tuple[Pattern, ...]]:
    """The places that a chunk between spaces takes: one for each word that a hyphen or a stroke joins."""
    choices = [_choice(one, lang) for one in chunk.split("|") if one]
    if len(choices) == 1:
        return [_inside_too(pattern, lang) for pattern in choices[0]]
    if any(len(choice) != 1 for choice in choices):
        raise BadTerm(f"the {lang} term part {chunk!r}: each choice is one word")
    patterns = tuple(one for choice in choices for pattern in choice for one in _inside_too(pattern, lang))
    return [patterns] if patterns else []


def _choice(written: str, lang: str) -> list[Pattern]:
    if lang in words.WITHOUT_SPACES:
        return [Pattern(kind="signs", text=sign) for sign in [words.signs(written.strip("*"))] if sign]
    bare = written.strip("*")
    spelled = wording.spelled(bare)
    if "*" in written and len(spelled) == 1:
        kind = {(False, True): "begins", (True, False): "ends", (True, True): "holds"}
        return [Pattern(kind=kind[written[0] == "*", written[-1] == "*"], text=words.form(spelled[0], lang))]
    found = [words.keys(one, lang) for one in spelled]
    return [Pattern(kind="key", text=" ".join(keys)) for keys in found if keys]


def _inside_too(pattern: Pattern, lang: str) -> tuple[Pattern, ...]:
    """*pattern*, and the same inside longer words where the language has such and the term is long enough."""
    if pattern.kind != "key" or lang not in words.WITH_COMPOUNDS:
        return (pattern,)
    stem, *_, whole = [key.removeprefix(lang) for key in pattern.text.split()] * 2
    inner = stem if len(stem) >= COMPOUND else whole
    return (pattern, Pattern(kind="holds", text=inner)) if len(inner) >= COMPOUND else (pattern,)


def _without_stop_words(parts: list[Part], lang: str) -> list[Part]:
    stop = words.stop_words(lang) if lang not in words.BY_SYLLABLE else frozenset()
    kept: list[Part] = []
    widest = 0
    for part in parts:
        widest = max(widest, part.between)
        if len(part.patterns) == 1 and part.patterns[0].text.split()[-1] in stop and part.patterns[0].kind == "key":
            continue
        kept.append(Part(patterns=part.patterns, between=widest))
        widest = 0
    return kept or parts
