"""`rogatory conference new`, `open`, `event`, `record` and `pass`: a meeting on this node, run by its secretary."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Annotated, Any

import typer

from rogatory.cli import files, printing, reading
from rogatory.cli.choices import OutFile
from rogatory.cli.conference.rulebooks import ChoiceOption, asked_choices, asked_text
from rogatory.cli.reading import BadFile
from rogatory.cli.session import Session, session_of
from rogatory.conference.meeting.events import ROLES, Actor
from rogatory.conference.rulebook import loader
from rogatory.conference.rulebook.model import Rulebook
from rogatory.errors import BadInput
from rogatory.kernel import canonical, digests, times
from rogatory.law.words import Words
from rogatory.node.conference import meetings, participants, passes
from rogatory.node.conference.meetings import Sitting
from rogatory.node.conference.participants import Participants
from rogatory.node.conference.passes import Wish

MeetingName = Annotated[str, typer.Argument(metavar="MEETING", help="The identifier of the meeting.")]
ByOption = Annotated[
    str,
    typer.Option("--by", metavar="ROLE:CODE", help="In whose name: presiding:VNM, delegation:FRA, teller:KEN."),
]
OnceOption = Annotated[
    str, typer.Option("--once", metavar="NAME", help="A name for this submission: the same one is not done twice.")
]
DRAFT = "hanoi-draft"

pass_app = typer.Typer(no_args_is_help=True, help="Passes for the devices of those who take part.")


def new(
    context: typer.Context,
    facts: Annotated[
        str, typer.Argument(metavar="FACTS", help="TOML or JSON: id, title, body, kind, venue, opens, closes; - reads.")
    ],
    *,
    rulebook: Annotated[
        str, typer.Option("--rulebook", metavar="RULEBOOK", help="untoc, uncac, hanoi-draft, or a TOML file.")
    ] = DRAFT,
    choice: ChoiceOption = None,
    states: Annotated[
        str, typer.Option("--states", metavar="FILE", help="CSV of who takes part: code, name, kind, group, members.")
    ] = "",
    from_status: Annotated[
        bool, typer.Option("--from-status", help="Every State takes part, by its standing on the opening day.")
    ] = False,
) -> None:
    """Make a meeting: its facts, its rulebook, who takes part (secretary)."""
    session = session_of(context)
    told = facts_of(facts)
    text, name = asked_text(rulebook)
    choices = asked_choices(choice)
    if bool(states) + from_status + ("seats" in told) != 1:
        raise BadInput("say once who takes part: --states FILE, --from-status, or seats in the file of facts")
    unsure: tuple[str, ...] = ()
    if "seats" not in told:
        found = _participants(session, told, loader.read(text, name=name, choices=choices), states)
        told, unsure = {**told, "seats": found.seats}, found.unsure
    given = rulebook if rulebook in loader.DELIVERED else text
    meeting = meetings.create(session.node, session.actor, told, rulebook=given, choices=choices)
    made = meetings.sitting(session.node, meeting)
    value = {**_standing(made), "participants": len(made.state.seats), "unsure": unsure}
    session.answer(value, *_made_view(made, unsure, session.lang))


def _participants(session: Session, told: Mapping[str, Any], book: Rulebook, states: str) -> Participants:
    node, opens = session.node, times.parse_day(told.get("opens"))
    if not states:
        return participants.of_status(node.status, book, opens)
    data = reading.bytes_of(states)
    return participants.of_table(data, node.status, book, opens, name=reading.shown_name(states))


def _made_view(made: Sitting, unsure: tuple[str, ...], lang: str) -> list[str]:
    lines = [
        Words("{meeting} is made, with {count} participants.", "{meeting} est créée, avec {count} participants.").fill(
            meeting=made.meeting, count=len(made.state.seats)
        )
    ]
    if unsure:
        lines.append(
            Words(
                "The data are not sure how these stand: {codes}.",
                "Les données ne disent pas sûrement où en sont : {codes}.",
            ).fill(codes=", ".join(unsure))
        )
    lines.append(
        Words("Head of the record: {head}", "Tête du registre : {head}").fill(head=made.head),
    )
    return [line.get(lang) for line in lines]


def facts_of(given: str) -> dict[str, Any]:
    """The members of the first event that the TOML or JSON file *given* states; raises `BadFile` and `BadJSON`."""
    data = reading.bytes_of(given)
    if given.endswith(".json") or (not given.endswith(".toml") and data.lstrip()[:1] == b"{"):
        return canonical.loads_object(data)
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFile(f"not TOML: {error}", where=reading.shown_name(given)) from error
    return {key: _written(value) for key, value in found.items()}


def _written(value: Any) -> Any:
    """A value of TOML as JSON has it: days and times as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list):
        return [_written(inner) for inner in value]
    if isinstance(value, dict):
        return {key: _written(inner) for key, inner in value.items()}
    return value


def open_(context: typer.Context, meeting: MeetingName) -> None:
    """Open the meeting, in the name of whoever presides: refused while there is no quorum (secretary)."""
    session = session_of(context)
    by = Actor("presiding", meetings.sitting(session.node, meeting).state.presiding)
    done = meetings.enter(session.node, session.actor, meeting, "meeting-opened", {}, by=by)
    session.answer(_standing(done), _done_view(done, session.lang))


