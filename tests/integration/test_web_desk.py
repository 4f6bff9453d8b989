"""The desk in a browser's eyes, by Django's client: who may come in, what a page says, what a step does."""

import pytest
from django.test import Client
from tests.support.desk import PASSWORD, at_the_desk, page
from tests.support.partner import Partner

from rogatory.node import delivery, intake, record
from rogatory.node.context import Node

CASE = "FRA-VNM-2028-0001-7Q4K2M9XAB"
US = "VNM/contact-point"


def contents(node: Node, **changes: str) -> dict[str, str]:
    """A complete form, as a browser sends it."""
    values = {
        "authority": "Investigation Agency, Ministry of Public Security",
        "offence": "7",
        "offence_name": "Penal Code, article 289",
        "facts": "Accounts of a hospital were opened without right on 12 February and its data were copied.",
        "data": "Mailbox contents and connection logs of one account.",
        "data_link": "The account received the copied data.",
        "in_territory": "yes",
        "custodian": "Example Mail SAS",
        "necessity": "The provider deletes connection logs after 30 days.",
        "intends_mla": "yes",
        "language": "en",
        **changes,
    }
    known = node.law.form("preservation").fields_by_key
    assert not set(values) - set(known), set(values) - set(known)
    return {f"c.{key}": value for key, value in values.items()}


def start(client: Client) -> str:
    response = client.post("/requests/new/", {"measure": "preservation", "receiver": "FRA/contact-point"})
    assert response.status_code == 302
    return response.headers["Location"].split("/")[2]


def incoming(node: Node, france: Partner, our_recipients: tuple[str, ...]) -> str:
    """A preservation request from France; the digest of its message."""
    at = node.clock.now()
    body = {
        "measure": "preservation",
        "instrument": "uncc",
        "contents": {key.removeprefix("c."): value for key, value in contents(node).items()},
        "follows_request": None,
    }
    message = france.message("request", body, case=CASE, to=US, at=at)
    intake.receive(node, france.seal(message.jws, to=US, recipients=our_recipients, at=at))
    return message.digest


