"""A roll of votes or the ballots of an election counted as somebody asks, under a rulebook or a majority of their own.

Where a rulebook is named it says what majority is needed, of what, and what counts as voting: nobody sets that beside
it. The command line and the HTTP API ask the same here and answer the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from rogatory.conference.counting import ballotsheets, rolls
from rogatory.conference.counting.ballotsheets import Course
from rogatory.conference.counting.elections import Election
from rogatory.conference.counting.rolls import Electorate, Entry, Tally
from rogatory.conference.counting.rounds import Round
from rogatory.conference.counting.schemes import Scheme, written
from rogatory.conference.counting.sheets import BadSheet
from rogatory.conference.counting.thresholds import Base, Threshold, share
from rogatory.conference.counting.votes import Choice
from rogatory.conference.rulebook.elections import scheme_of
from rogatory.conference.rulebook.model import Rule, Rulebook
from rogatory.errors import BadInput

COUNTED = frozenset({Choice.YES, Choice.NO})
SIMPLE = Threshold(share=Fraction(1, 2), strict=True, of=Base.PRESENT_AND_VOTING)
#: What a share may be taken of in a vote; valid ballots are those of elections.
BASES = tuple(Base)[:4]
MAX_PLACES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyAsked:
    """How a roll is counted: without a rulebook, the share and of what; *members* by organisation, as they are named.

    *number* is how many the base is, where the roll does not say it.
    """

    book: Rulebook | None = None
    subject: str = "substance"
    majority: str = ""
    more_than: bool = False
    of: str = ""
    number: int | None = None
    abstentions_count: bool = False
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionAsked:
    """How an election is counted: what is asked for stands before the file, and the file before the rulebook."""

    book: Rulebook | None = None
    places: int = 0
    candidates: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    more_than: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Elected:
    """An election that was counted, under which scheme, and the rule of the rulebook if one was asked."""

    election: Election
    scheme: Scheme
    rule: Rule | None


def tally(
    data: bytes, asked: TallyAsked, electorate: Electorate, *, name: str, cite: str = rolls.RIGHTS
) -> tuple[Tally, Rule | None]:
    """The outcome of the roll in the CSV *data*, and the rule of the majority where a rulebook was asked.

    Raises `BadSheet`, `BothVote`, `BadShare`, `BadInput` for what contradicts itself, `NoSuchRule`.
    """
    roll = rolls.read_roll(data, electorate, name=name)
    threshold, counted, rule = _majority(asked)
    if asked.book is not None:
        cite = asked.book.cite(asked.book.voting.organisation_rule)
    roll = rolls.with_organisations(roll, _members(asked.members, electorate), electorate, cite=cite)
    return rolls.tally(roll, threshold, counted=counted, number=asked.number), rule


def _majority(asked: TallyAsked) -> tuple[Threshold, frozenset[Choice], Rule | None]:
    book = asked.book
    if book is None:
        counted = COUNTED | {Choice.ABSTAIN} if asked.abstentions_count else COUNTED
        return _threshold(asked), counted, None
    if asked.majority or asked.more_than or asked.of or asked.abstentions_count:
        raise BadInput("with a rulebook the rulebook says what majority is needed, and of what")
    if asked.subject not in book.majorities:
        raise BadInput(f"{book.id} sets no majority for {asked.subject[:40]!r}: {', '.join(book.majorities)}")
    needed = book.majorities[asked.subject]
    if needed.consensus_only:
        raise BadInput(f"{book.name.en} takes no vote on {asked.subject}", cite=book.cite(needed.rule))
    return needed.threshold, book.voting.counted, book.rule(needed.rule)


def _threshold(asked: TallyAsked) -> Threshold:
    if asked.of and asked.of not in BASES:
        raise BadInput(f"a share is taken of {', '.join(BASES)}, not {asked.of[:40]!r}")
    base = Base(asked.of) if asked.of else Base.PRESENT_AND_VOTING
    if not asked.majority:
        return Threshold(share=SIMPLE.share, strict=True, of=base)
    return Threshold(share=share(asked.majority), strict=asked.more_than, of=base)


def _members(given: Mapping[str, tuple[str, ...]], electorate: Electorate) -> dict[str, tuple[str, ...]]:
    """The members that are Parties by the organisation's code; raises `BadInput` for one that stands twice."""
    found: dict[str, tuple[str, ...]] = {}
    for organisation, members in given.items():
        code, codes = electorate.code(organisation), [electorate.code(one) for one in members]
        if not codes or len(set(codes)) != len(codes) or code in (*codes, *found):
            raise BadInput(f"{organisation[:60]!r} is not an organisation with its members, each once: EUE=FRA,DEU")
        found[code] = tuple(codes)
    return found


