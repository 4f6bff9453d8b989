"""The rows themselves: append-only, all or nothing, and lists that can be made again from the messages."""

import os
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from tests.support.partner import Partner, preservation_contents

from rogatory.errors import RogatoryError
from rogatory.ledger import checkpoint, notes, proofs, tiles
from rogatory.node import drafting, intake, rebuild, record
from rogatory.node.context import Node
from rogatory.node.ledger import proving as node_ledger
from rogatory.node.people import Actor
from rogatory.ports.alignment import EarlierRow, JudgementRow
from rogatory.ports.assistance import EntryRow, InterestRow, SendingRow
from rogatory.ports.conference import EntryRow as RecordEntry
from rogatory.ports.conference import HeadRow, MeetingRow
from rogatory.ports.correspondence import LetterRow
from rogatory.ports.evidence import LoggedEntry
from rogatory.ports.lawdata import ComparedRow, ProfileRow
from rogatory.ports.readiness import ReadinessRow
from rogatory.ports.timestamps import TimestampRow
from rogatory.ports.witness import AcknowledgementRow, AlarmRow
from rogatory.stores import append_only
from rogatory.stores.append_only import TABLES
from rogatory.stores.models import Case, Message

US = "VNM/contact-point"
People = dict[str, Actor]


def send(node: Node, people: People) -> str:
    draft = drafting.start_request(
        node, people["drafter"], measure="preservation", receiver="FRA/contact-point", contents=preservation_contents()
    )
    drafting.submit(node, people["drafter"], draft.id)
    return drafting.approve(node, people["approver"], draft.id).digest


def comparison(at: datetime) -> ComparedRow:
    return ComparedRow(
        instrument="uncc",
        number="42(8)",
        lang="fr",
        verdict="agrees",
        note="",
        copy_sha256="0" * 64,
        ours_sha256="1" * 64,
        at=at,
        by="drafter",
        name="Nguyễn Văn An",
    )


def profile(at: datetime) -> ProfileRow:
    return ProfileRow(
        state="FRA",
        instrument="uncc",
        effective=at.date(),
        until=None,
        text='state = "FRA"',
        sha256="2" * 64,
        file_name="fra.toml",
        at=at,
        by="administrator",
        name="Đỗ Giang",
    )


def timestamp(at: datetime) -> TimestampRow:
    return TimestampRow(size=1, text="a checkpoint", token=b"token", authority="CN=Authority", at=at, kept_at=at)


def add_meeting(node: Node, at: datetime) -> None:
    row = MeetingRow(
        id="COSP-1",
        title={"en": "First session", "fr": "Première session"},
        body="conference",
        kind="regular",
        venue="Vienna",
        opens=at.date(),
        closes=at.date(),
        authority=US,
        made_at=at,
        made_by="Em",
    )
    node.stores.conference.add_meeting(row)
    node.stores.conference.add_entry(RecordEntry(meeting=row.id, number=1, line=b"an entry"))
    head = HeadRow(digest="4" * 64, meeting=row.id, number=1, ledger_index=0, blinding=bytes(32))
    node.stores.conference.add_head(head)


def add_judgement(node: Node, at: datetime) -> None:
    told: dict[str, Any] = {"assessment": "A", "answer": "partly", "body": {}, "at": at}
    node.stores.alignment.add_judgement(
        JudgementRow(id="J", number="7(1)", place=1, reader="assessor", reader_name="Hoa", **told)
    )
    node.stores.alignment.add_earlier([EarlierRow(cite="budapest:2", source="a profile", by="assessor", **told)])


def add_way_to_ratification(node: Node, at: datetime) -> None:
    node.stores.letters.add(
        LetterRow(
            digest="5" * 64,
            thread="T",
            kind="drill",
            number=1,
            ours=True,
            understood=True,
            sender=US,
            receiver="FRA/contact-point",
            jws=b"a letter",
            stored_at=at,
            ledger_index=0,
            blinding=bytes(32),
        )
    )
    node.stores.readiness.add(
        ReadinessRow(
            kind="mark",
            place=1,
            subject="approval",
            on=at.date(),
            reference="",
            body={},
            at=at,
            by="assessor",
            name="Hoa",
        )
    )


def add_help(node: Node, at: datetime) -> None:
    told: dict[str, Any] = {"entry": "E", "version": 1, "at": at}
    node.stores.assistance.add(
        EntryRow(
            owner="VNM",
            kind="need",
            body={},
            visibility="private",
            partners=(),
            withdrawn=False,
            act="made",
            restores=0,
            letter="",
            thread="",
            by="liaison",
            by_name="Khoa",
            **told,
        )
    )
    node.stores.assistance.add_sending(
        SendingRow(letter="6" * 64, withdrawal=False, state="FRA", receiver="FRA/contact-point", thread="T", **told)
    )
    node.stores.assistance.add_interest(
        InterestRow(letter="7" * 64, owner="VNM", state="FRA", interested=True, says="", own="", person="Lou", **told)
    )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_database_refuses_to_change_or_delete_what_was_recorded(
    node: Node, people: People, france: Partner, our_recipients: tuple[str, ...], start: datetime, table: str, act: str
) -> None:
    send(node, people)
    node.stores.official.add_compared(comparison(start))
    node.stores.profiles.add(profile(start))
    node.stores.timestamps.add(timestamp(start))
    node.stores.exhibits.add_logged(LoggedEntry(digest="3" * 64, exhibit="0" * 26, ledger_index=0, blinding=bytes(32)))
    node.stores.witnesses.add_alarm(AlarmRow(number=1, at=start, state="FRA", origin="log", kind="forked", values={}))
    node.stores.witnesses.acknowledge(AcknowledgementRow(number=1, at=start, by="auditor", name="Em", remark="seen"))
    add_meeting(node, start)
    add_judgement(node, start)
    add_way_to_ratification(node, start)
    add_help(node, start)
    body = {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": preservation_contents(),
        "follows_request": None,
    }
    message = france.message("request", body, case="FRA-VNM-2028-0001-7Q4K2M9XAB", to=US, at=start)
    intake.receive(node, france.seal(message.jws, to=US, recipients=our_recipients, at=start))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 1")  # noqa: S608 - a name of our own
        assert cursor.description is not None
        column = cursor.description[-1][0]
        assert cursor.fetchone() is not None
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(act.format(table, f'"{column}"', f'"{column}"'))


