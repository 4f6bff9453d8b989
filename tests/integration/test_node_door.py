"""The door between nodes: what it lets in, what it refuses and how it says so. An exhibit arrives through it."""

import hashlib
import io
import json
import os
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests.support.partner import Partner, preservation_contents, stored_data_contents

from rogatory.api import door
from rogatory.casefile.messages import Message
from rogatory.evidence import custody, sealer
from rogatory.evidence.custody import Deed
from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Conditions, Manifest, make_manifest
from rogatory.kernel import ids
from rogatory.ledger import proofs
from rogatory.ledger.notes import VerifierKey
from rogatory.node import drafting, intake, partners, record
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, handover, opening
from rogatory.node.people import Actor
from rogatory.sealing import age, cards
from rogatory.stores import append_only
from rogatory.transports import http_signatures
from rogatory.transports.http_signatures import Signer

US = "VNM/contact-point"
EVIDENCE = b"From: someone@example.org\n\nThis is the evidence.\n" * 5000
PART = 64 * 1024
People = dict[str, Actor]


def knock(
    node: Node,
    method: str,
    path: str,
    body: bytes = b"",
    *,
    signer: Signer | None = None,
    **environ: str,
) -> tuple[int, bytes]:
    """The status and the body that the door of *node* answers; *signer* signs the HTTP request."""
    headers = (
        http_signatures.sign(method, f"http://node.example{path}", hashlib.sha256(body).digest(), signer)
        if signer
        else {}
    )
    told: list[int] = []

    def start(status: str, _: list[tuple[str, str]]) -> None:
        told.append(int(status[:3]))

    answer = door.answer(
        node,
        {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
            **environ,
        },
        start,
    )
    return told[0], b"".join(answer)


def code(answer: tuple[int, bytes]) -> tuple[int, str]:
    """The status and the code of a refusal, which is one JSON object with a sentence."""
    problem = json.loads(answer[1])
    assert set(problem) <= {"code", "message", "remedy", "provision", "step", "receipt"}
    assert problem["message"]
    return answer[0], problem["code"]


def signer(node: Node, partner: Partner, *, at: datetime | None = None) -> Signer:
    now = at or node.clock.now()
    return Signer(partner.keys.signing_key(partner.authority, now), lambda: now)


class Arriving:
    """An exhibit that France seals to us, and the message that announces it."""

    def __init__(self, node: Node, france: Partner, recipients: tuple[str, ...], request: Message) -> None:
        self.node, self.france, self.recipients = node, france, recipients
        self.case, self.request, self.id = request.case, request.digest, ids.new_id(os.urandom(17))
        sealed = io.BytesIO()
        begun = age.new_header(recipients, os.urandom)
        made = sealer.seal(io.BytesIO(EVIDENCE), sealed, begun=begun, part_size=PART)
        self.sealed, self.list = sealed.getvalue(), made.part_digests
        at = node.clock.now()
        self.manifest = Manifest(
            exhibit=self.id,
            case=self.case,
            answers=self.request,
            provision="44(1)",
            name="mailbox.mbox",
            media_type="application/mbox",
            description="A mailbox",
            sha256=made.sha256,
            size=made.size,
            parts=made.parts,
            sealed_by=france.authority,
            person="Inès Moreau",
            receivers=(US,),
            recipients=recipients,
            at=at,
            conditions=Conditions(use="This case only"),
        )

    @property
    def path(self) -> str:
        return f"/node/v1/exhibits/{self.id}"

    def part(self, number: int) -> bytes:
        return self.sealed[number * PART : (number + 1) * PART]

    def announce(self) -> None:
        key = self.france.keys.signing_key(self.france.authority, self.node.clock.now())
        chain: tuple[bytes, ...] = ()
        for act in (Act.SEALED, Act.SENT):
            deed = Deed(
                act=act,
                holder=self.france.authority,
                person="Inès Moreau",
                at=self.node.clock.now(),
                to=US if act is Act.SENT else None,
                sha256=self.manifest.sha256 if act is Act.SEALED else None,
                root=self.manifest.parts.root,
            )
            chain = custody.record(chain, deed, manifest=self.manifest, key=key)
        body = {
            "exhibit": self.id,
            "manifest": make_manifest(self.manifest, key=key).decode(),
            "custody": [entry.decode() for entry in chain],
        }
        self.send("acknowledgement", {})
        self.send("decision", {"outcome": "accepted"})
        self.send("delivery", body)

    def send(self, kind: str, body: dict[str, Any]) -> None:
        file, at = record.case_file(self.node, self.case), self.node.clock.now()
        message = self.france.message(
            kind,
            body,
            case=self.case,
            to=US,
            at=at,
            follows=file.heads,
            number=file.next_number,
            regarding=self.request,
        )
        intake.receive(self.node, self.france.seal(message.jws, to=US, recipients=self.recipients, at=at))

    def put(self, what: str, body: bytes, by: Partner | None = None) -> tuple[int, bytes]:
        return knock(self.node, "PUT", f"{self.path}/{what}", body, signer=signer(self.node, by or self.france))