def elect(course: Course, asked: ElectionAsked) -> Elected:
    """The election that *course* tells, counted ballot by ballot; raises `BadSheet`, `BadShare` and `BadScheme`."""
    places = asked.places or course.places
    if not 0 < places <= MAX_PLACES:
        raise BadSheet(
            f"how many are to be elected, 1 to {MAX_PLACES}?", remedy="Give --places, or places = 1 in the file."
        )
    book = asked.book
    base = scheme_of(book, places=places) if book else ballotsheets.USUAL
    scheme = ballotsheets.scheme_from(course, asked.settings, more_than=asked.more_than, base=base)
    found = ballotsheets.run(course, scheme, places=places, candidates=asked.candidates)
    rule = (book.elections.rule if places == 1 else book.elections.several_rule) if book else ""
    return Elected(election=found, scheme=scheme, rule=book.rule(rule) if book else None)


def tally_value(found: Tally, rule: Rule | None) -> dict[str, Any]:
    """What is answered of a tally: the outcome with its arithmetic, who voted how, and the rule."""
    result = found.outcome
    return {
        "adopted": result.adopted,
        "tie": result.tie,
        "majority": {
            "share": f"{result.threshold.share.numerator}/{result.threshold.share.denominator}",
            "more_than": result.threshold.strict,
            "of": result.threshold.of,
            "words": result.threshold.words(),
        },
        "base": result.base,
        "needed": result.needed,
        "count": result.count,
        "arithmetic": result.arithmetic,
        "votes": {said: [_entry(entry) for entry in entries] for said, entries in found.by.items()},
        "rule": _rule(rule),
    }


def _rule(rule: Rule | None) -> dict[str, Any] | None:
    return {"name": rule.name, "source": rule.source, "sure": rule.sure} if rule else None


def _entry(entry: Entry) -> dict[str, Any]:
    return {"state": entry.state, "name": entry.name, "weight": entry.weight}


def election_value(counted: Elected) -> dict[str, Any]:
    """What is answered of an election: who is elected, what comes next, ballot by ballot, and the rule."""
    found = counted.election
    return {
        "places": found.places,
        "group": found.group,
        "majority": counted.scheme.majority.words(),
        "pattern": written(counted.scheme.pattern),
        "decided": found.decided,
        "elected": found.elected,
        "candidates": found.candidates,
        "withdrawn": found.withdrawn,
        "next": found.due,
        "lot": found.lot,
        "words": found.words(),
        "rounds": [_round(one) for one in found.rounds],
        "rule": _rule(counted.rule),
    }


def _round(one: Round) -> dict[str, Any]:
    return {
        "number": one.number,
        "kind": one.kind,
        "eligible": one.eligible,
        "papers": one.ballot.papers,
        "invalid": one.ballot.invalid,
        "abstentions": one.ballot.abstentions,
        "valid": one.ballot.valid,
        "votes": dict(one.ranked),
        "base": one.base,
        "needed": one.needed,
        "elected": one.elected,
        "lot": one.lot,
        "drawn": one.drawn,
        "arithmetic": one.arithmetic(),
    }
