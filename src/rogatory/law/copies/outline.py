"""The numbers of an article as a tree: the article, its paragraphs, their letters, their items."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """One number, the last piece of it (`(3)`, `(a)`, empty for the article), and what stands under it."""

    number: str
    label: str
    parts: tuple["Node", ...]


def outline(numbers: Iterable[str], article: str) -> Node:
    """The tree of *numbers* under *article*; a number that only deeper ones imply has its place too."""
    parts: dict[str, list[str]] = {article: []}
    for number in numbers:
        pieces = number.removeprefix(article).replace(")(", ") (").split()
        above = article
        for piece in pieces:
            inner = parts.setdefault(above, [])
            if piece not in inner:
                inner.append(piece)
            above += piece
    return _node(article, "", parts)


def _node(number: str, label: str, parts: dict[str, list[str]]) -> Node:
    under = tuple(_node(number + piece, piece, parts) for piece in parts.get(number, ()))
    return Node(number, label, under)
