"""`rogatory align assess`, `judge`, `undo`, `status` and their like: what people judge of a State's law.

Only a person judges: a judgement is saved in the name of whoever logged in, and nothing of it comes from a proposal.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.alignment.assessment.assessment import Standing
from rogatory.alignment.assessment.earlier_files import MAX_BYTES, by_instrument, read_earlier
from rogatory.alignment.assessment.model import ANSWERS, ELEMENT_ANSWERS, Evidence
from rogatory.alignment.assessment.progress import STATES, Count, progress
from rogatory.alignment.assessment.reuse import unmatched
from rogatory.alignment.obligations import FORCES, obligation, obligations
from rogatory.alignment.report.telling import judgement_value, obligation_value, offers_value, standing_value
from rogatory.cli import printing, reading
from rogatory.cli.alignment import lawfiles
from rogatory.cli.alignment.named import (
    AssessmentName,
    BadPair,
    ObligationNumber,
    assessment_of,
    force_named,
    held_of,
    pairs_of,
    said,
    state_named,
)
from rogatory.cli.session import Session, session_of
from rogatory.errors import BadInput
from rogatory.law.loader import load_law
from rogatory.law.plain import plain
from rogatory.law.words import Words
from rogatory.node.alignment import assessments, earlier, texts
from rogatory.node.alignment.assessments import Answer, Held

_BEGUN = Words(
    "{id} is begun: {title}. Next: rogatory align review {id}",
    "{id} est commencée : {title}. Ensuite : rogatory align review {id}",
)
_SAVED = Words("{number}: {answer}, saved for {name}.", "{number} : {answer}, enregistré pour {name}.")
_NOW = Words("It stands as: {state}.", "État : {state}.")
_UNDONE = Words("{number}: your answer ({answer}) is taken back.", "{number} : votre réponse ({answer}) est retirée.")
_TAKEN = Words(
    "{count} earlier answers were read; {offered} of them are offered for review, {rest} bear on no obligation.",
    "{count} réponses antérieures ont été lues ; {offered} sont proposées à l’examen, {rest} ne touchent aucun point.",
)


class UnknownState(BadInput):
    """There is no such state of an obligation or force of a provision."""

    code = "unknown-filter"


def obligations_(
    context: typer.Context,
    *,
    article: Annotated[str, typer.Option(metavar="ARTICLE", help="Only this article: 7.")] = "",
    force: Annotated[str, typer.Option(metavar="FORCE", help=f"Only these: {', '.join(FORCES)}.")] = "",
) -> None:
    """List what the Convention asks of a State's law; needs no node."""
    session = session_of(context)
    if force not in ("", *FORCES):
        raise UnknownState(f"{force[:40]!r} is none of {', '.join(FORCES)}")
    law = load_law()
    found = [one for one in obligations(law) if article in ("", one.article) and force in ("", one.force)]
    rows = [(one.number, one.force, one.kind, one.title.get(session.lang), len(one.elements) or "") for one in found]
    headings = ("provision", "force", "kind", "title", "elements")
    session.answer([obligation_value(one) for one in found], printing.table(headings, rows, title="obligations"))


def assess(
    context: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT|LAW...", help="The texts to look at; a law: its newest.")],
    *,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What you call the assessment.")],
    state: Annotated[str, typer.Option(metavar="STATE", help="Whose law it is; else the node's own State.")] = "",
) -> None:
    """Begin an assessment of one or several texts (assessor)."""
    session = session_of(context)
    named = [lawfiles.held_row(session, one).id for one in text]
    row = assessments.begin(session.node, session.actor, title=title, texts_=named, state=state)
    session.answer(row, said(_BEGUN, session, id=row.id, title=row.title))


def list_(context: typer.Context) -> None:
    """List the assessments of this node, the newest first, and how far each is."""
    session = session_of(context)
    texts.require_reader(session.actor)
    law, value, rows = session.node.law, [], []
    for row in assessments.every(session.node):
        count = progress(law, assessments.held(session.node, row.id).assessment).count
        value.append({**plain(row), "judged": count.judged, "of": count.of})
        rows.append((row.id, row.state, row.title, f"{count.judged}/{count.of}", row.made_at))
    session.answer(value, printing.table(("assessment", "State", "title", "judged", "begun"), rows))


