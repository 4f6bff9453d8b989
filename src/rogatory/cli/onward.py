"""`rogatory exhibit`: passing evidence on, the leave that this needs, and disclosing what clears an accused."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from rogatory.cli import papers, reading
from rogatory.cli.choices import ExhibitId, Regarding
from rogatory.cli.progress import progress_of
from rogatory.cli.session import session_of
from rogatory.cli.steps import answer_taken, regarding_of
from rogatory.errors import BadInput
from rogatory.node import people, record, steps
from rogatory.node.context import Node
from rogatory.node.evidence import disclosing, exhibits, onward

To = Annotated[str, typer.Option("--to", metavar="AUTHORITY", help="The authority it would go to: KEN/contact-point.")]


def ask_leave(
    context: typer.Context,
    id: ExhibitId,
    *,
    to: To,
    purpose: Annotated[str, typer.Option(metavar="TEXT", help="What it is needed for there; - reads it from input.")],
    part: Annotated[str, typer.Option(metavar="TEXT", help="Which part of it; the whole by default.")] = "",
) -> None:
    """Ask the State that gave an exhibit for leave to pass it on, 36(3) (drafter)."""
    body = {"exhibit": id, "to": to, "purpose": reading.text_of(purpose), **({"part": part} if part else {})}
    _take(context, id, "onward-request", body)


def give_leave(
    context: typer.Context,
    id: ExhibitId,
    *,
    to: To,
    conditions: Annotated[str, typer.Option(metavar="TEXT", help="Conditions, in words.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="The last day on which the leave may be used.")] = "",
    refuse: Annotated[bool, typer.Option("--refuse", help="It may not be passed on: reasons are owed.")] = False,
    reasons: Annotated[str, typer.Option(metavar="TEXT", help="The reasons; - reads them from input.")] = "",
) -> None:
    """Let the other State pass an exhibit of ours on, or refuse it, 36(3) (duty officer; a second person approves)."""
    said = {"conditions": conditions, "until": until, "reasons": reading.text_of(reasons)}
    body = {"exhibit": id, "to": to, "granted": not refuse, **{key: text for key, text in said.items() if text}}
    _take(context, id, "onward-leave", body)


def forward(
    context: typer.Context,
    id: ExhibitId,
    *,
    to_case: Annotated[str, typer.Option(metavar="CASE", help="The case whose other side gets it.")],
    purpose: Annotated[str, typer.Option(metavar="TEXT", help="What for; it goes into the custody record.")],
    leave: Annotated[str, typer.Option(metavar="DIGEST", help="The message that gave leave, where it is needed.")] = "",
    regarding: Regarding = "",
) -> None:
    """Pass a received exhibit on, sealed anew as a whole for the other side of another case (custodian).

    It stays here until its delivery was proposed and approved.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require(actor, "custodian")
    case = reading.case_of(node, to_case)
    digest = regarding_of(session, record.case_file(node, case), regarding, "delivery")
    row = exhibits.get(node, id)
    given = _leave_of(session.node, row.case, id, leave) if leave else None
    with progress_of(session, "passing on", exhibits.manifest_of(row).size) as progress:
        made = onward.forward(
            node, actor, id, case=case, regarding=digest, purpose=purpose, leave=given, progress=progress
        )
    told = f"It stays here until its delivery is proposed (rogatory exhibit deliver {made.id}) and approved."
    session.answer(papers.exhibit_json(made), papers.view(made), told)


def disclose(
    context: typer.Context,
    id: ExhibitId,
    *,
    to: Annotated[str, typer.Option("--to", metavar="TEXT", help="To whom it is disclosed, in words.")] = "",
    clears: Annotated[str, typer.Option(metavar="TEXT", help="What in it clears the accused.")] = "",
    no_time: Annotated[
        str, typer.Option(metavar="TEXT", help="It was disclosed at once, because there was no time for notice: why.")
    ] = "",
    notice: Annotated[str, typer.Option(metavar="DIGEST", help="It has now been disclosed, as this notice said.")] = "",
) -> None:
    """Give notice that what clears an accused is disclosed, then record it, 40(5), 40(19) (custodian).

    First with --to and --clears: the notice in advance. Afterwards with --notice: the disclosure.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    if notice:
        known = record.case_file(node, exhibits.get(node, id).case).exhibits[id].notices
        digest = reading.digest_of(notice, [one.message for one in known], what="notice")
        answer_taken(session, disclosing.disclose(node, actor, id, notice=digest))
        return
    if not to or not clears:
        raise BadInput("say to whom it is disclosed, --to, and what in it clears the accused, --clears", cite="40(19)")
    if no_time:
        message = disclosing.disclose_at_once(node, actor, id, to=to, clears=clears, no_time=no_time)
    else:
        message = disclosing.give_notice(node, actor, id, to=to, clears=clears)
    answer_taken(session, message)


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {
    "ask-leave": ask_leave,
    "give-leave": give_leave,
    "forward": forward,
    "disclose": disclose,
}


def _take(context: typer.Context, id: str, kind: str, body: Mapping[str, Any]) -> None:
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require_reader(actor)
    row = exhibits.get(node, id)
    answer_taken(session, steps.take(node, actor, case=row.case, regarding=row.request, kind=kind, body=body))


def _leave_of(node: Node, case: str, id: str, given: str) -> str:
    known = record.case_file(node, case).exhibits.get(id)
    return reading.digest_of(given, [one.message for one in known.leaves] if known else [], what="leave")
