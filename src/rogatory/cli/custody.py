"""`rogatory exhibit`: the chain of custody, what is put into it by hand, and the end of an exhibit."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from rogatory.cli import papers, printing
from rogatory.cli.choices import ExhibitId
from rogatory.cli.session import Session, session_of
from rogatory.cli.steps import answer_taken
from rogatory.errors import BadInput
from rogatory.evidence import custody_words
from rogatory.evidence.custody_compare import Comparison
from rogatory.node import people
from rogatory.node.evidence import acts, certificates, comparing, exhibits, retention
from rogatory.ports.evidence import ExhibitRow

Purpose = Annotated[str, typer.Option(metavar="TEXT", help="What for; it goes into the custody record.")]


def custody(
    context: typer.Context,
    id: ExhibitId,
    *,
    compare: Annotated[bool, typer.Option("--compare", help="Compare it with the partner's chain now.")] = False,
) -> None:
    """Show who held an exhibit, when, and what they did (English, or French with --lang fr).

    With --compare the other side is asked for its own chain. Entries that we lacked are taken over once verified.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require_reader(actor)
    found = comparing.compare_with_partner(node, actor, id) if compare else None
    row = exhibits.get(node, id)
    entries = papers.entries(row)
    logged = {one.digest: one.ledger_index for one in node.stores.exhibits.logged_of(id)}
    value: dict[str, Any] = {
        "exhibit": id,
        "state": row.state,
        "reason": row.reason,
        "custody": [
            {**printing.plain(one), "signed": signed, "ledger_index": logged.get(one.digest)}
            for one, signed in zip(entries, row.custody, strict=True)
        ],
    }
    shown = [custody_words.sentence(one, session.lang) for one in entries]
    if (asked := node.stores.exhibits.destruction(id)) is not None:
        value["destruction"] = printing.plain(asked)
        shown += ["", f"Destruction {asked.state}, {asked.changed_at:%Y-%m-%d}: {asked.purpose or asked.why}"]
    if found is not None:
        value["comparison"] = _comparison(found, session.lang)
        shown += ["", *found.sentences(session.lang)]
    session.answer(value, *shown)


def record_act(
    context: typer.Context,
    id: ExhibitId,
    *,
    act: Annotated[str, typer.Option(metavar="ACT", help="viewed or copied.")],
    purpose: Purpose,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="The copy that was made, to be hashed.")] = None,
) -> None:
    """Record that an opened exhibit was viewed or copied (custodian); both States see it."""
    session = session_of(context)
    digest = None
    if file is not None:
        with file.open("rb") as copy:
            digest = hashlib.file_digest(copy, "sha256").hexdigest()
    message = acts.record_act(session.node, session.actor, id, act, purpose=purpose, copy_sha256=digest)
    answer_taken(session, message)


def return_(context: typer.Context, id: ExhibitId, *, purpose: Purpose = "") -> None:
    """Give a received exhibit back: recorded, told to the State that gave it, and our bytes destroyed (custodian)."""
    session = session_of(context)
    row = retention.give_back(session.node, session.actor, id, purpose=purpose)
    session.answer(papers.exhibit_json(row), f"Exhibit {id} was given back; no bytes of it are left here.")


def destroy(
    context: typer.Context,
    id: ExhibitId,
    *,
    purpose: Annotated[str, typer.Option(metavar="TEXT", help="Why it is to be destroyed (custodian).")] = "",
    approve: Annotated[bool, typer.Option("--approve", help="Agree: it is destroyed now (approver).")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="Do not agree: it stays (approver).")] = False,
) -> None:
    """Destroy an exhibit: a custodian asks with --purpose, an approver agrees with --approve.

    It cannot be taken back. The manifest, the custody and the proofs stay, and the other side gets the certificate.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    if sum((bool(purpose), approve, refuse)) != 1:
        raise BadInput("give one of --purpose, --approve and --refuse")
    if purpose:
        asked = retention.propose(node, actor, id, purpose=purpose)
        told = f"A second person must approve this: rogatory exhibit destroy {id} --approve"
        session.answer({**printing.plain(asked), "result": "awaits-approval"}, told)
    elif refuse:
        retention.refuse(node, actor, id)
        session.answer({"exhibit": id, "result": "refused"}, f"Exhibit {id} stays.")
    else:
        _tell_destroyed(session, retention.approve(node, actor, id))


def certificate(context: typer.Context, id: ExhibitId) -> None:
    """Print the certificate that an exhibit was destroyed or given back, in English and French, with its proof."""
    session = session_of(context)
    found = certificates.certificate(session.node, session.actor, id)
    value = {
        "exhibit": id,
        "entry": found.entry.to_json(),
        "signed": found.signed,
        "digest": found.entry.digest,
        "approved_by": printing.plain(found.second) if found.second else None,
        "proof": found.proof.to_json() if found.proof else None,
        "sentences": {lang: found.sentences(lang) for lang in custody_words.LANGUAGES},
    }
    shown: list[str] = []
    for lang in custody_words.LANGUAGES:
        shown += [*found.sentences(lang), ""]
    session.answer(value, *shown, found.signed)


#: Command name -> what it does.
COMMANDS: dict[str, Callable[..., None]] = {
    "custody": custody,
    "record": record_act,
    "return": return_,
    "destroy": destroy,
    "certificate": certificate,
}


def _tell_destroyed(session: Session, row: ExhibitRow) -> None:
    told = f"Exhibit {row.id} is destroyed. The certificate: rogatory exhibit certificate {row.id}"
    session.answer(papers.exhibit_json(row), told)


def _comparison(found: Comparison, lang: str) -> dict[str, Any]:
    return {
        "same": found.same,
        "only_ours": [one.digest for one in found.only_ours],
        "only_theirs": [one.digest for one in found.only_theirs],
        "disagreement": found.disagreement,
        "sentences": found.sentences(lang),
    }
