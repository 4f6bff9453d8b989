"""What a court is given of the exhibits of a case: gathered here, verified anew, and recorded when it is.

Rules in words. Manifests and chains are verified again with the keys known now; what does not hold is said in the
record and hides nothing else. All proofs are under one checkpoint: the newest that satisfies the witness policy and
covers the entries, else the newest there is. With the other side's chains, which are asked for beforehand, the record
says how they compare.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import rogatory
from rogatory.casefile.fold import CaseFile
from rogatory.errors import NotFound, RogatoryError
from rogatory.evidence import custody, manifest
from rogatory.evidence.court.record import (
    Asked,
    Carrier,
    Cosigned,
    CourtRecord,
    ExhibitRecord,
    LedgerRecord,
    SignedEntry,
    Stamped,
)
from rogatory.evidence.custody_compare import Comparison
from rogatory.evidence.custody_rules import Standing
from rogatory.evidence.manifest import Manifest
from rogatory.kernel.digests import sha256
from rogatory.law.words import Words
from rogatory.ledger import witness
from rogatory.ledger.checkpoint import read_checkpoint
from rogatory.ledger.notes import BadVerifierKey, WrongNoteSignature, parse_vkey
from rogatory.ledger.proofs import Proof
from rogatory.node import partners, people, record
from rogatory.node.context import Node
from rogatory.node.evidence import comparing, exhibits
from rogatory.node.ledger import proving, timestamps, witnessing
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow
from rogatory.sealing import cards

READ = "case:custody:read"


def page(node: Node, actor: Actor, case: str) -> CourtRecord:
    """The record of *case* for a person to read; raises `RoleMissing` and `NoSuchCase`."""
    people.require_reader(actor)
    made = gather(node, actor, case)
    with node.stores.atomic():
        people.note(node, actor, READ, case)
    return made


def compare_all(node: Node, actor: Actor, case: str) -> dict[str, Comparison]:
    """How the chain of each exhibit of *case* that was handed over compares with the other side's, by identifier.

    Raises as `comparing.compare_with_partner` does.
    """
    people.require_reader(actor)
    handed = [row for row in node.stores.exhibits.of_case(case) if row.state != "sealed"]
    return {row.id: comparing.compare_with_partner(node, actor, row.id) for row in handed}


def gather(
    node: Node,
    actor: Actor,
    case: str,
    *,
    compared: Mapping[str, Comparison] | None = None,
    sealed: Mapping[str, str] | None = None,
) -> CourtRecord:
    """The record of all exhibits of *case*; nothing is noted of that yet.

    *compared* holds what is known of the other side's chains, *sealed* the SHA-256 of sealed files that were read,
    both by exhibit. Raises `NoSuchCase` and what the ledger gives cause for.
    """
    with node.stores.atomic():
        file = record.case_file(node, case)
        rows = node.stores.exhibits.of_case(case)
        # Read last, the newest checkpoint covers everything that was read before it.
        text, proofs = _proofs(node, rows)
    told = [_exhibit(node, file, row, proofs) for row in rows]
    found, digests = compared or {}, sealed or {}
    told = [
        replace(
            one,
            comparison=found.get(one.manifest.exhibit),
            sealed_sha256=digests.get(one.manifest.exhibit, ""),
        )
        for one in told
    ]
    states = _states_in(file, told)
    return CourtRecord(
        case=case,
        exercise=file.exercise,
        at=node.clock.now(),
        authority=actor.authority,
        person=actor.name,
        program=f"Rogatory {rogatory.__version__}",
        names=_names(node),
        states={code: _state_name(node, code) for code in {*states, *partners.all_cards(node), node.state}},
        fingerprints=_fingerprints(node, states),
        ledger=_ledger(node, text),
        exhibits=tuple(told),
    )


def checkpoint_covering(node: Node, size: int) -> str:
    """The newest checkpoint of at least *size* entries that satisfies the witness policy; else the newest."""
    return witnessing.newest_witnessed(node, covering=size) or proving.checkpoint_text(node)


def _proofs(node: Node, rows: Sequence[ExhibitRow]) -> tuple[str, Mapping[str, Proof]]:
    logged = [entry for row in rows for entry in node.stores.exhibits.logged_of(row.id)]
    text = checkpoint_covering(node, 1 + max((entry.ledger_index for entry in logged), default=0))
    return text, {entry.digest: proving.proof(node, entry.digest, under=text) for entry in logged}


def _exhibit(node: Node, file: CaseFile, row: ExhibitRow, proofs: Mapping[str, Proof]) -> ExhibitRecord:
    chain = [one.encode() for one in row.custody]
    carriers = _carriers(node, file, row.id)
    read = manifest.read_manifest(row.manifest.encode())
    made = read.unverified_manifest
    fault, standing = _verified(node, row, chain)
    return ExhibitRecord(
        manifest=made,
        signed=row.manifest,
        kid=read.kid,
        digest=sha256(row.manifest.encode()),
        state=row.state,
        asked=_asked(node, file, made),
        entries=tuple(_entry(signed, proofs, carriers) for signed in row.custody),
        standing=standing,
        fault=fault,
        remark=row.reason,
    )


def _verified(node: Node, row: ExhibitRow, chain: Sequence[bytes]) -> tuple[str, Mapping[str, Standing]]:
    """Where manifest or chain do not hold, in words, and how each authority stands to the exhibit if they do."""
    signers = partners.ring_with_us(node)
    try:
        made = manifest.verify_manifest(row.manifest.encode(), signers)
        return "", custody.verify_custody(chain, manifest=made, signers=signers).standing
    except RogatoryError as error:
        return f"{error} ({error.code})", {}


def _entry(signed: str, proofs: Mapping[str, Proof], carriers: Mapping[str, Carrier]) -> SignedEntry:
    read = custody.read_entry(signed.encode())
    entry = read.unverified_entry
    return SignedEntry(
        entry=entry,
        signed=signed,
        kid=read.jws.kid,
        proof=proofs.get(entry.digest),
        carrier=carriers.get(entry.digest),
        by_machine=entry.person == exhibits.MACHINE.name,
    )


def _carriers(node: Node, file: CaseFile, exhibit: str) -> Mapping[str, Carrier]:
    """The first message that brought each custody entry of *exhibit*, by the entry's SHA-256."""
    places = {row.digest: row.ledger_index for row in node.stores.messages.of_case(file.id)}
    found: dict[str, Carrier] = {}
    for event in file.events:
        message = event.message
        if message.body.get("exhibit") == exhibit and message.digest in places:
            carrier = Carrier(message=message.digest, ledger_index=places[message.digest])
            for signed in message.body.get("custody", ()):
                found.setdefault(sha256(signed.encode()), carrier)
    return found