def event(
    context: typer.Context,
    meeting: MeetingName,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="The kind of event: attendance, vote-opened, …")],
    *,
    body: Annotated[
        str, typer.Option("--body", metavar="JSON|FILE", help="What the event holds: JSON, or a file with it; - reads.")
    ] = "{}",
    by: ByOption = "secretariat",
    once: OnceOption = "",
) -> None:
    """Enter an event of a meeting, for the secretariat or in somebody's name (secretary)."""
    session = session_of(context)
    data = body.encode() if body.lstrip().startswith("{") else reading.bytes_of(body)
    told = canonical.loads_object(data, whole=True)
    actor = actor_of(by, session.actor.name)
    done = meetings.enter(session.node, session.actor, meeting, kind, told, by=actor, once=once)
    session.answer(_standing(done), _done_view(done, session.lang))


def actor_of(given: str, name: str) -> Actor:
    """Who acts in a meeting, from `role:CODE`; the secretariat in the name of the person *name*; raises `BadInput`."""
    role, _, code = given.partition(":")
    if role not in ROLES or bool(code) == (role == "secretariat"):
        raise BadInput(f"{given[:60]!r} is not secretariat, nor presiding, delegation or teller and a code: teller:KEN")
    return Actor(role, code or name)


def _standing(done: Sitting) -> dict[str, Any]:
    return {"meeting": done.meeting, "events": done.number, "head": done.head, "phase": done.state.phase}


def _done_view(done: Sitting, lang: str) -> str:
    words = Words("{meeting}: entry {number}, head {head}", "{meeting} : écriture {number}, tête {head}")
    return words.fill(meeting=done.meeting, number=done.number, head=done.head).get(lang)


def record(context: typer.Context, meeting: MeetingName, *, out: OutFile) -> None:
    """Write the signed record of a meeting to a new file: one entry a line, for anybody to verify."""
    session = session_of(context)
    _ = session.actor
    count, line = 0, b""
    with files.new_file(out) as file:
        for line in meetings.record(session.node, meeting):
            file.write(line)
            count += 1
    head = digests.sha256(line.removesuffix(b"\n"))
    value = {"meeting": meeting, "file": str(out), "events": count, "head": head}
    words = Words("{file}: {count} entries, head {head}", "{file} : {count} écritures, tête {head}")
    session.answer(value, words.fill(file=out, count=count, head=head).get(session.lang))


@pass_app.command("issue")
def issue(
    context: typer.Context,
    meeting: MeetingName,
    *,
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help=f"What it is for: {', '.join(passes.ROLES)}.")
    ] = "delegation",
    of: Annotated[
        list[str] | None,
        typer.Option("--of", metavar="CODE", help="The participant: FRA. May be given again; none for a screen."),
    ] = None,
    everybody: Annotated[bool, typer.Option("--everybody", help="One for each participant.")] = False,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="The name on it; else the participant's.")] = "",
) -> None:
    """Issue passes; each link is shown once and opens the page of that role (secretary)."""
    session = session_of(context)
    seats = meetings.sitting(session.node, meeting).state.seats
    codes = list(seats) if everybody else of or ([""] if role == "screen" else [])
    if not codes:
        raise BadInput("say for whom: --of CODE, or --everybody")
    named = {code: one.name.get(session.lang) for code, one in seats.items()}
    wishes = [Wish(role=role, of=code, name=name or named.get(code, "") or role) for code in codes]
    found = passes.issue_all(session.node, session.actor, meeting, wishes)
    value = [
        {**printing.plain(one.held), "link": f"{session.node.config.address}/conference/{meeting}/in/{one.secret}/"}
        for one in found
    ]
    rows = [(one["id"], one["role"], one["of"], one["name"], one["link"]) for one in value]
    session.answer(value, printing.table(_headings("id", "role", "of", "name", "link", lang=session.lang), rows))


@pass_app.command("list")
def list_(context: typer.Context, meeting: MeetingName) -> None:
    """List the passes of a meeting, and which were revoked (secretary)."""
    session = session_of(context)
    found = passes.listed(session.node, session.actor, meeting)
    rows = [(one.id, one.role, one.of, one.name, one.issued_at, one.revoked_at) for one in found]
    headings = _headings("id", "role", "of", "name", "issued", "revoked", lang=session.lang)
    session.answer([printing.plain(one) for one in found], printing.table(headings, rows))


@pass_app.command("revoke")
def revoke(
    context: typer.Context,
    meeting: MeetingName,
    id: Annotated[str, typer.Argument(metavar="ID", help="The pass.")],
) -> None:
    """Revoke a pass: it opens nothing any more (secretary)."""
    session = session_of(context)
    gone = passes.revoke(session.node, session.actor, meeting, id)
    words = Words(
        "The pass {id} of {name} opens nothing any more.", "Le laissez-passer {id} de {name} n’ouvre plus rien."
    )
    session.answer({**printing.plain(gone), "revoked": True}, words.fill(id=gone.id, name=gone.name).get(session.lang))


_HEADINGS = {
    "id": Words("pass", "laissez-passer"),
    "role": Words("role", "rôle"),
    "of": Words("of", "de"),
    "name": Words("name", "nom"),
    "link": Words("link", "lien"),
    "issued": Words("issued", "délivré"),
    "revoked": Words("revoked", "retiré"),
}


def _headings(*names: str, lang: str) -> list[str]:
    return [_HEADINGS[name].get(lang) for name in names]


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {"new": new, "open": open_, "event": event, "record": record}
