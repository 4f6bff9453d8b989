"""From a TOML file to a `Rulebook`, refusing whatever is not exactly right.

Every key must be known and every value of its kind; an error names file and line. What a rulebook *means* is not
judged here: gaps and contradictions are found by `lint`. `spec/rulebook.md` describes the format.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from rogatory.conference.rulebook import options, settings
from rogatory.conference.rulebook.model import Rulebook
from rogatory.errors import BadInput, NotFound
from rogatory.law.tables import BadLawFile, Source, Table

FORMAT = 1
MAX_CHARACTERS = 300_000
#: The rulebooks that come with the program.
DELIVERED = ("untoc", "uncac", "hanoi-draft")


class BadRulebook(BadInput):
    """The rulebook cannot be read."""

    code = "bad-rulebook"
    remedy = "Correct the line named; spec/rulebook.md describes the format."


class NoSuchRulebook(NotFound):
    """No rulebook of this name comes with the program."""

    code = "no-such-rulebook"
    remedy = "Name one of those that the message lists, or give the path of a TOML file."


class Opened:
    """A rulebook's file, parsed, with its options known and no choice made yet."""

    def __init__(self, text: str, *, name: str) -> None:
        if len(text) > MAX_CHARACTERS:
            raise BadRulebook(f"{len(text)} characters are more than the limit of {MAX_CHARACTERS}", where=name)
        try:
            self._source = Source(name, text)
            self.values = self._source.values()
            whole = self._table(self.values)
            if whole.number("format") != FORMAT:
                raise whole.fail(f"the format must be {FORMAT}", "format")
            self.options = options.read(whole)
        except BadLawFile as error:
            raise BadRulebook(error.message, where=error.where) from error

    def _table(self, values: dict[str, Any]) -> Table:
        return Table(values, source=self._source)

    def read(self, choices: Mapping[str, str] = MappingProxyType({})) -> Rulebook:
        """The rulebook with *choices* made; raises `BadRulebook`, `UnknownOption` and `UnknownChoice`."""
        made = options.chosen(self.options, choices)
        try:
            values = options.applied(self._table(self.values), self.options, made)
            table = self._table({key: values[key] for key in values if key not in ("format", "option")})
            return settings.rulebook(table, self.options, MappingProxyType(made))
        except BadLawFile as error:
            raise BadRulebook(error.message, where=error.where) from error


def read(text: str, *, name: str, choices: Mapping[str, str] = MappingProxyType({})) -> Rulebook:
    """The rulebook that *text* states, from the file called *name*, read with *choices*: option to choice.

    Raises `BadRulebook` with file and line, `UnknownOption` and `UnknownChoice`.
    """
    return Opened(text, name=name).read(choices)


@cache
def delivered_text(id: str) -> str:
    """The TOML text of a rulebook that comes with the program; raises `NoSuchRulebook`."""
    if id not in DELIVERED:
        raise NoSuchRulebook(f"there is no rulebook {id!r}; there are {', '.join(DELIVERED)}")
    return (files("rogatory.conference") / "data" / f"{id}.toml").read_text("utf-8")


def delivered(id: str, *, choices: Mapping[str, str] = MappingProxyType({})) -> Rulebook:
    """A rulebook that comes with the program; raises `NoSuchRulebook`, `UnknownOption` and `UnknownChoice`."""
    return _delivered(id, tuple(sorted(choices.items())))


@cache
def _delivered(id: str, choices: tuple[tuple[str, str], ...]) -> Rulebook:
    return read(delivered_text(id), name=f"{id}.toml", choices=dict(choices))