def status(
    context: typer.Context,
    assessment: AssessmentName,
    number: Annotated[str, typer.Argument(metavar="[NUMBER]", help="Only this obligation, whole: 7(1).")] = "",
    *,
    state: Annotated[
        list[str] | None, typer.Option("--state", metavar="STATE", help=f"List those that are: {', '.join(STATES)}.")
    ] = None,
) -> None:
    """Show how far an assessment is, or how one obligation stands and who said what."""
    session = session_of(context)
    held = held_of(session, assessment)
    strange = [one for one in state or () if one not in STATES]
    if strange:
        raise UnknownState(f"{strange[0][:40]!r} is none of {', '.join(STATES)}")
    if number:
        one = held.assessment.standing(number)
        offers = earlier.offered_at(session.node, held.row.id, number)
        value = {**obligation_value(obligation(session.node.law, number)), **standing_value(one)}
        session.answer({**value, "offered": offers_value(offers)}, *standing_view(one, session.lang))
        return
    listed = held.assessment.in_state(*state) if state else ()
    found = progress(session.node.law, held.assessment)
    value = {"assessment": plain(held.row), "texts": plain(held.texts), "progress": plain(found), "listed": listed}
    session.answer(value, *_progress_view(session, held, listed))


def judge(
    context: typer.Context,
    assessment: AssessmentName,
    number: ObligationNumber,
    *,
    answer: Annotated[str, typer.Option("--answer", metavar="ANSWER", help=f"One of {', '.join(ANSWERS)}.")],
    evidence: Annotated[
        list[str] | None,
        typer.Option("--evidence", metavar="TEXT:KEY[:PASSAGE]", help="penal-code:197-bis:1. May be repeated."),
    ] = None,
    element: Annotated[
        list[str] | None,
        typer.Option("--element", metavar="NAME=ANSWER", help=f"e1=present: {', '.join(ELEMENT_ANSWERS)}."),
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option("--option", metavar="NAME", help="A permitted option that the law uses: o1.")
    ] = None,
    reject: Annotated[
        list[str] | None, typer.Option("--reject", metavar="KEY", help="A proposed provision that does not carry it.")
    ] = None,
    remark: Annotated[str, typer.Option(metavar="TEXT", help="Why; - reads standard input.")] = "",
    settles: Annotated[bool, typer.Option("--settles", help="This ends a disagreement; say why in --remark.")] = False,
    reused: Annotated[
        str, typer.Option("--reused-from", metavar="CITE", help="Confirms an earlier answer: budapest:2.")
    ] = "",
    after: Annotated[
        str, typer.Option("--after", metavar="ID", help="The judgement that you saw last; else the last one there is.")
    ] = "",
) -> None:
    """Save your answer on one obligation (assessor); `align status ASSESSMENT NUMBER` lists its elements."""
    session = session_of(context)
    held = held_of(session, assessment)
    made = Answer(
        number=number,
        answer=answer,
        after=after or held.assessment.standing(number).last,
        elements=pairs_of(element or (), what="element"),
        options=tuple(option or ()),
        evidence=[evidence_of(session, one) for one in evidence or ()],
        rejected=tuple(reject or ()),
        remark=reading.text_of(remark),
        settles=settles,
        reused_from=reused,
    )
    save(session, held, made)


def save(session: Session, held: Held, made: Answer) -> None:
    """Save an answer and tell how its obligation stands then."""
    saved = assessments.judge(session.node, session.actor, held.row.id, made)
    now = assessments.held(session.node, held.row.id).assessment.standing(made.number)
    line = said(
        *(_SAVED, session), number=made.number, answer=state_named(made.answer, session.lang), name=saved.reader_name
    )
    session.answer(judgement_value(saved, now), line, said(_NOW, session, state=state_named(now.state, session.lang)))