@pytest.fixture
def arriving(node: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Arriving:
    draft = drafting.start_request(
        node,
        people["drafter"],
        measure="stored-data",
        receiver=france.authority,
        contents=stored_data_contents(),
    )
    drafting.submit(node, people["drafter"], draft.id)
    exhibit = Arriving(node, france, our_recipients, drafting.approve(node, people["approver"], draft.id))
    exhibit.announce()
    return exhibit


@pytest.fixture
def kenya(node: Node, people: People, start: datetime) -> Partner:
    made = Partner("KEN", since=start - timedelta(days=30))
    fingerprint = cards.fingerprint(made.keys.identity.public)
    partners.add_partner(node, people["administrator"], made.card(at=start), fingerprint=fingerprint)
    return made


def test_an_exhibit_arrives_in_parts_and_is_answered_with_a_custody_receipt(node: Node, arriving: Arriving) -> None:
    status, body = knock(node, "GET", arriving.path, signer=signer(node, arriving.france))
    assert status == 200
    asked = json.loads(body)
    assert asked["missing"] == [0, 1, 2, 3]
    assert asked["parts_list"] is False
    assert code(arriving.put("parts/0", arriving.part(0))) == (409, "not-receiving")
    assert arriving.put("parts-list", arriving.list)[0] == 200
    for number in (2, 0, 3):
        assert json.loads(arriving.put(f"parts/{number}", arriving.part(number))[1]) == {"taken": True, "new": True}
    assert json.loads(arriving.put("parts/2", arriving.part(2))[1]) == {"taken": True, "new": False}
    _, body = knock(node, "GET", arriving.path, signer=signer(node, arriving.france))
    assert json.loads(body)["missing"] == [1]
    arriving.put("parts/1", arriving.part(1))
    assert exhibits.get(node, arriving.id).state == "complete"
    receipt = handover.finish(node, arriving.id)
    assert receipt is not None
    assert receipt.kind == "custody-receipt"
    opened = io.BytesIO()
    custodian = Actor(id="c", name="Phạm Quốc Dũng", authority=US, roles=frozenset({"custodian"}))
    opening.open_exhibit(node, custodian, arriving.id, opened, purpose="Examination")
    assert opened.getvalue() == EVIDENCE


def test_a_part_that_is_not_what_was_sealed_is_refused_and_not_kept(node: Node, arriving: Arriving) -> None:
    arriving.put("parts-list", arriving.list)
    changed = bytearray(arriving.part(1))
    changed[100] ^= 1
    assert code(arriving.put("parts/1", bytes(changed))) == (403, "wrong-part-digest")
    assert code(arriving.put("parts/1", arriving.part(0))) == (403, "wrong-part-digest")
    assert code(arriving.put("parts/1", arriving.part(1)[:-1])) == (403, "wrong-part-size")
    assert code(arriving.put("parts/4", b"x"))[1] == "part-out-of-range"
    assert node.stores.exhibits.parts(arriving.id) == frozenset()


def test_a_part_list_that_the_manifest_does_not_name_is_refused(node: Node, arriving: Arriving) -> None:
    assert code(arriving.put("parts-list", arriving.list[::-1])) == (403, "wrong-part-list")
    assert not exhibits.get(node, arriving.id).parts_list


def test_only_the_state_that_sends_an_exhibit_adds_to_it(node: Node, arriving: Arriving, kenya: Partner) -> None:
    assert code(arriving.put("parts-list", arriving.list, by=kenya)) == (403, "not-your-exhibit")
    assert code(knock(node, "GET", arriving.path, signer=signer(node, kenya))) == (403, "not-your-exhibit")


def test_a_request_about_an_exhibit_without_a_signature_is_refused(node: Node, arriving: Arriving) -> None:
    assert code(knock(node, "GET", arriving.path)) == (401, "request-signature")
    assert code(knock(node, "PUT", f"{arriving.path}/parts-list", arriving.list)) == (401, "request-signature")


def test_the_body_of_a_request_that_nobody_signed_is_not_read(node: Node, arriving: Arriving) -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("the door waits for the body of a stranger")

    for path in (f"{arriving.path}/parts-list", f"{arriving.path}/parts/0"):
        environ: dict[str, Any] = {"wsgi.input": Endless(), "CONTENT_LENGTH": str(PART)}
        assert code(knock(node, "PUT", path, **environ)) == (401, "request-signature")


def test_a_signature_for_another_body_path_or_time_is_refused(node: Node, arriving: Arriving) -> None:
    arriving.put("parts-list", arriving.list)
    path = f"{arriving.path}/parts/0"
    made = http_signatures.sign(
        "PUT", f"http://node.example{path}", hashlib.sha256(arriving.part(0)).digest(), signer(node, arriving.france)
    )
    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in made.items()}
    assert code(knock(node, "PUT", path, arriving.part(1), **environ)) == (401, "request-signature")
    elsewhere = f"{arriving.path}/parts/1"
    assert code(knock(node, "PUT", elsewhere, arriving.part(0), **environ)) == (401, "request-signature")
    assert code(knock(node, "DELETE", path, arriving.part(0), **environ)) == (404, "no-such-address")
    late = signer(node, arriving.france, at=node.clock.now() - timedelta(minutes=6))
    assert code(knock(node, "PUT", path, arriving.part(0), signer=late)) == (401, "request-signature")
    assert node.stores.exhibits.parts(arriving.id) == frozenset()