def test_nobody_sees_the_desk_without_logging_in(desk: Node) -> None:
    response = Client().get("/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_the_log_in_page_marks_the_exercise_and_names_the_state(desk: Node) -> None:
    text = page(Client(), "/accounts/login/")
    assert "EXERCISE" in text
    assert "practice States, practice date" in text
    assert "Viet Nam" in text


def test_the_log_in_form_lets_a_person_in(desk: Node) -> None:
    client = Client()
    response = client.post("/accounts/login/", {"login": "drafter", "password": PASSWORD}, follow=True)
    assert "There are no cases yet." in response.content.decode()


def test_every_page_has_a_strict_content_security_policy_and_no_inline_script_or_style(desk: Node) -> None:
    response = at_the_desk("drafter").get("/")
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    text = response.content.decode()
    assert "style=" not in text
    assert "<style" not in text
    assert "<script>" not in text
    assert "onclick" not in text


@pytest.mark.parametrize("role", ["drafter", "approver", "duty-officer", "custodian", "auditor", "administrator"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_role_can_read_its_first_page_in_both_languages(desk: Node, role: str, language: str) -> None:
    client = at_the_desk(role)
    client.post("/i18n/setlang/", {"language": language, "next": "/"})
    text = page(client, "/")
    assert f'<html lang="{language}"' in text


def test_the_form_is_read_from_the_law_and_saves_what_was_written(desk: Node, france: Partner) -> None:
    client = at_the_desk("drafter")
    draft = start(client)
    text = page(client, f"/drafts/{draft}/write/")
    for field in desk.law.form("preservation").fields:
        assert f'name="c.{field.key}"' in text
        assert field.help.en.split("(")[0][:30].replace("'", "&#x27;") in text
    response = client.post(f"/drafts/{draft}/write/", {"version": "1", "review": "", **contents(desk)}, follow=True)
    assert "Accounts of a hospital" in response.content.decode()
    assert "Submit for approval" in response.content.decode()


def test_a_form_with_missing_fields_says_which_and_is_not_submitted(desk: Node, france: Partner) -> None:
    client = at_the_desk("drafter")
    draft = start(client)
    client.post(f"/drafts/{draft}/write/", {"version": "1", **contents(desk, facts="")})
    response = client.post(f"/drafts/{draft}/submit/")
    assert response.status_code == 400
    assert 'aria-invalid="true"' in response.content.decode()
    assert desk.stores.drafts.get(draft).state == "open"


def test_the_live_opinion_follows_what_stands_in_the_form(desk: Node, france: Partner) -> None:
    client = at_the_desk("drafter")
    draft = start(client)
    empty = client.post(f"/drafts/{draft}/opinion/", {}).content.decode()
    full = client.post(f"/drafts/{draft}/opinion/", contents(desk)).content.decode()
    assert 'class="card answer no"' in empty
    assert 'class="card answer yes"' in full


def test_a_second_person_approves_and_the_message_is_on_its_way(desk: Node, france: Partner) -> None:
    drafter, approver = at_the_desk("drafter"), at_the_desk("approver")
    draft = start(drafter)
    drafter.post(f"/drafts/{draft}/write/", {"version": "1", **contents(desk)})
    drafter.post(f"/drafts/{draft}/submit/")
    assert "You drafted this, so you cannot approve it" in page(drafter, f"/drafts/{draft}/")
    assert "Waiting for your approval" in page(approver, "/")
    assert approver.post(f"/drafts/{draft}/approve/").status_code == 400
    response = approver.post(f"/drafts/{draft}/approve/", {"confirm": "yes"}, follow=True)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Trần Thị Bình" in text
    assert "on its way" in text
    assert desk.stores.ledger.size() == 1


def test_the_drafter_cannot_approve_even_by_posting(desk: Node, france: Partner) -> None:
    client = at_the_desk("drafter")
    draft = start(client)
    client.post(f"/drafts/{draft}/write/", {"version": "1", **contents(desk)})
    client.post(f"/drafts/{draft}/submit/")
    response = client.post(f"/drafts/{draft}/approve/", {"confirm": "yes"})
    assert response.status_code == 403
    assert desk.stores.ledger.size() == 0


def test_a_draft_that_is_sent_back_shows_the_remark(desk: Node, france: Partner) -> None:
    drafter, approver = at_the_desk("drafter"), at_the_desk("approver")
    draft = start(drafter)
    drafter.post(f"/drafts/{draft}/write/", {"version": "1", **contents(desk)})
    drafter.post(f"/drafts/{draft}/submit/")
    approver.post(f"/drafts/{draft}/send-back/", {"remark": "Name the account."})
    assert "Name the account." in page(drafter, "/")
    assert "Name the account." in page(drafter, f"/drafts/{draft}/write/")


def test_two_people_writing_in_one_draft_do_not_overwrite_each_other(desk: Node, france: Partner) -> None:
    client = at_the_desk("drafter")
    draft = start(client)
    client.post(f"/drafts/{draft}/write/", {"version": "1", **contents(desk)})
    response = client.post(f"/drafts/{draft}/write/", {"version": "1", **contents(desk, facts="Other facts.")})
    assert response.status_code == 403
    assert "changed-meanwhile" in response.content.decode()


def test_the_officer_sees_the_request_its_grounds_and_the_steps_open_now(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    incoming(desk, france, our_recipients)
    text = page(at_the_desk("duty-officer"), f"/cases/{CASE}/")
    assert "Acknowledge receipt" in text
    assert "Decline the request" in text
    assert "Questions to you" in text
    assert "42(6)" in text
    assert "Accounts of a hospital" in text


def test_the_officers_answers_change_the_opinion_and_leave_no_message(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    digest = incoming(desk, france, our_recipients)
    client = at_the_desk("duty-officer")
    ground = desk.law.grounds("uncc", "preservation")[0]
    response = client.post(
        f"/cases/{CASE}/answers/",
        {"request": digest, f"q.{ground.number}": ground.grounds[0].available_when.value},
        headers={"HX-Request": "true"},
    )
    assert response.status_code == 200
    assert len(record.case_file(desk, CASE).events) == 1
    assert f'name="q.{ground.number}"' in response.content.decode()
    assert "checked" in response.content.decode()


def test_acknowledge_accept_and_record_start_the_clock(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    digest = incoming(desk, france, our_recipients)
    client = at_the_desk("duty-officer")
    for step, body in (
        ("acknowledgement", {}),
        ("decision:accepted", {"confirm": "yes"}),
        (
            "preserved",
            {"custodian": "Example Mail SAS", "began": "2028-03-01T09:00", "until": "2028-05-01T09:00"},
        ),
    ):
        response = client.post(f"/cases/{CASE}/step/", {"step": step, "regarding": digest, **body})
        assert response.status_code == 302, response.content.decode()
    text = page(client, f"/cases/{CASE}/")
    assert "Preserved until" in text
    assert "1 May 2028, 09:00 UTC" in text
    assert "in time" in text


def test_a_period_below_the_minimum_is_refused_with_its_provision_and_what_was_written(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    digest = incoming(desk, france, our_recipients)
    client = at_the_desk("duty-officer")
    client.post(f"/cases/{CASE}/step/", {"step": "decision:accepted", "regarding": digest, "confirm": "yes"})
    response = client.post(
        f"/cases/{CASE}/step/",
        {
            "step": "preserved",
            "regarding": digest,
            "custodian": "Example Mail SAS",
            "began": "2028-03-01T09:00",
            "until": "2028-03-20T09:00",
        },
    )
    text = response.content.decode()
    assert response.status_code == 400
    assert "at least 60 days" in text
    assert "2028-03-20T09:00" in text
    assert len(record.case_file(desk, CASE).events) == 2


def test_a_grave_step_is_not_taken_without_its_mark(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    digest = incoming(desk, france, our_recipients)
    client = at_the_desk("duty-officer")
    response = client.post(f"/cases/{CASE}/step/", {"step": "decision:accepted", "regarding": digest})
    assert response.status_code == 400
    assert len(record.case_file(desk, CASE).events) == 1


def test_an_undelivered_message_says_why_since_when_and_can_be_retried_or_taken_back(
    desk: Node, france: Partner
) -> None:
    drafter, approver = at_the_desk("drafter"), at_the_desk("approver")
    draft = start(drafter)
    drafter.post(f"/drafts/{draft}/write/", {"version": "1", **contents(desk)})
    drafter.post(f"/drafts/{draft}/submit/")
    approver.post(f"/drafts/{draft}/approve/", {"confirm": "yes"})
    desk.transport.down = "no answer from 127.0.0.1:9"
    delivery.drain(desk, "FRA")
    case = desk.stores.messages.cases()[0]
    for text in (page(approver, "/"), page(approver, f"/cases/{case}/")):
        assert "no answer from 127.0.0.1:9" in text
        assert "1 attempt" in text
    stuck = desk.stores.outbox.of_case(case)[0].id
    assert approver.post(f"/deliveries/{stuck}/retry/", {"case": case}).status_code == 302
    assert approver.post(f"/deliveries/{stuck}/withdraw/").status_code == 400
    approver.post(f"/deliveries/{stuck}/withdraw/", {"confirm": "yes"})
    assert desk.stores.outbox.get(stuck).state == "withdrawn"
    assert "never delivered: taken back" in page(approver, f"/cases/{case}/")


def test_the_lists_are_sent_again_only_when_they_have_changed(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    client = at_the_desk("duty-officer")
    seen = page(client, "/").split("?seen=")[1][:16]
    assert client.get("/lists/", {"seen": seen}).status_code == 204
    incoming(desk, france, our_recipients)
    fresh = client.get("/lists/", {"seen": seen})
    assert fresh.status_code == 200
    assert CASE in fresh.content.decode()


def test_an_open_case_page_learns_of_a_change_and_its_beats_are_not_recorded(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    digest = incoming(desk, france, our_recipients)
    client = at_the_desk("duty-officer")
    seen = page(client, f"/cases/{CASE}/").split("?seen=")[1][:16]
    readings = len(desk.stores.audit.of_subject(CASE, 50))
    assert client.get(f"/cases/{CASE}/pulse/", {"seen": seen}).status_code == 204
    assert len(desk.stores.audit.of_subject(CASE, 50)) == readings
    client.post(f"/cases/{CASE}/step/", {"step": "acknowledgement", "regarding": digest})
    beat = client.get(f"/cases/{CASE}/pulse/", {"seen": seen})
    assert beat.headers["HX-Trigger"] == "case-changed"


def test_a_case_that_is_not_here_is_a_page_with_a_code(desk: Node) -> None:
    text = page(at_the_desk("auditor"), "/cases/VNM-FRA-2028-0009-7Q4K2M9XAB/", status=404)
    assert "no-such-case" in text


def test_an_address_that_is_not_here_is_a_page_in_our_style(desk: Node) -> None:
    assert "Back to the desk" in page(at_the_desk("auditor"), "/nowhere/", status=404)


def test_every_provision_that_an_opinion_cites_has_its_page(desk: Node) -> None:
    client = at_the_desk("auditor")
    for number in ("42(8)", "42(6)", "40(25)", "44(1)", "42(3)(b)"):
        text = page(client, f"/law/uncc/{number}/")
        assert "How we know" in text
        assert f"Article {number}" in text


def test_a_step_that_needs_two_people_waits_on_the_approvers_desk(
    desk: Node, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    digest = incoming(desk, france, our_recipients)
    officer, approver = at_the_desk("duty-officer"), at_the_desk("approver")
    for step, body in (
        ("decision:accepted", {"confirm": "yes"}),
        ("preserved", {"custodian": "Example", "began": "2028-03-01T09:00", "until": "2028-05-01T09:00"}),
        ("release", {"reason": "The case was closed.", "confirm": "yes"}),
    ):
        officer.post(f"/cases/{CASE}/step/", {"step": step, "regarding": digest, **body})
    assert "Release the data" in page(approver, "/")
    draft = desk.stores.drafts.of_case(CASE)[0]
    assert "The case was closed." in page(approver, f"/drafts/{draft.id}/")


def test_the_page_of_an_offence_shows_its_elements_and_what_a_state_may_change(desk: Node) -> None:
    client = at_the_desk("drafter")
    assert "What makes the offence" in page(client, "/law/uncc/11(1)(a)/")
    assert "without right" in page(client, "/law/uncc/11(1)(a)/")
    assert "a majority of 2/3" in page(client, "/law/uncc/62/")
    assert "To the Secretary-General" in page(client, "/law/uncc/40(12)/")


def test_what_the_drafter_answers_changes_the_opinion_and_is_never_sent(desk: Node, france: Partner) -> None:
    client = at_the_desk("drafter")
    made = client.post("/requests/new/", {"measure": "mla", "receiver": "FRA/contact-point"})
    draft_id = made.headers["Location"].split("/")[2]
    assert "Nothing needs an answer for this opinion." in page(client, f"/drafts/{draft_id}/")
    sent = {"q.other_treaty": "yes", "q.channel": "unknown"}
    said = client.post(f"/drafts/{draft_id}/answers/", sent, follow=True).content.decode()
    assert "They are never sent." in said
    assert "its provisions apply in place of these" in said
    draft = desk.stores.drafts.get(draft_id)
    assert draft is not None
    assert draft.internal["answers"]["other_treaty"] == "yes"
    assert "other_treaty" not in str(draft.body)
    refused = client.post(f"/drafts/{draft_id}/answers/", {"q.other_treaty": "perhaps"})
    assert refused.status_code == 400
    assert client.post(f"/drafts/{draft_id}/answers/", {"q.no_such_thing": "yes"}).status_code == 400
