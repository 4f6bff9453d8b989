"""`rogatory conference compare`: two rulebooks side by side, and what a recorded meeting's votes come to under each."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.cli import printing
from rogatory.cli.conference.rulebooks import SURE, RulebookArgument, asked_rulebook
from rogatory.cli.session import session_of
from rogatory.conference.meeting.state import State
from rogatory.conference.record import votes
from rogatory.conference.record.entries import MAX_FIRST
from rogatory.conference.rulebook import answers, compare
from rogatory.conference.rulebook.compare import Replayed, Row, Side, Under, Verdict
from rogatory.conference.rulebook.labels import TOPICS
from rogatory.conference.rulebook.model import Rulebook
from rogatory.law.words import Words

SAME = Words("They are the same.", "Ils sont identiques.")
ABSENT = Words("(not there)", "(absent)")
VERDICTS = {
    Verdict.ADOPTED: Words("adopted", "adopté"),
    Verdict.REJECTED: Words("rejected", "rejeté"),
    Verdict.NO_QUORUM: Words("no quorum", "pas de quorum"),
    Verdict.NO_VOTE: Words("no vote", "pas de vote"),
}
HEADINGS = (Words("vote", "vote"), Words("on", "sur"), Words("A", "A"), Words("B", "B"), Words("differs", "diffère"))
VOTED = Words(
    "{number} votes of {meeting} ({book}), asked again under both: {differ} would have come out differently.",
    "{number} votes de {meeting} ({book}), posés à nouveau selon les deux : {differ} auraient donné un autre résultat.",
)
ONLY_VOTES = Words(
    "What would have led to other votes is not asked: nobody can know it.",
    "Ce qui aurait mené à d’autres votes n’est pas demandé : personne ne peut le savoir.",
)
DIFFERS = Words("yes", "oui")


def compare_(
    context: typer.Context,
    a: RulebookArgument,
    b: RulebookArgument,
    *,
    choice_a: Annotated[
        list[str] | None, typer.Option("--choice-a", metavar="OPTION=CHOICE", help="An open question of the first.")
    ] = None,
    choice_b: Annotated[
        list[str] | None, typer.Option("--choice-b", metavar="OPTION=CHOICE", help="An open question of the second.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what is the same in both.")] = False,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="The record of a meeting: its votes are asked under both."),
    ] = None,
) -> None:
    """Show two rulebooks side by side, and what would have come out differently in a recorded meeting."""
    session = session_of(context)
    one, other = asked_rulebook(a, choice_a), asked_rulebook(b, choice_b)
    rows = compare.compare(one, other, everything=everything)
    value: dict[str, Any] = {"a": answers.named(one), "b": answers.named(other), "rows": rows}
    shown = list(_compare_view(one, other, rows, session.lang))
    if record is not None:
        with record.open("rb") as file:
            state, taken = votes.read(iter(lambda: file.readline(MAX_FIRST + 2), b""))
        replayed = compare.outcomes(taken, one, other)
        value |= {"meeting": state.facts.id, "votes": [answers.replayed(each) for each in replayed]}
        shown += ["", *_votes_view(state, replayed, session.lang)]
    session.answer(value, *shown)


def _compare_view(one: Rulebook, other: Rulebook, rows: tuple[Row, ...], lang: str) -> Iterator[RenderableType | str]:
    for mark, book in (("A", one), ("B", other)):
        made = ", ".join(f"{option}={choice}" for option, choice in book.chosen.items())
        yield f"{mark}  {book.name.get(lang)}{f' ({made})' if made else ''}"
    for topic, words in TOPICS.items():
        lines = [
            (row.label.get(lang), *(_side(side, lang) for side in (row.a, row.b))) for row in rows if row.topic == topic
        ]
        if lines:
            yield ""
            yield printing.table((words.get(lang), "A", "B"), lines)
    if not rows:
        yield SAME.get(lang)


def _side(side: Side | None, lang: str) -> str:
    if side is None:
        return ABSENT.get(lang)
    return f"{side.says.get(lang)}  [{side.rule.get(lang)}; {SURE[side.sure].get(lang)}]"


def _votes_view(state: State, replayed: tuple[Replayed, ...], lang: str) -> Iterator[RenderableType | str]:
    differ = sum(one.differs for one in replayed)
    told = VOTED.fill(number=len(replayed), meeting=state.facts.id, book=state.book.id, differ=differ)
    yield printing.text(told.get(lang), "bold")
    rows = [
        (
            one.vote.id,
            one.vote.what.get(lang),
            _under(one.a, lang),
            _under(one.b, lang),
            DIFFERS.get(lang) if one.differs else "",
        )
        for one in replayed
    ]
    yield printing.table([heading.get(lang) for heading in HEADINGS], rows)
    for one in replayed:
        if one.differs:
            yield ""
            yield f"{one.vote.id}  {one.vote.what.get(lang)}"
            for mark, side in (("A", one.a), ("B", one.b)):
                because = " ".join(words.get(lang) for words in side.why)
                yield f"  {mark}  {because} [{side.rule.get(lang)}; {SURE[side.sure].get(lang)}]"
    yield ""
    yield ONLY_VOTES.get(lang)


def _under(side: Under, lang: str) -> str:
    return VERDICTS[side.verdict].get(lang)


COMMANDS: dict[str, Callable[..., None]] = {"compare": compare_}
