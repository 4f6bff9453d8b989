"""What the machine proposes for an obligation: national provisions in the order in which to look at them, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A passage that speaks for a proposal: its place among the provision's passages, and the words found in it.

    `spans` are pairs of offsets into the passage's text, from and to, in order and apart.
    """

    passage: int
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One national provision that may carry the obligation; *score* is from 0 to 1 and compares within one run only.

    `concepts` names the concepts of the glossary that were found in it, the strongest first.
    """

    key: str
    score: float
    concepts: tuple[str, ...]
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """The proposals for one obligation, or for one article, best first.

    `found` is false where nothing comes near: the law probably has no such provision, and what stands in `proposals`
    is only what comes nearest. `how` says how they were ranked: `glossary`, or `lexical` for a language that the
    glossary does not have.
    """

    number: str
    found: bool
    how: str
    proposals: tuple[Proposal, ...]
