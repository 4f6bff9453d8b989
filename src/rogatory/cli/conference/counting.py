"""`rogatory conference tally` and `elect`: a sheet of votes or of ballots counted under a rule, with the arithmetic."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.cli import printing, reading
from rogatory.cli.conference.rulebooks import (
    ChoiceOption,
    RulebookOption,
    asked_rulebook,
    rule_value,
    rule_view,
)
from rogatory.cli.session import session_of
from rogatory.conference.counting import ballotsheets, rolls
from rogatory.conference.counting.ballotsheets import Course
from rogatory.conference.counting.elections import Election
from rogatory.conference.counting.rolls import SAID, Electorate, Entry, Said, Tally
from rogatory.conference.counting.rounds import Round
from rogatory.conference.counting.schemes import Scheme, written
from rogatory.conference.counting.sheets import MAX_BYTES, BadSheet
from rogatory.conference.counting.thresholds import Base, Threshold, share
from rogatory.conference.counting.votes import Choice
from rogatory.conference.rulebook.elections import scheme_of
from rogatory.errors import BadInput
from rogatory.law.words import Words
from rogatory.status.treaties import every_state

More = Annotated[bool, typer.Option("--more-than", help="The share must be passed; else reaching it is enough.")]
COUNTED = frozenset({Choice.YES, Choice.NO})
SIMPLE = Threshold(share=Fraction(1, 2), strict=True, of=Base.PRESENT_AND_VOTING)


def tally(
    context: typer.Context,
    votes: Annotated[str, typer.Argument(metavar="VOTES", help="CSV with the columns State and vote; - reads input.")],
    *,
    majority: Annotated[
        str, typer.Option(metavar="SHARE", help="The share needed: 2/3. Without it, more than one half.")
    ] = "",
    more_than: More = False,
    of: Annotated[
        str, typer.Option(metavar="BASE", help=f"What the share is taken of: {', '.join(list(Base)[:4])}.")
    ] = "",
    number: Annotated[int | None, typer.Option(min=1, metavar="N", help="How many they are, for such a base.")] = None,
    abstentions_count: Annotated[
        bool, typer.Option("--abstentions-count", help="Abstentions count as present and voting.")
    ] = False,
    members_of: Annotated[
        list[str] | None,
        typer.Option(metavar="LIST", help="The members that are Parties, of an organisation that votes: EUE=FRA,DEU."),
    ] = None,
    any_names: Annotated[
        bool, typer.Option("--any-names", help="Take names that are no State's we know, as they stand.")
    ] = False,
    rulebook: RulebookOption = "",
    subject: Annotated[
        str, typer.Option(metavar="SUBJECT", help="With --rulebook: what is voted on: substance, procedure.")
    ] = "substance",
    choice: ChoiceOption = None,
) -> None:
    """Count a roll of votes: whether it carried, under which majority, and who voted how."""
    session = session_of(context)
    electorate = Electorate(every_state(), any_names=any_names)
    roll = rolls.read_roll(reading.bytes_of(votes, limit=MAX_BYTES), electorate, name=reading.shown_name(votes))
    counted = COUNTED | {Choice.ABSTAIN} if abstentions_count else COUNTED
    threshold, cite, rule = _threshold(majority, more_than=more_than, of=of), rolls.RIGHTS, None
    if rulebook:
        if majority or more_than or of or abstentions_count:
            raise BadInput("with --rulebook the rulebook says what majority is needed, and of what")
        book = asked_rulebook(rulebook, choice)
        needed = book.majority(subject)
        if needed.consensus_only:
            raise BadInput(f"{book.name.en} takes no vote on {subject}", cite=book.cite(needed.rule))
        threshold, counted, rule = needed.threshold, book.voting.counted, book.rule(needed.rule)
        cite = book.cite(book.voting.organisation_rule)
    roll = rolls.with_organisations(roll, _members(members_of or [], electorate), electorate, cite=cite)
    found = rolls.tally(roll, threshold, counted=counted, number=number)
    value = {**_tally_value(found), "rule": rule_value(rule) if rule else None}
    shown = [*_tally_view(found, session.lang), *(rule_view(rule, session.lang) if rule else ())]
    session.answer(value, *shown)


def _threshold(majority: str, *, more_than: bool, of: str) -> Threshold:
    if of and of not in list(Base):
        raise BadInput(f"a share is taken of {', '.join(list(Base)[:4])}, not {of[:40]!r}")
    base = Base(of) if of else Base.PRESENT_AND_VOTING
    if not majority:
        return Threshold(share=SIMPLE.share, strict=True, of=base)
    return Threshold(share=share(majority), strict=more_than, of=base)


def _members(given: list[str], electorate: Electorate) -> dict[str, tuple[str, ...]]:
    """What `--members-of` says, by the organisation's code."""
    found: dict[str, tuple[str, ...]] = {}
    for one in given:
        organisation, equals, members = one.partition("=")
        codes = [electorate.code(name.strip()) for name in members.split(",") if name.strip()]
        code = electorate.code(organisation.strip()) if equals else ""
        if not codes or len(set(codes)) != len(codes) or code in (*codes, *found):
            raise BadInput(f"{one[:60]!r} is not an organisation and its members, each once: EUE=FRA,DEU")
        found[code] = tuple(codes)
    return found


