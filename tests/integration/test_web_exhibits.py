"""The desk of the custodian, by Django's client: the page of an exhibit, what is done from it, lists, what it proves."""

import hashlib
import io
import os
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.integration.conftest import accept
from tests.support.desk import at_the_desk, page
from tests.support.handed_exhibits import Given, Received
from tests.support.handover import People
from tests.support.partner import Partner

from rogatory.evidence.custody_rules import Act
from rogatory.evidence.manifest import Conditions
from rogatory.kernel import canonical
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits, opening
from rogatory.node.people import note
from rogatory.ports.scrub import Rot
from rogatory.ports.world import Answer, PartnerUnreachable

pytestmark = pytest.mark.any_database

CONTENT = os.urandom(150_000)


@pytest.fixture
def received(desk: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Received:
    """An exhibit of France that is here."""
    conditions = Conditions(use="This investigation only", retention_until=date(2028, 3, 20))
    found = Received(desk, people, france, our_recipients, CONTENT, conditions)
    found.arrive()
    return found


@pytest.fixture
def opened(received: Received, desk: Node, people: People) -> Received:
    """The same, opened."""
    opening.open_exhibit(desk, people["custodian"], received.id, io.BytesIO(), purpose="To read it")
    return received


@pytest.fixture
def given(desk: Node, people: People, france: Partner, our_recipients: tuple[str, ...]) -> Given:
    """An exhibit of ours that is sealed and waits."""
    return Given(desk, people, france, our_recipients, CONTENT)


def act(role: str, id: str, step: str, status: int = 302, **sent: object) -> str:
    """What the page says after *step* was sent by the person in *role*; the step leads back to it, or is refused."""
    client = at_the_desk(role)
    response = client.post(f"/exhibits/{id}/step/", {"step": step, **sent})
    assert response.status_code == status, response.content.decode()
    return response.content.decode() if status != 302 else page(client, response.url)


def test_the_page_of_an_exhibit_says_what_it_is_under_which_conditions_and_what_happened(opened: Received) -> None:
    shown = page(at_the_desk("custodian"), f"/exhibits/{opened.id}/")
    assert opened.manifest.sha256 in shown
    assert f'data-copy="{opened.manifest.sha256}"' in shown
    assert "Only with leave in writing of the State that gave it" in shown
    assert "It may be kept for 19 days more, until 20 March 2028" in shown
    assert "The contents were hashed again: they are those of the manifest." in shown
    assert "To read it" in shown
    assert "no witness configured" in shown
    assert "No time-stamp of somebody else covers them." in shown
    assert "Entries in its chain of custody: 4; signed by us, and in our ledger: 2." in shown
    french = page(at_the_desk("custodian", "fr"), f"/exhibits/{opened.id}/")
    assert "Chaîne de possession" in french
    assert "aucun témoin configuré" in french


def test_the_page_says_why_something_may_not_be_done(received: Received) -> None:
    shown = page(at_the_desk("custodian"), f"/exhibits/{received.id}/")
    assert "What may not be done now, and why" in shown
    assert "goes on only with its leave" in shown
    assert "nobody here has opened the exhibit" in shown
    assert "leave-needed" in shown
    auditor = page(at_the_desk("auditor"), f"/exhibits/{received.id}/")
    assert "Nothing is left for you to do with this exhibit now." in auditor
    assert "role-missing" in auditor
    assert "Verify, open and download" not in auditor


def test_reading_the_page_is_recorded_and_the_administrator_may_not(received: Received, desk: Node) -> None:
    page(at_the_desk("auditor"), f"/exhibits/{received.id}/")
    noted = [row for row in desk.stores.audit.recent(20) if row.action == "exhibit:custody:read"]
    assert [(row.who, row.subject) for row in noted] == [("auditor", received.request.case)]
    keeper = at_the_desk("administrator")
    assert keeper.get(f"/exhibits/{received.id}/").status_code == 403
    assert keeper.get("/exhibits/").status_code == 403
    assert at_the_desk("auditor").get("/exhibits/01HZZZZZZZZZZZZZZZZZZZZZZZ/").status_code == 404


def test_an_exhibit_is_opened_for_a_purpose_and_without_one_the_page_says_so(received: Received) -> None:
    custodian = at_the_desk("custodian")
    refused = custodian.post(f"/exhibits/{received.id}/open/", {"purpose": " "})
    assert refused.status_code == 400
    assert "This was not done:" in refused.content.decode()
    response = custodian.post(f"/exhibits/{received.id}/open/", {"purpose": "To read the mails"})
    assert b"".join(response.streaming_content) == CONTENT
    assert "To read the mails" in page(custodian, f"/exhibits/{received.id}/")


def test_viewing_and_copying_are_recorded_and_a_wrong_copy_is_not(opened: Received) -> None:
    assert "Viewed" in act("custodian", opened.id, "record", act="viewed", purpose="For the hearing")
    wrong = SimpleUploadedFile("copy", b"something else")
    told = act("custodian", opened.id, "record", 400, act="copied", purpose="For the defence", file=wrong)
    assert "For the defence" in told  # what was written is still there
    right = SimpleUploadedFile("copy", CONTENT)
    act("custodian", opened.id, "record", act="copied", purpose="For the defence", file=right)
    assert opened.custody(opened.id)[-2:] == ["viewed", "copied"]


def test_leave_is_asked_for_and_answered_by_two_people(received: Received, desk: Node) -> None:
    shown = act("drafter", received.id, "ask-leave", to="KEN/contact-point", purpose="A trial in Nairobi")
    assert "Not answered yet." in shown
    received.tell("onward-leave", {"exhibit": received.id, "to": "KEN/contact-point", "granted": True})
    custodian = page(at_the_desk("custodian"), f"/exhibits/{received.id}/")
    assert "Given for" in custodian
    assert f"/exhibits/{received.id}/pass-on/" in custodian


def test_a_request_for_leave_is_answered_from_the_page(given: Given, desk: Node) -> None:
    given.deliver()
    given.tell("onward-request", {"exhibit": given.id, "to": "KEN/contact-point", "purpose": "A trial"})
    officer = page(at_the_desk("duty-officer"), f"/exhibits/{given.id}/")
    assert 'value="KEN/contact-point"' in officer
    act("duty-officer", given.id, "give-leave", 400, to="KEN/contact-point", granted="no")
    shown = act(
        "duty-officer", given.id, "give-leave", to="KEN/contact-point", granted="yes", conditions="For the trial only"
    )
    assert "waits for a second person" in shown
    (draft,) = [one for one in desk.stores.drafts.of_case(given.request.case) if one.kind == "onward-leave"]
    told = page(at_the_desk("approver"), f"/drafts/{draft.id}/")
    assert "KEN/contact-point" in told
    assert "For the trial only" in told
    at_the_desk("approver").post(f"/drafts/{draft.id}/approve/", {"confirm": "yes"})
    assert "Given for" in page(at_the_desk("duty-officer"), f"/exhibits/{given.id}/")


def test_what_clears_an_accused_is_disclosed_after_notice(received: Received, desk: Node) -> None:
    act("custodian", received.id, "notice", to="The defence of A.", clears="Mail 12 shows another sender")
    shown = page(at_the_desk("custodian"), f"/exhibits/{received.id}/")
    assert "Record that it was disclosed, as the notice said" in shown
    (event,) = [row for row in desk.stores.messages.of_case(received.request.case) if row.kind == "disclosure-notice"]
    act("custodian", received.id, "disclosed", notice=event.digest)
    assert received.custody(received.id)[-1] == "disclosed"
    assert "as the notice said" not in page(at_the_desk("custodian"), f"/exhibits/{received.id}/")


def test_destroying_takes_a_confirmation_that_names_the_exhibit_and_two_people(received: Received, desk: Node) -> None:
    shown = page(at_the_desk("custodian"), f"/exhibits/{received.id}/")
    assert "nobody can bring “mailbox.mbox” back on this node" in shown
    act("custodian", received.id, "destroy", 400, purpose="The case is over")
    asked = act("custodian", received.id, "destroy", purpose="The case is over", confirm="yes")
    assert "It waits for a second person" in asked
    assert "Agree: destroy it now" not in asked
    approver = at_the_desk("approver")
    assert "The case is over" in page(approver, "/exhibits/")
    assert "“mailbox.mbox” is destroyed now" in page(approver, f"/exhibits/{received.id}/")
    act("approver", received.id, "agree", 400)
    after = act("approver", received.id, "agree", confirm="yes")
    assert "Certificate of destruction" in after
    assert exhibits.get(desk, received.id).state == "destroyed"
    certificate = page(at_the_desk("auditor"), f"/exhibits/{received.id}/certificate/")
    assert "Certificat de destruction" in certificate
    assert "A second person agreed: Trần Thị Bình." in certificate
    assert at_the_desk("custodian").post(f"/exhibits/{received.id}/open/", {"purpose": "x"}).status_code == 403


def test_a_destruction_that_the_second_person_refuses_leaves_the_exhibit(received: Received, desk: Node) -> None:
    act("custodian", received.id, "destroy", purpose="By mistake", confirm="yes")
    shown = act("approver", received.id, "keep")
    assert "The exhibit stays." in shown
    assert exhibits.get(desk, received.id).state == "received"


def test_giving_back_leaves_no_bytes_and_a_certificate(received: Received, desk: Node) -> None:
    act("custodian", received.id, "return", confirm="yes", purpose="Not needed")
    assert exhibits.get(desk, received.id).state == "returned"
    assert "Certificate of return" in page(at_the_desk("custodian"), f"/exhibits/{received.id}/")


def test_our_exhibit_is_proposed_from_its_page(given: Given, desk: Node) -> None:
    client = at_the_desk("custodian")
    response = client.post(f"/exhibits/{given.id}/step/", {"step": "hand-over"})
    assert response.url.startswith("/drafts/")
    shown = page(client, f"/exhibits/{given.id}/")
    assert "waits for a second person" in shown
    assert "Verify, open and download" not in shown


def test_a_step_that_does_not_exist_and_one_by_another_role_are_refused(received: Received) -> None:
    act("custodian", received.id, "no-such-step", 400)
    act("drafter", received.id, "return", 403, confirm="yes")


def test_comparing_says_what_each_side_lacks(received: Received, desk: Node) -> None:
    row = exhibits.get(desk, received.id)
    theirs = list(row.custody)

    def custody(_address: str, id: str, start: int) -> Answer:
        given = theirs[start:]
        body = {"exhibit": id, "count": len(theirs), "start": start, "custody": given}
        return Answer(status=200, code="", body=canonical.dumps(body))

    desk.transport.custody = custody
    client = at_the_desk("custodian")
    same = client.post(f"/exhibits/{received.id}/compare/").content.decode()
    assert "Both sides hold the same 3 entries." in same
    theirs.pop()
    lacking = client.post(f"/exhibits/{received.id}/compare/").content.decode()
    assert "They lack entry 3 (received by VNM/contact-point" in lacking


def test_a_partner_that_is_out_of_reach_is_told_on_the_page(received: Received, desk: Node) -> None:
    def custody(_address: str, _id: str, _start: int) -> Answer:
        raise PartnerUnreachable

    desk.transport.custody = custody
    response = at_the_desk("custodian").post(f"/exhibits/{received.id}/compare/")
    assert response.status_code == 503
    assert "The chains could not be compared." in response.content.decode()


def test_the_list_filters_by_state_case_and_last_day(
    received: Received, desk: Node, people: People, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    ours = Given(desk, people, france, our_recipients, CONTENT)
    client = at_the_desk("custodian")
    every = page(client, "/exhibits/")
    assert "mailbox.mbox" in every
    assert "log.txt" in every
    assert "1 exhibit has its last day within 30 days" in every
    sealed = page(client, "/exhibits/?state=sealed")
    assert "log.txt" in sealed
    assert "mailbox.mbox" not in sealed
    soon = page(client, "/exhibits/?ending=soon")
    assert "mailbox.mbox" in soon
    assert "19 days left" in soon
    assert "log.txt" not in soon
    assert "log.txt" in page(client, f"/exhibits/?case={ours.request.case}")
    assert "No exhibit fits what you asked for." in page(client, "/exhibits/?state=ended")


def test_an_empty_list_says_what_to_do_next(desk: Node) -> None:
    assert "No evidence has been sealed or received yet." in page(at_the_desk("custodian"), "/exhibits/")


def test_the_page_of_upkeep_says_how_storage_backup_and_keys_stand(received: Received, desk: Node) -> None:
    shown = page(at_the_desk("administrator"), "/node/upkeep/")
    assert "No backup of this node has been recorded." in shown
    assert "The keys are not split among custodians" in shown
    assert "None is configured: what rots can be mended only from the partner." in shown
    assert "Nothing that is on its way stands still." in shown
    with desk.stores.atomic():
        note(desk, None, "node:data:backup", desk.state, "backup 1")
    assert "The last backup was made:" in page(at_the_desk("administrator"), "/node/upkeep/")
    desk.clock.time += timedelta(days=8)
    assert "more than a week ago" in page(at_the_desk("administrator"), "/node/upkeep/")


def test_what_has_been_arriving_for_long_stands_still(
    desk: Node, people: People, france: Partner, our_recipients: tuple[str, ...]
) -> None:
    found = Received(desk, people, france, our_recipients, CONTENT)
    found.announce()
    found.give_list()
    found.give(0)
    assert "stands still." in page(at_the_desk("auditor"), "/node/upkeep/")
    desk.clock.time += timedelta(hours=2)
    shown = page(at_the_desk("auditor"), "/node/upkeep/")
    assert found.id in shown
    assert "The other State sends it on" in shown
    assert 'data-total="' in page(at_the_desk("auditor"), f"/exhibits/{found.id}/")


def test_rot_is_shown_where_it_matters_with_what_to_do(received: Received, desk: Node) -> None:
    with desk.stores.atomic():
        rot = Rot(exhibit=received.id, store="first", what="part", part=1, kind="changed")
        desk.stores.scrubs.find(rot, desk.clock.now())
    assert f"rogatory scrub --exhibit {received.id}" in page(at_the_desk("custodian"), f"/exhibits/{received.id}/")
    keeper = page(at_the_desk("administrator"), "/node/upkeep/")
    assert "part 1, changed, in the first store" in keeper
    assert f'href="/exhibits/{received.id}/"' not in keeper


def test_a_file_is_sealed_with_further_digests_that_the_acquisition_tool_printed(given: Given, desk: Node) -> None:
    client = at_the_desk("custodian")
    data = b"an image\n" * 1000
    md5 = hashlib.md5(data, usedforsecurity=False).hexdigest()
    sent = {"regarding": given.request.digest, "description": "Disk", "use": "Only there", "divisible": "yes"}
    case = given.request.case
    wrong = SimpleUploadedFile("disk.dd", b"another image")
    refused = client.post(f"/cases/{case}/seal/", {**sent, "file": wrong, "acquired": f"MD5: {md5}"})
    assert refused.status_code == 400
    right = SimpleUploadedFile("disk.dd", data)
    more = {
        "data_protection": "Only for this trial",
        "acquired": f"MD5: {md5}",
        "digest": ["sha1"],
        "onward": "not-at-all",
    }
    assert client.post(f"/cases/{case}/seal/", {**sent, **more, "file": right}).status_code == 302
    (row,) = [one for one in desk.stores.exhibits.of_case(case) if one.id != given.id]
    made = exhibits.manifest_of(row)
    assert dict(made.digests) == {"md5": md5, "sha1": hashlib.sha1(data, usedforsecurity=False).hexdigest()}
    assert made.conditions.onward == "not-at-all"
    assert made.contents is not None
    assert made.conditions.data_protection == "Only for this trial"
    shown = page(client, f"/exhibits/{row.id}/")
    assert md5 in shown
    assert "It may not be passed on to anybody else." in shown


def test_a_received_exhibit_goes_on_to_another_case_with_leave_and_not_without(
    received: Received, desk: Node, people: People, our_recipients: tuple[str, ...]
) -> None:
    kenya = accept(desk, people, Partner("KEN", since=desk.clock.now() - timedelta(days=30)), desk.clock.now())
    asked = Given(desk, people, kenya, our_recipients)
    client = at_the_desk("custodian")
    where = f"/exhibits/{received.id}/pass-on/"
    assert "leave-needed" in page(client, where)
    target = {"target": f"{asked.request.case}|{asked.request.digest}", "purpose": "Their trial", "what": "whole"}
    assert client.post(where, target).status_code == 403
    received.tell("onward-leave", {"exhibit": received.id, "to": "KEN/contact-point", "granted": True})
    assert client.post(where, {**target, "target": "x|y"}).status_code == 400
    assert client.post(where, {**target, "what": "part", "stretch": "all"}).status_code == 400
    response = client.post(where, target)
    assert response.status_code == 302, response.content.decode()
    (made,) = desk.stores.exhibits.of_case(asked.request.case)
    shown = page(client, f"/exhibits/{made.id}/")
    assert "the whole of it" in shown
    assert f"/exhibits/{received.id}/" in shown
    assert received.custody(received.id)[-1] == str(Act.OPENED)
