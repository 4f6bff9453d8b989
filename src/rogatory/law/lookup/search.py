"""What can be asked of the law, and what is answered.

A query has words, or asks by what a provision is, or both. Words are plain words: nothing in them is an operator.
Every word must be there; failing that, the last one is taken for the beginning of a word; failing that, some of them
are enough, and the answer says so. A query is never an error for being odd, only for being too long.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from rogatory.errors import BadInput
from rogatory.law.browse import Sorting
from rogatory.law.words import NO_WORDS, Words

#: What a query may hold at most.
MAX_SIGNS = 300
MAX_WORDS = 24
MAX_HITS = 200


class QueryTooLong(BadInput):
    """The query is too long."""

    code = "query-too-long"
    remedy = f"Ask with at most {MAX_WORDS} words and {MAX_SIGNS} characters."


class UnknownTextLanguage(BadInput):
    """No text of the law is kept in that language."""

    code = "unknown-text-language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked: *words*, what the provision is, the language of the texts (any if empty), and which page of hits.

    *reader* is the language that is shown first where a provision was found in several.
    """

    words: str = ""
    sorting: Sorting = field(default_factory=Sorting)
    text_lang: str = ""
    reader: str = "en"
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text of a provision: our description, or an official copy that was loaded; *said* is what is searched."""

    instrument: str
    number: str
    lang: str
    title: str
    said: str
    official: bool = False

    @property
    def source(self) -> str:
        """`ours` or `official`, with the language: `official fr`."""
        return f"{'official' if self.official else 'ours'} {self.lang}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a snippet; *hit* when it is one of the words that were looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One provision that was found: in which text, its title and a snippet in pieces.

    *official* names the languages of the official copies in which it was found too. *kind*, *who* and *force* are
    empty for a number that stands in an official copy and not in our data.
    """

    instrument: str
    number: str
    source: str
    lang: str
    title: tuple[Piece, ...]
    title_lang: str
    snippet: tuple[Piece, ...]
    kind: str = ""
    who: str = ""
    force: str = ""
    official: tuple[str, ...] = ()

    @property
    def cite(self) -> str:
        """The instrument and the number: `uncc:42(3)(b)`."""
        return f"{self.instrument}:{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer: how many provisions, one page of them, and how the words were taken.

    *how* is `all`, `beginnings`, `some`, `address`, `listed` (no words were given) or `nothing`; *hint* says what to
    make of that, where it needs saying.
    """

    total: int
    hits: tuple[Hit, ...]
    how: str
    hint: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of a query: any of its *forms* or *stems*, a *run* of stems in a row, or a *beginning* of words."""

    forms: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    beginning: str = ""


class WordIndex(Protocol):
    """An index over texts, each known by its place in the order in which it was given."""

    def find(self, terms: Sequence[Term], *, every: bool) -> Sequence[tuple[int, float]]:
        """The places of the texts that have *every* term, or any; with a score, the smaller the better."""


MakeIndex = Callable[[Iterable[Text]], WordIndex]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Official copies to be searched too: *version* changes when they do, *read* gives their texts."""

    version: object = None
    read: Callable[[], Iterable[Text]] = tuple
