"""What is answered about a rulebook, by the command line and by the HTTP API alike.

A number that is not known to be right is left out: nobody can mistake it for a citation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from rogatory.conference.rulebook.compare import Replayed, Under
from rogatory.conference.rulebook.model import Rule, Rulebook, Sure
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule as people see it: how it is named, what it says, where that was found, how sure it is."""

    id: str
    name: Words
    says: Words
    source: Words
    sure: Sure
    provisions: tuple[str, ...]
    for_people: bool


def rule(found: Rule) -> RuleLine:
    """*found* as people see it."""
    return RuleLine(
        id=found.id,
        name=found.name,
        says=found.says,
        source=found.source,
        sure=found.sure,
        provisions=found.provisions,
        for_people=found.for_people,
    )


def rulebook(book: Rulebook) -> Mapping[str, Any]:
    """Every setting of *book*, its options, what was chosen, and its rules as people see them."""
    found = {field.name: getattr(book, field.name) for field in fields(book)}
    return {**found, "rules": [rule(one) for one in book.rules.values()]}


def named(book: Rulebook) -> dict[str, Any]:
    """Which rulebook *book* is: its name, whether it is adopted, of when, and what was chosen."""
    return {"id": book.id, "name": book.name, "standing": book.standing, "as_of": book.as_of, "chosen": book.chosen}


def replayed(one: Replayed) -> dict[str, Any]:
    """A recorded vote under two rulebooks: what it was on, its count, the bases, and what it comes to under each."""
    vote = one.vote
    return {
        "id": vote.id,
        "what": vote.what,
        "subject": vote.subject,
        "count": vote.count,
        "bases": vote.bases,
        "a": _under(one.a),
        "b": _under(one.b),
        "differs": one.differs,
    }


def _under(side: Under) -> dict[str, Any]:
    """Why, under which rule, and how sure that is: `needed` of `base` where a count was held against a majority."""
    return {
        "verdict": side.verdict,
        "why": side.why,
        "rule": side.rule,
        "sure": side.sure,
        "base": side.outcome.base if side.outcome else None,
        "needed": side.outcome.needed if side.outcome else None,
    }
