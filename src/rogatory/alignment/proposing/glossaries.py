"""The glossary: under which words each language speaks of a concept, and which concepts make an article's subject.

It is data: one file a language in `glossary/`, and `glossary/subjects.toml`, in which no language stands.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rogatory.alignment.proposing.terms import Term, read_term
from rogatory.kernel import digests

#: What stands in `glossary/` and is no language.
_SUBJECTS = "subjects"
_ROOM = "rogatory.alignment.proposing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """The terms of every concept in one language."""

    lang: str
    terms: Mapping[str, tuple[Term, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an article, or a paragraph of one, is looked for by; the head of `subjects.toml` says what each means.

    `own` are the names and groups that a paragraph has besides its article's; an article has none.
    """

    number: str
    names: Mapping[str, float]
    groups: tuple[tuple[str, ...], ...]
    helps: tuple[str, ...] = ()
    hurts: tuple[str, ...] = ()
    offence: bool | None = None
    foreign: bool | None = None


@cache
def languages() -> frozenset[str]:
    """The languages that the glossary has (ISO 639-1)."""
    names = (entry.name for entry in (files(_ROOM) / "glossary").iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml")) - {_SUBJECTS}


@cache
def glossary(lang: str) -> Glossary:
    """The glossary in *lang*; one without terms when there is none for it."""
    if lang not in languages():
        return Glossary(lang=lang, terms={})
    written = _table(lang)["terms"]
    return Glossary(
        lang=lang,
        terms={concept: tuple(read_term(term, lang) for term in terms) for concept, terms in written.items()},
    )


@cache
def subjects() -> Mapping[str, Subject]:
    """The subject of each article and paragraph that has one of its own, by its number."""
    return {number: _subject(number, table) for number, table in _table(_SUBJECTS).items()}


@cache
def digest() -> str:
    """The SHA-256 of all files of the glossary: proposals made with another one are made anew."""
    entries = sorted((files(_ROOM) / "glossary").iterdir(), key=lambda entry: entry.name)
    return digests.sha256("\n".join(digests.sha256(entry.read_bytes()) for entry in entries).encode())


def _subject(number: str, table: Mapping[str, object]) -> Subject:
    return Subject(
        number=number,
        names=dict(_weighed(name) for name in _listed(table, "names")),
        groups=tuple(tuple(group) for group in _listed(table, "groups")),
        helps=tuple(_listed(table, "helps")),
        hurts=tuple(_listed(table, "hurts")),
        offence=_flag(table.get("offence")),
        foreign=_flag(table.get("foreign")),
    )


def _weighed(name: str) -> tuple[str, float]:
    concept, _, weight = name.partition(":")
    return concept, float(weight or 1)


def _listed(table: Mapping[str, object], name: str) -> list[str]:
    found = table.get(name, [])
    assert isinstance(found, list)  # noqa: S101 - our own data, and mypy wants to know
    return found


def _flag(value: object) -> bool | None:
    return None if value is None else value in (True, "yes")


@cache
def _table(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files(_ROOM) / "glossary" / f"{name}.toml").read_text("utf-8"))
