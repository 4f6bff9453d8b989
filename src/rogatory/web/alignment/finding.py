"""A search by hand in the texts of national laws: every word that is asked for stands in the provision.

Case and accents make no difference. A provision whose number is asked for comes first.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rogatory.alignment.national.model import NationalProvision
from rogatory.node.alignment import texts
from rogatory.node.context import Node
from rogatory.ports.alignment import ProvisionRow, TextRow

MAX_QUERY = 200
MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A provision in which every word was found, its text, and where they stand in each of its passages."""

    text: TextRow
    provision: NationalProvision
    place: int
    spans: dict[str, tuple[tuple[int, int], ...]]


def find(node: Node, rows: Sequence[TextRow], query: str, *, limit: int = MOST) -> tuple[tuple[Hit, ...], bool]:
    """The provisions of *rows* that have every word of *query*, those of that number first; whether there are more."""
    wanted = folded(query[:MAX_QUERY]).split()
    if not wanted:
        return (), False
    found: list[tuple[bool, Hit]] = []
    for row in rows:
        for one in node.stores.alignment.provisions(row.id):
            named = folded(one.number) == " ".join(wanted) or folded(one.label).strip(". ") == " ".join(wanted)
            if named or _has(one, wanted):
                found.append((not named, _hit(row, one, wanted)))
                if len(found) > 10 * limit:
                    break
    found.sort(key=lambda each: each[0])
    return tuple(hit for _, hit in found[:limit]), len(found) > limit


def folded(text: str) -> str:
    """*text* without case and accents, in as many signs as before where that can be."""
    return "".join(_sign(sign) for sign in text)


def _sign(sign: str) -> str:
    plain = "".join(one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one)).casefold()
    return plain if len(plain) == 1 else sign.casefold() if len(sign.casefold()) == 1 else sign


def _has(row: ProvisionRow, wanted: Iterable[str]) -> bool:
    said = folded("\n".join((row.label, row.heading, *(text for _, text in row.passages))))
    return all(word in said for word in wanted)


def _hit(row: TextRow, one: ProvisionRow, wanted: Sequence[str]) -> Hit:
    spans = {str(place): tuple(_spans(folded(text), wanted)) for place, (_, text) in enumerate(one.passages)}
    return Hit(text=row, provision=texts.provision(one), place=one.place, spans=spans)


def _spans(said: str, wanted: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where *wanted* stand in *said*, in order and apart."""
    places = sorted((start, start + len(word)) for word in dict.fromkeys(wanted) for start in _starts(said, word))
    end = 0
    for start, stop in places:
        if start >= end:
            yield start, stop
            end = stop


def _starts(said: str, word: str) -> Iterator[int]:
    place = said.find(word)
    while place >= 0:
        yield place
        place = said.find(word, place + len(word))
