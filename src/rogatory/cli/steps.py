"""The steps on a request: `rogatory step` for any of them, and one plain command for each that people often take.

A step that one person may take leaves at once. One that needs two becomes a draft, which `rogatory draft approve`
lets go.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from rogatory.casefile import bodies, table
from rogatory.casefile.fold import CaseFile
from rogatory.casefile.messages import Message
from rogatory.cli import printing, reading
from rogatory.cli.choices import CaseName, Regarding
from rogatory.cli.drafts import as_json as draft_json
from rogatory.cli.session import Session, session_of
from rogatory.errors import BadInput, NotPermitted
from rogatory.kernel import times
from rogatory.node import people, record, steps
from rogatory.ports.exchange import DraftRow

Text = Annotated[str, typer.Option("--text", metavar="TEXT", help="What is said; - reads it from input.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; - reads it from input.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="A note for the other side.")]
Until = Annotated[str, typer.Option("--until", metavar="TIME", help="UTC: 2028-05-01T12:00Z, or a day (its end).")]

#: The body of a step, or how to make it once the request is known.
Body = Mapping[str, Any] | Callable[[CaseFile, str], Mapping[str, Any]]


class NoRequestFits(NotPermitted):
    """No request of the case allows this step to us now."""

    code = "no-request-fits"
    remedy = "Look at the case: rogatory case show CASE lists the steps that you can take."


def step(
    context: typer.Context,
    case: CaseName,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="The kind of message: acknowledgement, decision …")],
    *,
    body: Annotated[str, typer.Option(metavar="FILE", help="Its body, JSON or TOML; - reads it from input.")] = "",
    regarding: Regarding = "",
) -> None:
    """Take any step on a request, its body given as a file."""
    _take(context, case, regarding, kind, reading.object_of(body) if body else {})


def acknowledge(context: typer.Context, case: CaseName, *, note: Note = "", regarding: Regarding = "") -> None:
    """Acknowledge a request (duty officer)."""
    _take(context, case, regarding, "acknowledgement", _filled(note=note))


def decide(
    context: typer.Context,
    case: CaseName,
    *,
    accept: Annotated[bool, typer.Option("--accept", help="The request is accepted.")] = False,
    decline: Annotated[bool, typer.Option("--decline", help="It is declined: grounds and reasons are owed.")] = False,
    postpone: Annotated[bool, typer.Option("--postpone", help="It is postponed: reasons are owed.")] = False,
    ground: Annotated[
        list[str] | None, typer.Option(metavar="PROVISION", help="A ground: 42(6)(a). May be given again.")
    ] = None,
    reasons: Annotated[str, typer.Option(metavar="TEXT", help="The reasons; - reads them from input.")] = "",
    regarding: Regarding = "",
) -> None:
    """Accept, decline or postpone a request (duty officer)."""
    chosen = [name for name, said in (("accepted", accept), ("declined", decline), ("postponed", postpone)) if said]
    if len(chosen) != 1:
        raise BadInput("a decision is one of --accept, --decline and --postpone")
    body = _filled(outcome=chosen[0], grounds=list(ground or ()), reasons=reading.text_of(reasons))
    _take(context, case, regarding, "decision", body)


def preserved(
    context: typer.Context,
    case: CaseName,
    *,
    custodian: Annotated[str, typer.Option(metavar="TEXT", help="Who keeps the data.")],
    began: Annotated[str, typer.Option(metavar="TIME", help="When preservation began, UTC; now by default.")] = "",
    until: Until = "",
    reference: Annotated[str, typer.Option(metavar="TEXT", help="The custodian's own reference.")] = "",
    regarding: Regarding = "",
) -> None:
    """Record that the data are preserved (duty officer).

    By default from now on and for the least period that 42(8) allows.
    """
    node = session_of(context).node
    start = reading.time_of(began) if began else times.stamp(node.clock.now())

    def body(file: CaseFile, digest: str) -> dict[str, Any]:
        least = steps.earliest_end(node, times.parse_stamp(start), file.requests[digest].instrument)
        end = reading.time_of(until) if until else times.stamp(least)
        return _filled(began=start, until=end, custodian=custodian, reference=reference)

    _take(context, case, regarding, "preserved", body)


def ask_extension(
    context: typer.Context, case: CaseName, *, reason: Reason, until: Until = "", regarding: Regarding = ""
) -> None:
    """Ask for more time before a preservation ends, 42(9) (drafter).

    By default for one more period of the least length.
    """

    node = session_of(context).node

    def body(file: CaseFile, digest: str) -> dict[str, Any]:
        kept = file.requests[digest]
        least = steps.earliest_end(node, kept.until or node.clock.now(), kept.instrument)
        later = reading.time_of(until) if until else times.stamp(least)
        return {"until": later, "reason": reading.text_of(reason)}

    _take(context, case, regarding, "extension-request", body)


def extend(
    context: typer.Context,
    case: CaseName,
    *,
    until: Until = "",
    refuse: Annotated[bool, typer.Option("--refuse", help="The extension is not granted: a reason is owed.")] = False,
    reason: Reason = "",
    regarding: Regarding = "",
) -> None:
    """Answer a request to extend, 42(9) (duty officer).

    By default until the time that was asked for.
    """

    def body(file: CaseFile, digest: str) -> dict[str, Any]:
        if refuse:
            return {"granted": False, **_filled(reason=reading.text_of(reason))}
        asked = file.requests[digest].extension_asked
        if until:
            return {"granted": True, "until": reading.time_of(until)}
        if asked is None:
            raise BadInput("no extension was asked for: give --until", cite="42(9)")
        return {"granted": True, "until": times.stamp(asked)}

    _take(context, case, regarding, "extension", body)


def outcome(
    context: typer.Context,
    case: CaseName,
    *,
    result: Annotated[
        str, typer.Option(metavar="WORD", help="carried-out, carried-out-in-part or not-carried-out.")
    ] = bodies.RESULTS[0],
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="The day on which it was done; today by default.")
    ] = "",
    text: Text,
    regarding: Regarding = "",
) -> None:
    """Report what was done on a request that yields no exhibit (duty officer; a second person where it coerces)."""
    today = f"{session_of(context).node.clock.now():%Y-%m-%d}"
    body = {"result": result, "on": on or today, "text": reading.text_of(text)}
    _take(context, case, regarding, "outcome", body)


def question(context: typer.Context, case: CaseName, *, text: Text, regarding: Regarding = "") -> None:
    """Ask the requesting State for more (duty officer)."""
    _take(context, case, regarding, "question", {"text": reading.text_of(text)})


def answer(context: typer.Context, case: CaseName, *, text: Text, regarding: Regarding = "") -> None:
    """Answer a question, or add to a request (drafter)."""
    _take(context, case, regarding, "supplement", {"text": reading.text_of(text)})


def warn(
    context: typer.Context,
    case: CaseName,
    *,
    concern: Annotated[str, typer.Option(metavar="WORD", help="availability, confidentiality or investigation.")],
    text: Text,
    regarding: Regarding = "",
) -> None:
    """Warn the requesting State that preservation may not serve, 42(7) (duty officer)."""
    _take(context, case, regarding, "warning", {"concern": concern, "text": reading.text_of(text)})


def withdraw(context: typer.Context, case: CaseName, *, reason: Reason, regarding: Regarding = "") -> None:
    """Withdraw a request of ours (drafter)."""
    _take(context, case, regarding, "withdrawal", {"reason": reading.text_of(reason)})


def release(context: typer.Context, case: CaseName, *, reason: Reason, regarding: Regarding = "") -> None:
    """Propose to release preserved data (duty officer; a second person approves)."""
    _take(context, case, regarding, "release", {"reason": reading.text_of(reason)})


def close(context: typer.Context, case: CaseName, *, note: Note = "", regarding: Regarding = "") -> None:
    """Close a request whose evidence or outcome has been received (drafter)."""
    _take(context, case, regarding, "closure", _filled(note=note))


#: Command name -> what it does; `step` stands for all of them.
COMMANDS: dict[str, Callable[..., None]] = {
    "step": step,
    "acknowledge": acknowledge,
    "decide": decide,
    "preserved": preserved,
    "extend": extend,
    "ask-extension": ask_extension,
    "outcome": outcome,
    "question": question,
    "answer": answer,
    "warn": warn,
    "withdraw": withdraw,
    "release": release,
    "close": close,
}


def regarding_of(session: Session, file: CaseFile, given: str, step: str) -> str:
    """The digest of the request that *given* names, or of the only one that permits *step* to us."""
    if given:
        return reading.digest_of(given, file.requests, what="request")
    side = file.side(session.node.state)
    fit = [one.digest for one in file.requests.values() if table.row(one.measure, one.state, step, side)]
    live = [digest for digest in fit if file.requests[digest].state not in table.ENDED] or fit
    if not live:
        states = ", ".join(f"{one.measure} is {one.state}" for one in file.requests.values())
        raise NoRequestFits(f"no request of this case allows the step {step} to us: {states}")
    if len(live) > 1:
        names = ", ".join(f"{digest[:16]} ({file.requests[digest].measure})" for digest in live)
        raise reading.Ambiguous(f"several requests allow this step: {names}", remedy="Say which with --regarding.")
    return live[0]


def answer_taken(session: Session, taken: Message | DraftRow) -> None:
    """Tell what a step became: a message on its way, or a draft that waits for a second person."""
    if isinstance(taken, DraftRow):
        told = f"A second person must approve this before it leaves: rogatory draft approve {taken.id}"
        session.answer({**draft_json(taken), "result": "awaits-approval", "draft": taken.id}, told)
        return
    value = {"result": "issued", "case": taken.case, "message": taken.digest, "kind": taken.kind}
    session.answer(
        value,
        f"The {taken.kind} is signed, in the ledger, and on its way to {taken.receiver}.",
        printing.pairs({"case": taken.case, "message": taken.digest}),
    )


def _take(context: typer.Context, case: str, regarding: str, kind: str, body: Body) -> None:
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require_reader(actor)
    known = reading.case_of(node, case)
    file = record.case_file(node, known)
    outcome = body.get("outcome") if isinstance(body, Mapping) else None
    digest = regarding_of(session, file, regarding, table.step_of(kind, outcome))
    said = body if isinstance(body, Mapping) else body(file, digest)
    answer_taken(session, steps.take(node, actor, case=known, regarding=digest, kind=kind, body=said))


def _filled(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", None, [])}
