"""Evidence at the desk, by Django's client: sealed, put before a second person, exported; and the clock's colours."""

import io
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.desk import at_the_desk
from tests.support.partner import Partner

from rogatory.node import intake, record
from rogatory.node.context import Node
from rogatory.office import accounts

CASE = "FRA-VNM-2028-0002-7Q4K2M9XAB"
US = "VNM/contact-point"
STORED = {
    "authority": "24/7 contact point",
    "subject": "Access to a mailbox",
    "offence": "7",
    "facts": "Accounts of a hospital were opened without right.",
    "data": "The preserved mailbox.",
}


def ask(desk: Node, france: Partner, our_recipients: tuple[str, ...], measure: str) -> str:
    """A request of France for *measure*, received; the digest of its message."""
    at = desk.clock.now()
    body = {"measure": measure, "instrument": "uncc", "contents": STORED, "follows_request": None}
    message = france.message("request", body, case=CASE, to=US, at=at)
    intake.receive(desk, france.seal(message.jws, to=US, recipients=our_recipients, at=at))
    return message.digest


@pytest.fixture
def accepted(desk: Node, france: Partner, our_recipients: tuple[str, ...]) -> str:
    """A request for stored data that two people have accepted."""
    digest = ask(desk, france, our_recipients, "stored-data")
    at_the_desk("duty-officer").post(
        f"/cases/{CASE}/step/", {"step": "decision:accepted", "regarding": digest, "confirm": "yes"}
    )
    approve(desk, "decision")
    return digest


def approve(desk: Node, kind: str) -> None:
    draft = next(one for one in desk.stores.drafts.of_case(CASE) if one.kind == kind and one.state == "submitted")
    assert at_the_desk("approver").post(f"/drafts/{draft.id}/approve/", {"confirm": "yes"}).status_code == 302


def seal(client: Client, digest: str, **changes: object) -> object:
    file = SimpleUploadedFile("mailbox.mbox", b"From: someone\n" * 200_000)
    sent = {"regarding": digest, "file": file, "description": "The mailbox", "use": "Only these proceedings"}
    return client.post(f"/cases/{CASE}/seal/", {**sent, **changes})


def test_a_sealed_file_waits_for_a_second_person_and_then_is_sent(desk: Node, accepted: str) -> None:
    custodian = at_the_desk("custodian")
    response = seal(custodian, accepted)
    assert response.status_code == 302, response.content.decode()
    row = desk.stores.exhibits.of_case(CASE)[0]
    assert row.state == "sealed"
    approver = at_the_desk("approver")
    assert "Hand over evidence" in approver.get("/").content.decode()
    draft = next(one for one in desk.stores.drafts.of_case(CASE) if one.kind == "delivery")
    shown = approver.get(f"/drafts/{draft.id}/").content.decode()
    assert "mailbox.mbox" in shown
    assert "Only these proceedings" in shown
    approve(desk, "delivery")
    assert desk.stores.exhibits.get(row.id).state == "sending"
    text = custodian.get(f"/cases/{CASE}/").content.decode()
    assert "mailbox.mbox" in text
    assert "Only these proceedings" in text
    assert "Chain of custody" in text
    assert "<progress" in text


def test_a_seal_without_a_file_or_by_another_role_is_refused(desk: Node, accepted: str) -> None:
    assert seal(at_the_desk("custodian"), accepted, file="").status_code == 400
    assert seal(at_the_desk("drafter"), accepted).status_code == 403
    assert seal(at_the_desk("custodian"), accepted, retention_until="soon").status_code == 400
    assert desk.stores.exhibits.of_case(CASE) == []


def test_a_case_is_downloaded_as_one_bundle(desk: Node, accepted: str) -> None:
    response = at_the_desk("auditor").get(f"/cases/{CASE}/bundle/")
    data = b"".join(response.streaming_content)
    assert response.status_code == 200
    assert CASE in response.headers["Content-Disposition"]
    assert len(io.BytesIO(data).read()) > 1000


@pytest.mark.parametrize(
    ("days", "word"), [(1, "in time"), (50, "ends soon"), (58, "about to end"), (62, "period over")]
)
def test_the_clock_is_said_in_words_as_the_end_nears(
    desk: Node, france: Partner, our_recipients: tuple[str, ...], start: datetime, days: int, word: str
) -> None:
    digest = ask(desk, france, our_recipients, "preservation")
    officer = at_the_desk("duty-officer")
    began, until = start, start + timedelta(days=60)
    for step, body in (
        ("decision:accepted", {"confirm": "yes"}),
        ("preserved", {"custodian": "Example", "began": f"{began:%Y-%m-%dT%H:%M}", "until": f"{until:%Y-%m-%dT%H:%M}"}),
    ):
        officer.post(f"/cases/{CASE}/step/", {"step": step, "regarding": digest, **body})
    desk.clock.time = start + timedelta(days=days)
    assert word in officer.get("/").content.decode()
    assert word in officer.get(f"/cases/{CASE}/").content.decode()


def test_an_answer_to_a_question_that_nobody_asked_is_refused_and_not_remembered(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    digest = ask(desk, france, our_recipients, "preservation")
    officer = at_the_desk("duty-officer")
    sent = {"request": digest, "q.99(9)": "yes"}
    assert officer.post(f"/cases/{CASE}/answers/", sent).status_code == 400
    assert officer.get(f"/cases/{CASE}/").status_code == 200


def test_answers_about_a_request_that_is_not_here_are_refused(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    ask(desk, france, our_recipients, "preservation")
    assert at_the_desk("duty-officer").post(f"/cases/{CASE}/answers/", {"request": "0" * 64}).status_code == 403


def test_the_officers_answers_stay_with_the_draft_and_never_in_the_message(desk: Node, accepted: str) -> None:
    officer = at_the_desk("duty-officer")
    ground = desk.law.grounds("uncc", "stored-data")[0].number
    officer.post(f"/cases/{CASE}/answers/", {"request": accepted, f"q.{ground}": "no"})
    for event in record.case_file(desk, CASE).events:
        assert "answers" not in event.message.body


def test_an_error_is_said_in_french_with_its_code(desk: Node) -> None:
    text = at_the_desk("auditor", "fr").get("/cases/VNM-FRA-2028-0009-7Q4K2M9XAB/").content.decode()
    assert "Cette affaire n’existe pas sur ce nœud." in text
    assert "no-such-case" in text


def test_a_page_that_polls_after_the_log_in_has_ended_is_sent_to_the_log_in(desk: Node) -> None:
    response = Client().get("/lists/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"].startswith("/accounts/login/")


def test_an_account_without_a_place_is_told_so_and_can_log_out(desk: Node) -> None:
    accounts.Member.objects.filter(name="Võ Thị Em").delete()
    response = at_the_desk("auditor").get("/")
    assert response.status_code == 403
    assert "no-place" in response.content.decode()
    assert "Log out" in response.content.decode()


def test_an_administrator_cannot_lock_himself_out(desk: Node) -> None:
    client = at_the_desk("administrator")
    own = accounts.Member.objects.get(user__username="administrator")
    client.post(f"/people/{own.pk}/roles/", {"roles": ["auditor"]})
    client.post(f"/people/{own.pk}/disable/")
    own.refresh_from_db()
    assert own.roles == ["administrator"]
    assert own.user.is_active