def _asked(node: Node, file: CaseFile, made: Manifest) -> Asked | None:
    request = file.requests.get(made.answers)
    message = next((one.message for one in file.events if one.message.digest == made.answers), None)
    if request is None or message is None:
        return None
    return Asked(
        digest=request.digest,
        measure=_measure(node, request.measure, request.instrument),
        instrument=_instrument(node, request.instrument),
        by=message.sender,
        at=message.at,
    )


def _measure(node: Node, measure: str, instrument: str) -> Words:
    try:
        return node.law.measure(measure, instrument=instrument).name
    except NotFound:
        return Words(measure, measure)


def _instrument(node: Node, instrument: str) -> Words:
    try:
        return node.law.instrument(instrument).name
    except NotFound:
        return Words(instrument, instrument)


def _names(node: Node) -> Mapping[str, Words]:
    """Our authorities and those on all cards that were accepted, each with its State."""
    told = {one.id: Words(one.name_en, one.name_fr) for one in node.config.authorities}
    for card in partners.all_cards(node).values():
        for authority in card.authorities:
            english = authority.name.get("en") or next(iter(authority.name.values()), authority.id)
            told[authority.id] = Words(english, authority.name.get("fr", english))
    return {name: _of_state(words, _state_name(node, name[:3])) for name, words in told.items()}


def _of_state(words: Words, state: Words) -> Words:
    pairs = ((words.get(lang), state.get(lang)) for lang in ("en", "fr"))
    return Words(*(name if of in name else f"{of}, {name}" for name, of in pairs))


def _state_name(node: Node, code: str) -> Words:
    try:
        return node.status.state(code).name
    except NotFound:
        return Words(code, code)


def _states_in(file: CaseFile, told: Sequence[ExhibitRecord]) -> set[str]:
    """The States of the case, and of everybody who signed a manifest or an entry."""
    states = {file.requesting[:3], file.requested[:3]}
    for one in told:
        states |= {one.manifest.sealed_by[:3], *(signed.entry.holder[:3] for signed in one.entries)}
    return states


def _fingerprints(node: Node, states: set[str]) -> Mapping[str, str]:
    known = {**partners.all_cards(node), node.state: cards.read_card(partners.own_card(node))}
    return {code: cards.fingerprint(card.identity) for code, card in known.items() if code in states}


def _ledger(node: Node, text: str) -> LedgerRecord:
    head = read_checkpoint(text).checkpoint
    row = timestamps.of_checkpoint(node, text)
    return LedgerRecord(
        text=text,
        origin=head.origin,
        size=head.size,
        root=head.root.hex(),
        cosigned=tuple(_cosigned(node, text)),
        stamped=Stamped(authority=row.authority, at=row.at, token=row.token) if row else None,
    )


def _cosigned(node: Node, text: str) -> Iterator[Cosigned]:
    """Who cosigned *text*, of the States whose cards we hold; our own State is no witness of itself."""
    for state, card in sorted(partners.all_cards(node).items()):
        if state == node.state or card.ledger.witness is None:
            continue
        try:
            for one in witness.cosigners(text, [parse_vkey(card.ledger.witness)]):
                yield Cosigned(state=state, name=one.name, at=one.at)
        except (BadVerifierKey, WrongNoteSignature):
            continue
