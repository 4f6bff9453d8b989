"""A case exported from the real stores is verified offline, from its bytes alone."""

import io
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.support.partner import Partner, preservation_contents, stored_data_contents
from tests.support.timestamping import served_authority
from tests.support.world import Road

from rogatory.bundle.report import Report
from rogatory.bundle.verify import examine, verify
from rogatory.casefile.messages import Message
from rogatory.ledger import cosignature, entries
from rogatory.ledger.notes import COSIGNATURE_V1, VerifierKey
from rogatory.node import delivery, drafting, export, intake, partners, record, steps
from rogatory.node.context import Node
from rogatory.node.evidence import handover, sealings
from rogatory.node.ledger import proving, timestamps
from rogatory.node.people import Actor, RoleMissing
from rogatory.node.record import NoSuchCase
from rogatory.ports.exchange import DraftRow
from rogatory.ports.witness import CosignedRow, WitnessRow
from rogatory.ports.world import Answer
from rogatory.sealing import cards, envelope, receipts
from rogatory.sealing.cards import Card, CardLedger
from rogatory.transports import timestampauthority

CASE = "FRA-VNM-2028-0001-7Q4K2M9XAB"
US = "VNM/contact-point"
EVIDENCE = b"From: someone@example.org\n\nThis is the evidence.\n" * 5000
People = dict[str, Actor]


class France:
    """The other side of the case: sends envelopes, and receipts those that come."""

    def __init__(self, node: Node, partner: Partner, recipients: tuple[str, ...]) -> None:
        self.node, self.partner, self.recipients = node, partner, recipients
        assert isinstance(node.transport, Road)
        node.transport.receive = self.receipt

    def send(self, kind: str, body: dict[str, object], *, regarding: str | None = None) -> Message:
        held = record.messages_of(self.node, CASE)
        file = record.case_file(self.node, CASE) if held else None
        at = self.node.clock.now()
        message = self.partner.message(
            kind,
            body,
            case=CASE,
            to=US,
            at=at,
            follows=file.heads if file else (),
            number=file.next_number if file else 1,
            regarding=regarding,
        )
        intake.receive(self.node, self.partner.seal(message.jws, to=US, recipients=self.recipients, at=at))
        return message

    def receipt(self, data: bytes) -> Answer:
        read = envelope.read_envelope(data)
        row = self.node.stores.outbox.get(read.envelope)
        assert row is not None
        at = self.node.clock.now()
        said = receipts.Receipt(
            envelope=read.envelope,
            sealed_sha256=read.sealed_sha256,
            message=row.message,
            result=receipts.STORED,
            at=at,
            sender=read.receiver,
            receiver=read.sender,
        )
        key = self.partner.keys.signing_key(self.partner.authority, at)
        return Answer(status=200, code="", body=receipts.make_receipt(said, key=key))


