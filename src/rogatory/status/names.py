"""From a State's name, as a depositary may write it in English or French, to its code.

Two names are the same when they have the same words, whatever their order, accents and signs: *Iran (Islamic Republic
of)* is *Islamic Republic of Iran*. Nothing is guessed: a name that is not exactly one State's is refused.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from rogatory.errors import BadData, BadInput
from rogatory.status.model import State

_SMALL_WORDS = frozenset(["and", "d", "de", "des", "du", "et", "l", "la", "le", "les", "of", "the"])
_SHORT = {"st": "saint", "ste": "sainte"}
_WORD = re.compile(r"[^\W\d_]+")
_FOOTNOTES = re.compile(r"[\s\d,*†‡]+$")
MAX_NAME = 200


class UnknownName(BadInput):
    """No State goes by this name."""

    code = "unknown-name"
    remedy = "Write its name as the United Nations does, or its ISO 3166 alpha-3 code."


class AmbiguousName(BadData):
    """Two States go by the same name."""

    code = "ambiguous-name"


class Names:
    """The names of States; make one with `Names.of(states)`."""

    def __init__(self, codes: Mapping[frozenset[str], str], known: Mapping[str, State]) -> None:
        self._codes = codes
        self._known = known

    @classmethod
    def of(cls, states: Mapping[str, State]) -> "Names":
        """The names of these States, with the variants that ship; raises `AmbiguousName`."""
        codes: dict[frozenset[str], str] = {}
        variants = _variants()
        for code, state in states.items():
            own = (state.name.en, state.name.fr, state.formal.en, state.formal.fr, *variants.get(code, ()))
            for name in own:
                if codes.setdefault(_words(name), code) != code:
                    raise AmbiguousName(f"{name!r} is a name of {code} and of {codes[_words(name)]}")
        return cls(codes, states)

    def code(self, name: str) -> str:
        """The code of the State of that name, or of that code; raises `UnknownName`."""
        bare = _FOOTNOTES.sub("", " ".join(name[: MAX_NAME + 1].split()))
        if bare in self._known:
            return bare
        found = self._codes.get(_words(bare)) if len(bare) <= MAX_NAME else None
        if found is None:
            raise UnknownName(f"{bare[:60]!r} is not the name of a State we know")
        return found


def _words(name: str) -> frozenset[str]:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    words = (_SHORT.get(word, word) for word in _WORD.findall(plain.casefold()))
    return frozenset(word for word in words if word not in _SMALL_WORDS)


@cache
def _variants() -> Mapping[str, tuple[str, ...]]:
    text = (files("rogatory.status") / "data/names.toml").read_text("utf-8")
    return {code: tuple(names) for code, names in tomllib.loads(text).items()}
