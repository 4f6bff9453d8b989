"""A paper to be signed, as plain values: what it says in both languages, what still lacks, and what is not sure.

A paper without anything missing is ready to be read and signed. What is not sure stands among its remarks, which are
printed on the cover sheet and never in the paper.
"""

import re
from dataclasses import dataclass

from rogatory.errors import BadInput, NotFound
from rogatory.law.words import NO_WORDS, Words

_OTHER_SIGNS = re.compile(r"[^a-z0-9]+")


class ChoicesMissing(BadInput):
    """The paper cannot be made before more has been decided."""

    code = "choices-missing"
    remedy = "Fill in what the message lists: rogatory ready choices --template, then rogatory ready choices FILE."


class UnknownPaper(NotFound):
    """There is no such paper among those of this State."""

    code = "unknown-paper"
    remedy = "Look at the list: rogatory ready letters."


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that was not decided yet: its place in the choices, and in words what it is."""

    place: str
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something for the cover sheet; kind: `unsure`, `practice`, `unnamed`, `limits` or `language`."""

    kind: str
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a paper: a `heading`, a `text`, `points` (each an item) or `facts` (each an item with its name)."""

    kind: str
    text: Words = NO_WORDS
    items: tuple[tuple[Words, Words], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper; kind: `instrument`, `full-powers`, `transmittal`, `reservation`, `declaration` or `notice`.

    Filing it is an act of the kind `action` about `provision` that says `value`; papers without an action leave no
    trace in status. `when` says when it is due, `checked` how sure the provision's description is.
    """

    id: str
    kind: str
    provision: str
    title: Words
    from_lines: tuple[Words, ...] = ()
    to_lines: tuple[Words, ...] = ()
    blocks: tuple[Block, ...] = ()
    done: Words = NO_WORDS
    signature: tuple[Words, ...] = ()
    action: str = ""
    value: str = ""
    when: Words = NO_WORDS
    checked: Words = NO_WORDS
    certainty: str = "high"
    remarks: tuple[Remark, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def slug(self) -> str:
        """Its id as the name of a file, or as people type it where brackets are a nuisance: `notice-41-2`."""
        return slug(self.id)

    @property
    def ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def slug(id: str) -> str:
    """*id* in small letters, digits and hyphens."""
    return _OTHER_SIGNS.sub("-", id.lower()).strip("-")


def text(words: Words) -> Block:
    """A paragraph."""
    return Block(kind="text", text=words)


def heading(words: Words) -> Block:
    """A heading."""
    return Block(kind="heading", text=words)