@pytest.fixture
def told(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> str:
    """A case up to the delivery of an exhibit: France asks, Viet Nam preserves, seals and hands over."""
    other = France(node, france, our_recipients)
    asked = other.send(
        "request",
        {"measure": "preservation", "instrument": "uncc", "contents": preservation_contents(), "follows_request": None},
    )
    _step(node, people, asked, "acknowledgement", {})
    _step(node, people, asked, "decision", {"outcome": "accepted"})
    wanted = other.send(
        "request",
        {
            "measure": "stored-data",
            "instrument": "uncc",
            "contents": stored_data_contents(),
            "follows_request": asked.digest,
        },
    )
    _step(node, people, wanted, "decision", {"outcome": "accepted"})
    custodian = people["custodian"]
    about = sealings.ToSeal(
        name="mailbox.mbox", media_type="application/mbox", description="Mail", use="the case named"
    )
    source = io.BytesIO(EVIDENCE)
    sealed = sealings.seal(node, custodian, case=CASE, regarding=wanted.digest, source=source, about=about)
    _, body = handover.propose_delivery(node, custodian, sealed.id)
    _step(node, people, wanted, "delivery", body, who="custodian")
    delivery.drain(node, "FRA")
    return CASE


def _step(
    node: Node, people: People, request: Message, kind: str, body: dict[str, object], who: str = "duty-officer"
) -> None:
    taken = steps.take(node, people[who], case=CASE, regarding=request.digest, kind=kind, body=body)
    if isinstance(taken, DraftRow):
        drafting.approve(node, people["approver"], taken.id)


def exported(node: Node, actor: Actor, *, with_exhibits: bool = True) -> tuple[bytes, export.BundleSummary]:
    sink = io.BytesIO()
    summary = export.write_bundle(node, actor, CASE, sink, with_exhibits=with_exhibits)
    return sink.getvalue(), summary


def keys(report: Report, step: int) -> list[str]:
    return [note.key for note in report.rungs[step - 1].notes]


def test_an_exported_case_is_verified_with_both_fingerprints_and_opens_for_its_receiver(
    node: Node, people: People, france: Partner, told: str
) -> None:
    data, summary = exported(node, people["auditor"])
    trust = {
        "FRA": cards.fingerprint(france.keys.identity.public),
        "VNM": cards.fingerprint(cards.read_card(partners.own_card(node)).identity),
    }
    identities = france.keys.identities()[france.authority]
    report = verify(io.BytesIO(data), trust=trust, identities=identities)
    assert (report.case, report.exported_by, report.exercise) == (told, US, True)
    assert report.all_compared
    assert report.program.startswith("rogatory ")
    assert keys(report, 5) == ["receipted"]
    assert report.rungs[4].notes[0].values == {"count": 6, "all": 6}
    assert keys(report, 6)[-1] == "opened"
    assert (summary.messages, summary.exhibits, summary.sealed_exhibits, summary.size) == (6, 1, 1, len(data))


def test_custody_entries_signed_here_have_a_proof_of_their_own_and_the_page_holds_all_papers(
    node: Node, people: People, told: str
) -> None:
    report = verify(io.BytesIO(exported(node, people["auditor"])[0]))
    logged = next(note for note in report.rungs[6].notes if note.key == "custody-logged")
    assert logged.values == {"count": 2, "all": 2}
    assert "not-witnessed" in keys(report, 7)
    assert "page-known" in keys(report, 1)


def test_an_export_without_exhibits_leaves_the_sealed_file_out(node: Node, people: People, told: str) -> None:
    whole, _ = exported(node, people["auditor"])
    data, summary = exported(node, people["auditor"], with_exhibits=False)
    assert summary.sealed_exhibits == 0
    assert len(data) < len(whole) - len(EVIDENCE)
    assert keys(verify(io.BytesIO(data)), 6)[-1] == "sealed-absent"


def test_a_message_that_has_not_arrived_is_named_in_the_bundle(node: Node, people: People, told: str) -> None:
    request = next(one for one in record.case_file(node, CASE).requests.values() if one.measure == "stored-data")
    held = record.messages_of(node, CASE)
    _step(node, people, held[request.digest], "note", {"text": "more will follow"})
    report = verify(io.BytesIO(exported(node, people["auditor"])[0]))
    assert keys(report, 5) == ["receipted", "not-receipted"]


def test_a_sealed_file_that_rotted_on_disk_is_found_by_whoever_checks(node: Node, people: People, told: str) -> None:
    row = node.stores.exhibits.of_case(CASE)[0]
    path = node.blobs._path(row.sealed_blob)  # type: ignore[attr-defined]
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(5000)
        file.write(b"rot")
    report = examine(io.BytesIO(exported(node, people["auditor"])[0]))
    assert [(rung.name, rung.code) for rung in report.failures()] == [("exhibits", "wrong-part-digest")]


def test_an_export_is_recorded_with_the_digest_of_the_file(node: Node, people: People, told: str) -> None:
    _, summary = exported(node, people["auditor"])
    lines = [row for row in node.stores.audit.of_subject(CASE, 10) if row.action == export.ACTION]
    assert [row.who for row in lines] == ["auditor", "auditor"]
    assert summary.sha256 in lines[0].detail
    assert lines[1].detail == "begun"


def test_messages_kept_after_the_export_do_not_disturb_it_and_a_new_export_has_them(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...], told: str
) -> None:
    before, _ = exported(node, people["auditor"])
    request = next(iter(record.case_file(node, CASE).requests))
    France(node, france, our_recipients).send("note", {"text": "thank you"}, regarding=request)
    after, summary = exported(node, people["auditor"])
    assert not verify(io.BytesIO(before)).failures()
    assert not verify(io.BytesIO(after)).failures()
    assert summary.messages == 7


