"""Sentences that the program says about the law, read from data so that a translator needs no Python.

A file has one table a sentence, with `en` and `fr`; both must fill the same places.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from rogatory.errors import BadData
from rogatory.law.words import Words, placeholders


class BadSentence(BadData):
    """A sentence is missing, or its languages do not fill the same places."""

    code = "bad-sentence"


class Sentences:
    """Named sentences of one room."""

    def __init__(self, sentences: Mapping[str, Words], *, where: str) -> None:
        self._sentences = sentences
        self._where = where

    def say(self, name: str, /, **values: object) -> Words:
        """The sentence called *name* with its places filled; raises `BadSentence` for an unknown name or place."""
        try:
            words = self._sentences[name]
        except KeyError:
            raise BadSentence(f"there is no sentence {name!r}", where=self._where) from None
        try:
            return words.fill(**values)
        except KeyError as error:
            raise BadSentence(f"sentence {name!r} has a place {error} that nothing fills", where=self._where) from None

    def names(self) -> tuple[str, ...]:
        """Every name, in the order of the file."""
        return tuple(self._sentences)


def read_sentences(text: str, *, where: str) -> Sentences:
    """The sentences of a TOML text; raises `BadSentence` naming the file and the sentence."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSentence(str(error), where=where) from error
    found: dict[str, Words] = {}
    for name, table in tables.items():
        if not isinstance(table, dict) or set(table) != {"en", "fr"}:
            raise BadSentence(f"sentence {name!r} must have exactly `en` and `fr`", where=where)
        words = Words(table["en"], table["fr"])
        if placeholders(words.en) != placeholders(words.fr):
            raise BadSentence(f"sentence {name!r} fills other places in French than in English", where=where)
        found[name] = words
    return Sentences(found, where=where)


@cache
def load_sentences(package: str, name: str = "sentences.toml") -> Sentences:
    """The sentences in the data file *name* of *package*, read once."""
    return read_sentences((files(package) / "data" / name).read_text("utf-8"), where=f"{package}/data/{name}")


def law_sentences() -> Sentences:
    """The sentences of this room."""
    return load_sentences("rogatory.law")