def test_a_request_signed_by_a_stranger_is_refused(node: Node, arriving: Arriving, start: datetime) -> None:
    stranger = Partner("KEN", since=start - timedelta(days=30))
    status, told = code(knock(node, "GET", arriving.path, signer=signer(node, stranger)))
    assert status in (401, 403)
    assert told


def test_a_disk_that_is_nearly_full_takes_no_part(node: Node, arriving: Arriving) -> None:
    arriving.put("parts-list", arriving.list)
    full = replace(node, blobs=NearlyFull(node))
    answer = knock(full, "PUT", f"{arriving.path}/parts/0", arriving.part(0), signer=signer(node, arriving.france))
    assert code(answer) == (507, "storage-full")
    assert node.stores.exhibits.parts(arriving.id) == frozenset()


class NearlyFull:
    """The blobs of a node whose disk has a thousand bytes left."""

    def __init__(self, node: Node) -> None:
        self._blobs = node.blobs

    def free(self) -> int:
        return 1000

    def __getattr__(self, name: str) -> Any:
        return getattr(self._blobs, name)


@pytest.mark.parametrize(
    ("length", "expected"),
    [("", (411, "length-required")), ("many", (411, "length-required")), (str(10**12), (413, "too-large"))],
)
def test_a_body_of_unknown_or_too_great_length_is_not_read(node: Node, length: str, expected: tuple[int, str]) -> None:
    class Unread(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("the body must not be read")

    environ: dict[str, Any] = {"CONTENT_LENGTH": length, "wsgi.input": Unread()}
    assert code(knock(node, "POST", "/node/v1/envelopes", **environ)) == expected


def test_a_body_shorter_than_announced_is_refused(node: Node) -> None:
    assert code(knock(node, "POST", "/node/v1/envelopes", b"rogatory", CONTENT_LENGTH="900"))[0] == 400


@pytest.mark.parametrize("path", ["/node/v1/", "/node/v1/envelopes/", "/node/v1/ledger/tile/../../node.toml"])
def test_an_address_that_is_not_here_says_so(node: Node, path: str) -> None:
    assert code(knock(node, "GET", path))[0] in (400, 404)


def test_a_fault_of_the_node_tells_nothing_of_itself(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> str:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr(door.intake, "receive", fail)
    status, body = knock(node, "POST", "/node/v1/envelopes", b"x")
    assert status == 500
    assert b"secret" not in body


def test_the_log_is_public_and_a_proof_is_for_the_two_sides_of_the_case(
    node: Node, arriving: Arriving, kenya: Partner
) -> None:
    assert knock(node, "GET", "/node/v1/ledger/checkpoint")[0] == 200
    assert knock(node, "GET", "/node/v1/ledger/tile/entries/000.p/4")[0] == 200
    path = f"/node/v1/proofs/{arriving.request}"
    status, body = knock(node, "GET", path, signer=signer(node, arriving.france))
    assert status == 200
    key = VerifierKey(name=node.config.log_origin, public=node.unlock().ledger.public.raw)
    proofs.verify_proof(proofs.read_proof(json.loads(body)), arriving.request, key)
    assert code(knock(node, "GET", path, signer=signer(node, kenya))) == (404, "not-logged")
    assert code(knock(node, "GET", path)) == (401, "request-signature")


def test_what_was_kept_can_neither_be_changed_nor_deleted(node: Node, arriving: Arriving) -> None:
    with connection.cursor() as cursor:
        for table in append_only.TABLES:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  # the names are our own
            if not cursor.fetchone()[0]:
                continue
            column = next(field.name for field in connection.introspection.get_table_description(cursor, table))
            change = f'UPDATE "{table}" SET "{column}" = "{column}"'  # noqa: S608
            for words in (change, f'DELETE FROM "{table}"'):  # noqa: S608
                with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                    cursor.execute(words)
    assert node.stores.ledger.size() == 4


def test_a_request_that_a_partner_sent_is_proved_to_him_alone(
    node: Node, france: Partner, our_recipients: tuple[str, ...], kenya: Partner, start: datetime
) -> None:
    body = {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": preservation_contents(),
        "follows_request": None,
    }
    message = france.message("request", body, case="FRA-VNM-2028-0001-7Q4K2M9XAB", to=US, at=start)

    def ask(who: Partner) -> tuple[int, bytes]:
        return knock(node, "GET", f"/node/v1/proofs/{message.digest}", signer=signer(node, who))

    assert code(ask(kenya)) == (404, "not-logged")
    status, _ = knock(
        node, "POST", "/node/v1/envelopes", france.seal(message.jws, to=US, recipients=our_recipients, at=start)
    )
    assert status == 200
    assert code(ask(kenya)) == (404, "not-logged")
    assert ask(france)[0] == 200