def test_whoever_reads_no_case_files_exports_none(node: Node, people: People, told: str) -> None:
    with pytest.raises(RoleMissing):
        exported(node, people["administrator"])
    assert not [row for row in node.stores.audit.of_subject(CASE, 10) if row.action == export.ACTION]


def test_a_case_that_is_not_here_is_not_exported(node: Node, people: People) -> None:
    sink = io.BytesIO()
    with pytest.raises(NoSuchCase):
        export.write_bundle(node, people["auditor"], CASE, sink)
    assert not sink.getvalue()


def test_a_preservation_shows_its_clock_in_the_bundle(node: Node, people: People, told: str) -> None:
    now = node.clock.now()
    asked = next(one for one in record.case_file(node, CASE).requests.values() if one.measure == "preservation")
    body = {
        "began": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "until": (now + timedelta(days=90)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "custodian": "a practice provider",
    }
    _step(node, people, record.messages_of(node, CASE)[asked.digest], "preserved", body)
    assert "clock" in keys(verify(io.BytesIO(exported(node, people["auditor"])[0])), 4)


def witness_card(partner: Partner, at: datetime) -> Card:
    """The card of *partner*, which also names a key to cosign with."""
    origin = f"rogatory/{partner.state.lower()}/test"
    log = VerifierKey(name=origin, public=partner.keys.ledger.public.raw)
    made = cards.make_card(
        identity=partner.keys.identity,
        state=partner.state,
        serial=1,
        issued=at,
        exercise=True,
        address="https://ken.example",
        authorities=[],
        ledger=CardLedger(origin=origin, key=str(log), witness=str(witness_key(partner))),
    )
    return cards.read_card(made)


def witness_key(partner: Partner) -> VerifierKey:
    name = f"rogatory/{partner.state.lower()}/test/witness"
    return VerifierKey(name=name, public=partner.keys.witness.public.raw, algorithm=COSIGNATURE_V1)


def test_the_checkpoint_of_a_bundle_is_the_newest_that_is_witnessed_and_the_witness_is_named(
    node: Node, people: People, told: str
) -> None:
    now, text = node.clock.now(), proving.checkpoint_text(node)
    kenya = Partner("KEN", since=now - timedelta(days=30))
    card = witness_card(kenya, now)
    partners.add_partner(node, people["administrator"], card.jws, fingerprint=cards.fingerprint(card.identity))
    cosigned = cosignature.cosign(text, key=witness_key(kenya), sign=kenya.keys.witness.sign, at=now)
    store = node.stores.witnesses
    store.put_witness(WitnessRow(state="KEN", added_at=now, added_by="administrator", next_at=now))
    store.put_cosigned(CosignedRow(size=node.stores.ledger.size(), text=cosigned, at=now))
    record.append_entries(node, [entries.open_entry("ab" * 32, bytes(32))])
    report = verify(io.BytesIO(exported(node, people["auditor"])[0]))
    assert "cosigned" in keys(report, 7)
    assert "not-witnessed" not in keys(report, 7)
    assert [note.values["state"] for note in report.rungs[1].notes] == ["FRA", "KEN", "VNM"]
    assert proving.checkpoint_text(node) != text, "a newer one is there, which nobody cosigned"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_the_time_stamp_of_the_checkpoint_goes_along_and_is_checked_with_the_certificate(
    node: Node, people: People, told: str, tmp_path: Path
) -> None:
    with served_authority(tmp_path / "authority") as road:
        stamped = replace(node, timestamps=road)
        timestamps.ask(stamped, "")
        data = exported(stamped, people["auditor"])[0]
    root = (tmp_path / "authority" / timestampauthority.ROOT).read_bytes()
    assert keys(verify(io.BytesIO(data)), 7)[-1] == "stamp-unchecked"
    assert keys(verify(io.BytesIO(data), roots=[root]), 7)[-1] == "stamped"
    other = timestampauthority.make(tmp_path / "other", "Another authority").read_bytes()
    assert [rung.code for rung in examine(io.BytesIO(data), roots=[other]).failures()] == ["wrong-timestamp"]