def evidence_of(session: Session, given: str) -> Evidence:
    """A passage from `TEXT:KEY:PASSAGE`, a passage by its number or as `#3`; a whole provision without it.

    Raises `BadPair`, and what `lawfiles.held_row` and `assessments.evidence` raise.
    """
    parts = given.split(":", 2)
    if len(parts) < 2 or not all(parts):
        raise BadPair(f"{given[:80]!r} is no evidence such as penal-code:197-bis or penal-code:197-bis:1")
    row = lawfiles.held_row(session, parts[0])
    if len(parts) == 2:
        return assessments.evidence(session.node, row.id, parts[1])
    found = texts.provision_of(session.node, row.id, parts[1])
    wanted = parts[2]
    places = [place for place, one in enumerate(found.passages) if one.number == wanted]
    if wanted.startswith("#") and wanted[1:].isdecimal():
        places = [int(wanted[1:]) - 1]
    if not places:
        raise texts.NoSuchProvision(f"{found.label} has no passage {wanted[:40]!r}")
    return assessments.evidence(session.node, row.id, parts[1], places[0])


def undo(context: typer.Context, assessment: AssessmentName, number: ObligationNumber) -> None:
    """Take back your own latest answer on an obligation (assessor)."""
    session = session_of(context)
    row = assessment_of(session, assessment)
    gone = assessments.undo(session.node, session.actor, row.id, number)
    now = assessments.held(session.node, row.id).assessment.standing(number)
    session.answer(
        judgement_value(gone, now),
        said(_UNDONE, session, number=number, answer=state_named(gone.answer, session.lang)),
        said(_NOW, session, state=state_named(now.state, session.lang)),
    )


def earlier_(
    context: typer.Context,
    assessment: AssessmentName,
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV or JSON: provision (budapest:2), answer; - reads.")],
) -> None:
    """Take in answers given for Budapest, UNTOC or UNCAC; each is offered, and counts once confirmed (assessor)."""
    session = session_of(context)
    row = assessment_of(session, assessment)
    law = session.node.law
    found = read_earlier(reading.bytes_of(file, limit=MAX_BYTES), law, name=reading.shown_name(file))
    offered = earlier.take(session.node, session.actor, row.id, found)
    rest = unmatched(law, found)
    value = {"read": len(found), "by_instrument": by_instrument(found), "offered": offered, "unmatched": plain(rest)}
    session.answer(value, said(_TAKEN, session, count=len(found), offered=offered, rest=len(rest)))


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {
    "obligations": obligations_,
    "assess": assess,
    "assessments": list_,
    "status": status,
    "judge": judge,
    "undo": undo,
    "earlier": earlier_,
}


def standing_view(one: Standing, lang: str) -> list[RenderableType | str]:
    """How an obligation stands, as a person reads it: who says what, resting on what."""
    judged = [
        (
            each.reader_name,
            state_named(each.answer, lang),
            each.at,
            each.remark,
            [passage.label for passage in each.evidence],
        )
        for each in one.counted
    ]
    elements = [
        (each.name, state_named(each.state, lang), [f"{who.reader_name}: {who.answer}" for who in each.said])
        for each in one.elements
    ]
    views: list[RenderableType | str] = [f"{one.number}: {state_named(one.state, lang)}"]
    views.append(printing.table(("reader", "answer", "when", "remark", "rests on"), judged))
    if elements:
        views += ["", printing.table(("element", "answer", "who"), elements)]
    return views


def _progress_view(session: Session, held: Held, listed: Sequence[str]) -> list[RenderableType | str]:
    lang, law = session.lang, session.node.law
    found = progress(law, held.assessment)
    headings = ["", *(state_named(one, lang) for one in STATES), "%"]
    views: list[RenderableType | str] = [
        f"{held.row.title} ({held.row.state})",
        printing.table(headings, [(f"{one.number} {one.name.get(lang)}", *_row(one.count)) for one in found.chapters]),
        "",
        printing.table(headings, [(force_named(name, lang), *_row(one)) for name, one in found.forces.items()]),
    ]
    if listed:
        rows: Iterable[tuple[Any, ...]] = (
            (number, state_named(held.assessment.standing(number).state, lang), obligation(law, number).title.get(lang))
            for number in listed
        )
        views += ["", printing.table(("provision", "state", "title"), rows)]
    return views


def _row(count: Count) -> tuple[object, ...]:
    return (*(count.states[one] or "" for one in STATES), count.percent)
