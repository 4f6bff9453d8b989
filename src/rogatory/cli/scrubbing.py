"""`rogatory scrub`: reading every part of every exhibit from the disk again, and mending what rotted."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from rogatory.cli import printing
from rogatory.cli.progress import progress_of
from rogatory.cli.session import Session, session_of
from rogatory.errors import Unavailable
from rogatory.node import people
from rogatory.node.evidence import exhibits
from rogatory.node.evidence.storage import copies, pacing, scrub, standing
from rogatory.ports.scrub import Finding, ScrubPass

#: What nobody has written to for so long was left by a process that died.
DEAD_AFTER = timedelta(days=1)


class EvidenceLost(Unavailable):
    """Parts of exhibits are rotten, and nobody has good bytes of them now."""

    code = "evidence-lost"
    remedy = (
        "Do not write to that disk. Restore those exhibits from a backup, or ask the State on the other side to keep "
        "its node reachable; then scrub again."
    )


def scrub_(
    context: typer.Context,
    *,
    rate: Annotated[
        str, typer.Option(metavar="RATE", help="At most so fast, like 100MB/s; as fast as it goes by default.")
    ] = "",
    exhibit: Annotated[str, typer.Option(metavar="ID", help="Only this exhibit.")] = "",
    lasting: Annotated[
        str, typer.Option("--for", metavar="TIME", help="Stop after 90m, 8h or 2d; the next scrub goes on there.")
    ] = "",
    anew: Annotated[
        bool, typer.Option("--anew", help="Begin from the first exhibit, wherever the last scrub was.")
    ] = False,
    findings: Annotated[
        bool, typer.Option("--findings", help="Only show what was found before, the newest first.")
    ] = False,
) -> None:
    """Read every part of every exhibit again, and mend what rotted (administrator or custodian).

    Good bytes come from the second store, else from the State on the other side of the case. A scrub that is stopped
    goes on where it was. It ends with status 6 when something is lost.
    """
    session = session_of(context)
    if findings:
        _show_findings(session)
        return
    pace = pacing.Pace(
        rate=pacing.parse_rate(rate) if rate else 0,
        seconds=pacing.parse_duration(lasting) if lasting else 0,
        monotonic=time.monotonic,
        sleep=time.sleep,
    )
    node, actor = session.node, session.actor
    if not exhibit:
        node.blobs.clear_dead(datetime.now(UTC) - DEAD_AFTER)
    size = exhibits.manifest_of(exhibits.get(node, exhibit)).parts.total if exhibit else scrub.total(node)[1]
    with progress_of(session, "scrubbing", size) as progress:
        done = scrub.run(
            node,
            actor,
            only=exhibit,
            anew=anew,
            pace=pace,
            progress=(lambda read, _: progress(read)) if progress else None,
        )
    _answer(session, done)


def _answer(session: Session, done: scrub.Scrubbed) -> None:
    value = {
        **{name: getattr(done, name) for name in ("exhibits", "read", "found", "mended", "ended", "second_trouble")},
        "open": [finding_json(one) for one in done.open],
        "not_in_second_store": copies.waiting(session.node),
    }
    told = "through" if done.ended else "stopped; the next scrub goes on there"
    session.answer(
        value,
        f"{done.exhibits} exhibits, {done.read} bytes read, {done.found} found wrong, {done.mended} mended: {told}.",
        *([f"The second store was not scrubbed: {done.second_trouble}"] if done.second_trouble else []),
    )
    if done.open:
        if not session.as_json:
            session.answer(value, findings_table(done.open, "lost"))
            raise EvidenceLost(f"{len(done.open)} findings stand, in exhibits {', '.join(_exhibits(done.open))}")
        raise typer.Exit(6)


def _show_findings(session: Session) -> None:
    _require_keeper(session)
    found = session.node.stores.scrubs.findings(1000)
    session.answer([finding_json(one) for one in found], findings_table(found, "findings"))


def finding_json(one: Finding) -> dict[str, Any]:
    """A finding as JSON: the rot, when it was found, when and from where it was mended."""
    rot: dict[str, Any] = printing.plain(one.rot)
    return {
        **rot,
        "part": one.rot.part if one.rot.what == "part" else None,
        "found_at": printing.plain(one.found_at),
        "mended_at": printing.plain(one.mended_at),
        "mended_from": one.mended_from or None,
    }


def findings_table(found: Sequence[Finding], title: str) -> Any:
    """Findings for a person; *title* when there are none."""
    rows = [
        (
            one.rot.exhibit,
            f"part {one.rot.part}" if one.rot.what == "part" else one.rot.what,
            one.rot.kind,
            one.rot.store,
            one.found_at,
            f"{one.mended_at:%Y-%m-%d} from {one.mended_from}" if one.mended_at else "no",
        )
        for one in found
    ]
    return printing.table(("exhibit", "what", "is", "store", "found", "mended"), rows, title=title)


def _exhibits(found: tuple[Finding, ...]) -> list[str]:
    return sorted({one.rot.exhibit for one in found})


storage_app = typer.Typer(no_args_is_help=True, help="Where evidence lies: room, the second store, the last scrub.")


@storage_app.command("show")
def show(context: typer.Context) -> None:
    """Show how the storage of evidence stands, and what is rotten (administrator or custodian)."""
    session = session_of(context)
    _require_keeper(session)
    found = standing.state(session.node)
    place = found.scrub
    value = {
        **printing.plain(found, without=frozenset({"rotten"})),
        "rotten": [finding_json(one) for one in found.rotten],
    }
    second = f"holds all but {found.waiting} exhibits" if found.waiting else "holds everything"
    session.answer(
        value,
        printing.pairs(
            {
                "exhibits": f"{found.exhibits}, {found.size} bytes",
                "free": f"{found.free} bytes",
                "second store": second if found.second else "none: name one in node.toml under [blobs.second]",
                "last scrub": _scrub_words(place),
                "rotten": f"{len(found.rotten)} findings: rogatory scrub" if found.rotten else "nothing known",
            }
        ),
        findings_table(found.rotten, "rotten") if found.rotten else "",
    )


@storage_app.command("copy")
def copy(context: typer.Context) -> None:
    """Copy to the second store what it lacks, now (administrator or custodian); else the worker does so by itself."""
    session = session_of(context)
    _require_keeper(session)
    done = copies.copy_due(session.node)
    failed = [f"exhibit {exhibit}: {why}" for exhibit, why in done.failed.items()]
    session.answer(done, f"{done.copied} blobs copied and verified; {done.waiting} exhibits wait.", *failed)


def _scrub_words(place: ScrubPass) -> str:
    if place.started_at is None:
        return "never: rogatory scrub"
    if place.ended_at is None:
        return f"under way since {place.started_at:%Y-%m-%d %H:%M} UTC: {place.done} of {place.total} bytes"
    return f"through on {place.ended_at:%Y-%m-%d %H:%M} UTC: {place.exhibits} exhibits, {place.done} bytes"


def _require_keeper(session: Session) -> None:
    if not session.actor.roles & {"administrator", "custodian"}:
        people.require(session.actor, "administrator")