def _tally_value(found: Tally) -> dict[str, Any]:
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
        "votes": {said: [_entry_value(entry) for entry in entries] for said, entries in found.by.items()},
    }


def _entry_value(entry: Entry) -> dict[str, Any]:
    return {"state": entry.state, "name": entry.name, "weight": entry.weight}


def _tally_view(found: Tally, lang: str) -> Iterator[RenderableType | str]:
    verdict = {
        True: Words("ADOPTED", "ADOPTÉ"),
        False: Words("REJECTED", "REJETÉ"),
    }[found.outcome.adopted]
    yield printing.text(verdict.get(lang), "bold")
    for line in found.outcome.arithmetic:
        yield line.get(lang)
    for said, entries in found.by.items():
        if entries:
            names = sorted(
                entry.name.get(lang) + (f" ({entry.weight})" if entry.weight > 1 else "") for entry in entries
            )
            weight = sum(entry.weight for entry in entries)
            colon = " :" if lang == "fr" else ":"
            yield ""
            yield f"{SAID[Said(said)].get(lang)} {weight}{colon} {', '.join(names)}"


def elect(
    context: typer.Context,
    ballots: Annotated[
        str, typer.Argument(metavar="BALLOTS", help="The ballots by round: TOML, JSON or CSV; - reads TOML or JSON.")
    ],
    *,
    places: Annotated[int | None, typer.Option(min=1, metavar="N", help="How many are to be elected.")] = None,
    candidates: Annotated[
        str, typer.Option(metavar="LIST", help="Who stands: A,B,C. Else the file's, or who has votes at first.")
    ] = "",
    majority: Annotated[
        str, typer.Option(metavar="SHARE", help="The share of the valid ballots needed: 2/3; else more than one half.")
    ] = "",
    more_than: More = False,
    pattern: Annotated[
        str,
        typer.Option(metavar="BALLOTS", help="u1 r: one unrestricted, then restricted; u1 r3 u3: three by turns."),
    ] = "",
    tie: Annotated[str, typer.Option(metavar="HOW", help="A ballot that divides equally: lot or ballot.")] = "",
    surplus: Annotated[
        str, typer.Option(metavar="HOW", help="A tie of more with the majority than places: lot or ballot.")
    ] = "",
    edge: Annotated[
        str, typer.Option(metavar="HOW", help="A tie for the last place in the next ballot: keep, ballot or lot.")
    ] = "",
    rulebook: RulebookOption = "",
    choice: ChoiceOption = None,
) -> None:
    """Count an election ballot by ballot: who is elected, what ballot or lot comes next, and why."""
    session = session_of(context)
    course = _course(ballots)
    number = places or course.places
    if not number:
        raise BadSheet("how many are to be elected?", remedy="Give --places, or places = 1 in the file.")
    book = asked_rulebook(rulebook, choice) if rulebook else None
    base = scheme_of(book, places=number) if book else ballotsheets.USUAL
    given = {"majority": majority, "pattern": pattern, "tie": tie, "surplus": surplus, "edge": edge}
    scheme = ballotsheets.scheme_from(course, given, more_than=more_than, base=base)
    names = tuple(name.strip() for name in candidates.split(",") if name.strip())
    found = ballotsheets.run(course, scheme, places=number, candidates=names)
    rule = (book.elections.rule if number == 1 else book.elections.several_rule) if book else ""
    told = book.rule(rule) if book else None
    value = {**_election_value(found, scheme), "rule": rule_value(told) if told else None}
    session.answer(value, *_election_view(found, session.lang), *(rule_view(told, session.lang) if told else ()))


def _course(given: str) -> Course:
    name = reading.shown_name(given)
    if given.lower().endswith(".csv"):
        return ballotsheets.read_course_csv(reading.bytes_of(given, limit=MAX_BYTES), name=name)
    text = reading.utf8_of(given, limit=MAX_BYTES)
    return ballotsheets.read_course(text, name=name)


def _election_value(found: Election, scheme: Scheme) -> dict[str, Any]:
    return {
        "places": found.places,
        "group": found.group,
        "majority": scheme.majority.words(),
        "pattern": written(scheme.pattern),
        "decided": found.decided,
        "elected": found.elected,
        "candidates": found.candidates,
        "withdrawn": found.withdrawn,
        "next": found.due,
        "lot": found.lot,
        "words": found.words(),
        "rounds": [_round_value(one) for one in found.rounds],
    }


def _round_value(one: Round) -> Mapping[str, Any]:
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


def _election_view(found: Election, lang: str) -> Iterator[RenderableType | str]:
    for one in found.rounds:
        yield printing.text(one.heading().get(lang), "bold")
        for line in one.arithmetic():
            yield f"  {line.get(lang)}"
    yield ""
    yield printing.text(found.words().get(lang), "bold")


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {"tally": tally, "elect": elect}