def test_lists_made_again_from_the_messages_are_the_same(node: Node, people: People, france: Partner) -> None:
    for _ in range(3):
        send(node, people)
    before = list(node.stores.views.cases())
    Case.objects.all().delete()
    rebuild.rebuild(node, people["administrator"])
    assert list(node.stores.views.cases()) == before
    assert rebuild.rebuild(node, people["administrator"]).differing == ()


def test_a_line_that_was_tampered_with_is_named_and_mended(node: Node, people: People, france: Partner) -> None:
    send(node, people)
    Case.objects.update(state="closed")
    done = rebuild.rebuild(node, people["administrator"])
    assert len(done.differing) == 1
    assert node.stores.views.cases()[0].state == "sent"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the limit on pages is SQLite's own")
def test_a_full_disk_refuses_a_message_and_loses_nothing(shared: Node, partner: Partner, start: datetime) -> None:
    recipients = tuple(one.recipient for one in shared.unlock().authority(US).card_encryption())
    contents = {**preservation_contents(), "facts": "x" * 9000}
    body = {"measure": "preservation", "instrument": "uncc", "contents": contents, "follows_request": None}

    def envelope(place: int) -> bytes:
        message = partner.message("request", body, case=f"FRA-VNM-2028-{place:04d}-7Q4K2M9XAB", to=US, at=start)
        return partner.seal(message.jws, to=US, recipients=recipients, at=start)

    intake.receive(shared, envelope(0))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
    kept, code = 0, ""
    while not code:
        try:
            intake.receive(shared, envelope(kept + 1))
            kept += 1
        except RogatoryError as error:
            code = error.code
    assert code == "storage-full"
    assert shared.stores.ledger.size() == len(shared.stores.messages.cases()) == kept + 1
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    intake.receive(shared, envelope(kept + 1))
    assert shared.stores.ledger.size() == kept + 2


def test_the_ledger_proves_every_message_under_its_checkpoint(node: Node, people: People, france: Partner) -> None:
    digests = [send(node, people) for _ in range(5)]
    public = node.unlock().ledger.public.raw
    key = notes.VerifierKey(name=node.config.log_origin, public=public)
    head = checkpoint.verify_checkpoint(node_ledger.checkpoint_text(node), key)
    assert head.size == 5
    for digest in digests:
        assert proofs.verify_proof(node_ledger.proof(node, digest), digest, key).root == head.root


def test_tiles_serve_the_same_tree(node: Node, people: People, france: Partner) -> None:
    for _ in range(3):
        send(node, people)
    hashes = node_ledger.tile(node, "tile/0/000.p/3")
    entries = tiles.read_bundle(node_ledger.tile(node, "tile/entries/000.p/3"), width=3)
    assert len(hashes) == 96
    assert len(entries) == 3
    for path in ("tile/0/001", "tile/9/000", "tile/0/000.p/4", "tile/../../etc"):
        with pytest.raises(RogatoryError):
            node_ledger.tile(node, path)


def test_a_proof_is_given_to_a_side_of_the_case_only(node: Node, people: People, france: Partner) -> None:
    digest = send(node, people)
    assert node_ledger.proof_for(node, "FRA", digest).index == 0
    with pytest.raises(node_ledger.NotLogged):
        node_ledger.proof_for(node, "BRA", digest)


def test_the_keys_at_rest_are_encrypted(node: Node) -> None:
    data = (settings.DATA / "keys.age").read_bytes()
    assert data.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert node.unlock().identity.reveal_seed() not in data
    assert oct((settings.DATA / "keys.age").stat().st_mode & 0o777) == "0o600"
    assert os.environ["ROGATORY_PASSPHRASE_FILE"]


def test_a_message_that_was_changed_behind_the_node_is_noticed(shared: Node, partner: Partner, people: People) -> None:
    send(shared, people)
    row = next(iter(shared.stores.messages.of_case(shared.stores.messages.cases()[0])))
    other = partner.message(
        "note", {"text": "Something else"}, case=row.case, to=US, at=shared.clock.now(), regarding=row.digest
    )
    append_only.unprotect(connection)
    Message.objects.filter(digest=row.digest).update(jws=other.jws)
    append_only.protect(connection)
    changed = shared.stores.messages.get(row.digest)
    assert changed is not None
    with pytest.raises(record.ChangedInStore):
        record.from_row(changed)
