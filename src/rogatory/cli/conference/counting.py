"""`rogatory conference tally` and `elect`: a sheet of votes or of ballots counted under a rule, with the arithmetic."""

from collections.abc import Callable, Iterator
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import printing, reading
from rogatory.cli.conference.rulebooks import ChoiceOption, RulebookOption, asked_rulebook, rule_view
from rogatory.cli.session import session_of
from rogatory.conference.counting import ballotsheets
from rogatory.conference.counting.ballotsheets import Course
from rogatory.conference.counting.elections import Election
from rogatory.conference.counting.rolls import SAID, Electorate, Said, Tally
from rogatory.conference.counting.sheets import MAX_BYTES
from rogatory.conference.rulebook import counted
from rogatory.conference.rulebook.counted import BASES, ElectionAsked, TallyAsked
from rogatory.errors import BadInput
from rogatory.law.words import Words
from rogatory.status.treaties import every_state

More = Annotated[bool, typer.Option("--more-than", help="The share must be passed; else reaching it is enough.")]


def tally(
    context: typer.Context,
    votes: Annotated[str, typer.Argument(metavar="VOTES", help="CSV with the columns State and vote; - reads input.")],
    *,
    majority: Annotated[
        str, typer.Option(metavar="SHARE", help="The share needed: 2/3. Without it, more than one half.")
    ] = "",
    more_than: More = False,
    of: Annotated[str, typer.Option(metavar="BASE", help=f"What the share is taken of: {', '.join(BASES)}.")] = "",
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
    asked = TallyAsked(
        book=asked_rulebook(rulebook, choice) if rulebook else None,
        subject=subject,
        majority=majority,
        more_than=more_than,
        of=of,
        number=number,
        abstentions_count=abstentions_count,
        members=_members(members_of or []),
    )
    electorate = Electorate(every_state(), any_names=any_names)
    data = reading.bytes_of(votes, limit=MAX_BYTES)
    found, rule = counted.tally(data, asked, electorate, name=reading.shown_name(votes))
    shown = [*_tally_view(found, session.lang), *(rule_view(rule, session.lang) if rule else ())]
    session.answer(counted.tally_value(found, rule), *shown)


def _members(given: list[str]) -> dict[str, tuple[str, ...]]:
    """What `--members-of` says, by the organisation as it is named; raises `BadInput`."""
    found: dict[str, tuple[str, ...]] = {}
    for one in given:
        organisation, equals, members = one.partition("=")
        if not equals or organisation.strip() in found:
            raise BadInput(f"{one[:60]!r} is not an organisation and its members, each once: EUE=FRA,DEU")
        found[organisation.strip()] = tuple(name.strip() for name in members.split(",") if name.strip())
    return found


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
    asked = ElectionAsked(
        book=asked_rulebook(rulebook, choice) if rulebook else None,
        places=places or 0,
        candidates=tuple(name.strip() for name in candidates.split(",") if name.strip()),
        settings={"majority": majority, "pattern": pattern, "tie": tie, "surplus": surplus, "edge": edge},
        more_than=more_than,
    )
    found = counted.elect(_course(ballots), asked)
    shown = rule_view(found.rule, session.lang) if found.rule else ()
    session.answer(counted.election_value(found), *_election_view(found.election, session.lang), *shown)


def _course(given: str) -> Course:
    name = reading.shown_name(given)
    if given.lower().endswith(".csv"):
        return ballotsheets.read_course_csv(reading.bytes_of(given, limit=MAX_BYTES), name=name)
    text = reading.utf8_of(given, limit=MAX_BYTES)
    return ballotsheets.read_course(text, name=name)


def _election_view(found: Election, lang: str) -> Iterator[RenderableType | str]:
    for one in found.rounds:
        yield printing.text(one.heading().get(lang), "bold")
        for line in one.arithmetic():
            yield f"  {line.get(lang)}"
    yield ""
    yield printing.text(found.words().get(lang), "bold")


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {"tally": tally, "elect": elect}
