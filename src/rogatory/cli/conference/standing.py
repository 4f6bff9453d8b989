"""`rogatory conference state` and `verify`: how a meeting stands, here or in a record; whether a record is right.

Both read a record without a node; `state` shows a meeting of this node when no file of that name is there.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from rogatory.cli import printing
from rogatory.cli.conference import verifying
from rogatory.cli.conference.meetings import actor_of
from rogatory.cli.conference.standingview import NEXT_HEADINGS, overview
from rogatory.cli.session import Session, session_of
from rogatory.conference.meeting import possible as trying
from rogatory.conference.meeting.events import Actor
from rogatory.conference.meeting.possible import Possible
from rogatory.conference.record.summary import summary
from rogatory.errors import Untrusted
from rogatory.node.conference import meetings
from rogatory.node.sittings import Sitting

ForOption = Annotated[
    str,
    typer.Option("--for", metavar="ROLE:CODE", help="Show also what this one may do: delegation:FRA, teller:KEN."),
]


class RecordNotVerified(Untrusted):
    """The record does not verify."""

    code = "record-not-verified"
    remedy = "See where: rogatory conference verify FILE."


def state(
    context: typer.Context,
    meeting: Annotated[str, typer.Argument(metavar="MEETING|RECORD", help="A meeting of this node, or a record file.")],
    *,
    also: ForOption = "",
) -> None:
    """Show how a meeting stands: quorum, floor, motions, vote; what may happen next, and under which rule."""
    session = session_of(context)
    path = Path(meeting)
    found, at, name = _of_file(path) if path.is_file() else _of_node(session, meeting)
    who = [Actor("secretariat", name), Actor("presiding", found.state.presiding or "?")]
    who += [actor_of(also, name)] if also else []
    offers = [(actor, trying.possible(found.state, actor, max(at, found.link.at))) for actor in who]
    value = {
        **summary(found.state),
        "head": found.head,
        "awaited": found.awaited,
        "next": [{"by": actor, "may": may} for actor, may in offers],
    }
    session.answer(value, *overview(found, session.lang), *_offers_view(offers, session.lang))


def _of_node(session: Session, meeting: str) -> tuple[Sitting, datetime, str]:
    name = session.actor.name
    return meetings.sitting(session.node, meeting), session.node.clock.now(), name


def _of_file(path: Path) -> tuple[Sitting, datetime, str]:
    found = verifying.check(path)
    if found.failures or found.state is None or found.link is None:
        raise RecordNotVerified(found.verdict.en, where=path.name)
    return Sitting(state=found.state, link=found.link), found.link.at, "secretariat"


def _offers_view(offers: Sequence[tuple[Actor, Sequence[Possible]]], lang: str) -> Iterator[RenderableType | str]:
    for actor, may in offers:
        rows = [
            (
                one.kind,
                one.name.get(lang),
                ", ".join(f"{key}={_short(value)}" for key, value in one.body.items()),
                one.missing,
                one.cite.get(lang),
            )
            for one in may
        ]
        yield ""
        yield printing.table([one.get(lang) for one in NEXT_HEADINGS], rows, title=f"{actor.role} {actor.of}")


def _short(value: Any) -> str:
    text = ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def verify(
    context: typer.Context,
    record: Annotated[Path, typer.Argument(metavar="RECORD", help="The file of a meeting's signed record.")],
    *,
    card: Annotated[
        Path | None, typer.Option("--card", metavar="FILE", help="The contact card of the State whose node signed it.")
    ] = None,
    head: Annotated[
        str, typer.Option("--head", metavar="SHA256", help="The head that was announced; shows what was cut off.")
    ] = "",
) -> None:
    """Replay a record offline and check it step by step, from its form to what it proves.

    Exit status: 0 verified, 5 not verified; no node is needed.
    """
    session = session_of(context)
    found = verifying.check(record, card=card, head=head)
    session.answer(found.to_json(session.lang), *verifying.ladder(found, session.lang))
    if found.failures:
        raise typer.Exit(verifying.NOT_VERIFIED)


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {"state": state, "verify": verify}
