"""A meeting on a node: what was answered stands, nothing stands twice, and nobody changes it unseen."""

import json
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from tests.support import meetings as played
from tests.support.meeting_on_node import facts, made, play, restarted, set_clock, voting
from tests.support.meetings import choices, code

from rogatory.conference.meeting.events import Actor
from rogatory.conference.record.verify import verify
from rogatory.errors import RogatoryError
from rogatory.kernel import digests
from rogatory.ledger import proofs
from rogatory.ledger.notes import VerifierKey
from rogatory.node.conference import meetings, passes
from rogatory.node.conference.reading import NoSuchMeeting, RecordDamaged
from rogatory.node.context import Node
from rogatory.node.ledger import alarms, proving
from rogatory.node.people import Actor as Person
from rogatory.node.people import RoleMissing
from rogatory.sealing import keystore
from rogatory.sealing.encoding import from_base64url
from rogatory.stores import append_only
from rogatory.stores.models import MeetingEntry


@pytest.fixture
def secretary(people: dict[str, Person]) -> Person:
    return people["secretary"]


def delegation(number: int) -> Actor:
    return Actor("delegation", code(number))


def refused(act: Any, *arguments: Any, **more: Any) -> str:
    """The code of the error that *act* raises."""
    with pytest.raises(RogatoryError) as caught:
        act(*arguments, **more)
    return caught.value.code


def actions(node: Node, meeting: str) -> list[tuple[str, str, str]]:
    return [(row.who, row.action, row.detail) for row in node.stores.audit.of_subject(meeting, 100)]


def test_a_meeting_is_played_restarted_and_verified_offline(node: Node, secretary: Person) -> None:
    table = played.ready()
    table.vote(choices(8, 1), about="proposal", target="P1")
    table.do("chair", "item-closed")
    table.do("chair", "session-closed")
    here, meeting = made(node, secretary)
    done = play(here, meeting, table.events)
    assert done is not None
    assert done.state.decisions == table.state.decisions
    again = meetings.sitting(restarted(here), meeting)
    assert again == done == meetings.sitting(here, meeting)
    found = verify(meetings.record(here, meeting), head=done.head)
    assert not found.failures
    assert (found.closed, found.state) == (True, done.state)
    assert actions(here, meeting)[-1][1] == "conference:meeting:make"


def test_the_head_stands_in_the_ledger_when_a_vote_ends_and_when_the_session_does(
    node: Node, secretary: Person
) -> None:
    table = played.ready()
    table.vote(choices(8, 1), about="proposal", target="P1")
    before = len(table.events)
    table.do("chair", "item-closed")
    table.do("chair", "session-closed")
    here, meeting = made(node, secretary)
    start = here.stores.ledger.size()
    play(here, meeting, table.events)
    heads = meetings.heads(here, meeting)
    assert [one.number for one in heads] == [before + 1, len(table.events) + 1]
    assert here.stores.ledger.size() == start + 2
    lines = list(meetings.record(here, meeting))
    key = VerifierKey(name=here.config.log_origin, public=here.unlock().ledger.public.raw)
    for one in heads:
        assert one.digest == digests.sha256(lines[one.number - 1].rstrip(b"\n"))
        proofs.verify_proof(proving.proof(here, one.digest), one.digest, key)


@pytest.mark.any_database
def test_only_a_secretary_makes_a_meeting_and_no_name_is_taken_twice(node: Node, people: dict[str, Person]) -> None:
    for role in ("administrator", "drafter"):
        with pytest.raises(RoleMissing):
            meetings.create(node, people[role], facts(), rulebook="untoc", choices={})
    here, meeting = made(node, people["secretary"])
    assert [row.id for row in meetings.listed(here)] == [meeting]

    def create(name: str) -> str:
        told = {**facts(), "id": name}
        return meetings.create(here, people["secretary"], told, rulebook="untoc", choices={})

    assert refused(create, meeting) == "meeting-exists"
    assert refused(create, "a/b") == "bad-meeting"
    named = create("")
    assert meetings.sitting(here, named).state.facts.id == named


@pytest.mark.any_database
@pytest.mark.parametrize("exercise", [True, False])
def test_a_meeting_of_an_exercise_says_so_whatever_it_was_told(
    node: Node, people: dict[str, Person], *, exercise: bool
) -> None:
    here = replace(node, config=replace(node.config, exercise=exercise))
    told = {**facts(), "exercise": not exercise}
    meeting = meetings.create(here, people["secretary"], told, rulebook="untoc", choices={})
    assert meetings.sitting(here, meeting).state.facts.exercise is exercise
    assert verify(meetings.record(here, meeting)).exercise is exercise


@pytest.mark.any_database
def test_a_meeting_that_is_not_here_is_said_to_be_so(node: Node) -> None:
    with pytest.raises(NoSuchMeeting):
        meetings.sitting(node, "M-2")
    with pytest.raises(NoSuchMeeting):
        meetings.act(node, "M-2", delegation(1), "attendance", {"present": True})
    with pytest.raises(NoSuchMeeting):
        list(meetings.record(node, "M-2"))


@pytest.mark.any_database
def test_what_the_rules_refuse_leaves_the_record_as_it_was(node: Node, secretary: Person) -> None:
    here, meeting, _ = voting(node, secretary)
    before = meetings.sitting(here, meeting)
    vote = {"vote": "V1", "choice": "yes"}
    for by, expected in (
        (Actor("delegation", played.SIGNATORY), "no-right-to-vote"),
        (Actor("delegation", "NOBODY"), "unknown-participant"),
        (Actor("presiding", "S03"), "not-their-act"),
    ):
        assert refused(meetings.act, here, meeting, by, "vote-cast", vote) == expected
    second_chair = Actor("presiding", "S03")
    assert refused(meetings.act, here, meeting, second_chair, "vote-closed", {"vote": "V1"}) == "not-presiding"
    assert refused(meetings.act, here, meeting, delegation(1), "vote-cast", {**vote, "more": 1.5}) == "bad-json"
    assert meetings.sitting(restarted(here), meeting) == before


def test_the_chair_is_told_who_has_voted_and_who_has_not(node: Node, secretary: Person) -> None:
    here, meeting, _ = voting(node, secretary)
    for number in (1, 4):
        done = meetings.act(here, meeting, delegation(number), "vote-cast", {"vote": "V1", "choice": "no"})
    assert done.awaited == tuple(code(number) for number in range(9) if number not in (1, 4))
    after_the_kill = meetings.sitting(restarted(here), meeting)
    assert after_the_kill.awaited == done.awaited
    assert after_the_kill.state.vote is not None
    assert dict(after_the_kill.state.vote.votes) == {code(1): "no", code(4): "no"}


def test_the_same_submission_counts_once_however_often_it_comes(node: Node, secretary: Person) -> None:
    here, meeting, _ = voting(node, secretary)
    vote = {"vote": "V1", "choice": "yes"}
    first = meetings.act(here, meeting, delegation(1), "vote-cast", vote, once="press-1")
    for there in (here, restarted(here)):
        assert meetings.act(there, meeting, delegation(1), "vote-cast", vote, once="press-1") == first
    assert refused(meetings.act, here, meeting, delegation(1), "vote-cast", vote, once="press-2") == "voted-already"
    assert (
        refused(meetings.act, here, meeting, delegation(2), "vote-cast", vote, once="press-1") == "submission-name-used"
    )
    assert refused(meetings.act, here, meeting, delegation(2), "vote-cast", vote, once="a b") == "bad-meeting"
    done = meetings.act(
        here, meeting, delegation(2), "vote-cast", vote, once="press-2"
    )  # refused before, so still free
    assert done.number == first.number + 1


def test_a_submission_repeated_after_the_vote_was_closed_is_answered_and_a_new_one_refused(
    node: Node, secretary: Person
) -> None:
    here, meeting, _ = voting(node, secretary)
    vote = {"vote": "V1", "choice": "yes"}
    meetings.act(here, meeting, delegation(1), "vote-cast", vote, once="press-1")
    closed = meetings.act(here, meeting, Actor("presiding", played.CHAIR), "vote-closed", {"vote": "V1"})
    assert meetings.act(here, meeting, delegation(1), "vote-cast", vote, once="press-1") == closed
    assert refused(meetings.act, here, meeting, delegation(2), "vote-cast", vote, once="press-2") == "vote-closed"


@pytest.mark.any_database
def test_what_a_secretary_enters_for_somebody_says_so_in_the_record_and_in_the_access_record(
    node: Node, people: dict[str, Person], secretary: Person
) -> None:
    here, meeting, _ = voting(node, secretary)
    vote = {"vote": "V1", "choice": "yes"}
    done = meetings.enter(here, secretary, meeting, "vote-cast", vote, by=delegation(1))
    assert '"entered_by":"secretary"' in _payload(list(meetings.record(here, meeting))[-1])
    assert actions(here, meeting)[0] == (
        "secretary",
        "conference:event:enter",
        f"{done.number} vote-cast, delegation S01",
    )
    with pytest.raises(RoleMissing):
        meetings.enter(here, people["administrator"], meeting, "vote-cast", vote, by=delegation(2))
    own = meetings.enter(here, secretary, meeting, "document-issued", DOCUMENT)
    assert own.number == done.number + 1
    assert "entered_by" not in _payload(list(meetings.record(here, meeting))[-1])


DOCUMENT = {"symbol": "CONF/1", "title": played.words("Paper"), "languages": ["en"]}


def _payload(line: bytes) -> str:
    return from_base64url(line.split(b".")[1]).decode()


@pytest.mark.any_database
def test_a_clock_that_was_set_back_does_not_stop_the_meeting(node: Node, secretary: Person) -> None:
    here, meeting, table = voting(node, secretary)
    set_clock(here, table.at - timedelta(hours=2))
    done = meetings.act(here, meeting, delegation(1), "vote-cast", {"vote": "V1", "choice": "yes"})
    assert done.link.at == table.at
    assert not verify(meetings.record(here, meeting)).failures


@pytest.mark.any_database
def test_a_rotated_key_goes_on_signing_the_record_and_a_revoked_one_does_not(node: Node, secretary: Person) -> None:
    here, meeting, table = voting(node, secretary)
    keys = here.unlock()
    rotated = keystore.rotate(keys, secretary.authority, at=table.at, random=here.random)
    later = replace(here, unlock=lambda: rotated)
    meetings.act(later, meeting, delegation(1), "vote-cast", {"vote": "V1", "choice": "yes"})
    assert not verify(meetings.record(later, meeting)).failures
    kid = meetings.sitting(here, meeting).link.signer.key.kid
    revoked = keystore.revoke(rotated, secretary.authority, kid, at=table.at)
    last = replace(here, unlock=lambda: revoked)
    vote = {"vote": "V1", "choice": "yes"}
    assert refused(meetings.act, last, meeting, delegation(2), "vote-cast", vote) == "record-key-revoked"


def spoil(statement: str, *given: Any) -> None:
    """Change the database behind everybody's back, as only its owner can."""
    append_only.unprotect(connection, ["stores_meetingentry"])
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
    append_only.protect(connection, ["stores_meetingentry"])


SPOILT = {
    "another body": "UPDATE stores_meetingentry SET line = %s WHERE meeting = 'COP-1' AND number = 5",
    "gone": "DELETE FROM stores_meetingentry WHERE meeting = 'COP-1' AND number = 5",
    "the newest gone": "DELETE FROM stores_meetingentry WHERE meeting = 'COP-1' AND number > 12",
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_record_that_was_changed_in_the_database_stops_the_meeting_and_raises_an_alarm(
    node: Node, secretary: Person, what: str
) -> None:
    here, meeting, _ = voting(node, secretary)
    line = bytes(MeetingEntry.objects.get(meeting=meeting, number=6).line)
    spoil(SPOILT[what], *([line] if "%s" in SPOILT[what] else []))
    knows = here if what == "the newest gone" else restarted(here)  # what is older is only seen when it is read
    for _ in range(2):
        with pytest.raises(RecordDamaged):
            meetings.act(knows, meeting, delegation(1), "vote-cast", {"vote": "V1", "choice": "yes"})
    (alarm,) = alarms.standing(here)
    assert alarm.row.kind == "meeting-record"
    assert meeting in alarm.sentence.en
    assert alarm.remedy.fr


def test_a_process_that_reads_the_record_first_misses_what_the_ledger_has_seen(node: Node, secretary: Person) -> None:
    here, meeting, _ = voting(node, secretary)
    closed = meetings.act(here, meeting, Actor("presiding", played.CHAIR), "vote-closed", {"vote": "V1"})
    spoil("DELETE FROM stores_meetingentry WHERE number = %s", closed.number)
    with pytest.raises(RecordDamaged, match=f"entry {closed.number} stands in the ledger"):
        meetings.sitting(restarted(here), meeting)


def test_the_database_itself_refuses_to_change_an_entry(node: Node, secretary: Person) -> None:
    _, meeting, _ = voting(node, secretary)
    for act in (
        lambda: MeetingEntry.objects.filter(meeting=meeting, number=3).delete(),
        lambda: MeetingEntry.objects.filter(meeting=meeting, number=3).update(once="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_pass_opens_until_it_is_revoked_and_only_for_its_meeting(
    node: Node, people: dict[str, Person], secretary: Person
) -> None:
    here, meeting = made(node, secretary)
    secret = passes.issue(here, secretary, meeting, role="delegation", of="S01", name="Ann Acacia")
    held = passes.holder(here, meeting, secret)
    assert (held.actor, held.name, held.meeting) == (Actor("delegation", "S01"), "Ann Acacia", meeting)
    assert secret not in json.dumps([str(row) for row in passes.listed(here, secretary, meeting)])
    for other, expected in ((("M-2", secret), "no-such-pass"), ((meeting, secret[:-1]), "no-such-pass")):
        assert refused(passes.holder, here, *other) == expected
    passes.revoke(here, secretary, meeting, held.id)
    assert refused(passes.holder, here, meeting, secret) == "pass-revoked"
    assert refused(passes.revoke, here, secretary, meeting, held.id) == "no-such-pass"
    assert [one[1] for one in actions(here, meeting)][:2] == ["conference:pass:revoke", "conference:pass:issue"]
    for act in (passes.listed, passes.revoke):
        arguments = (held.id,) if act is passes.revoke else ()
        assert refused(act, here, people["administrator"], meeting, *arguments) == "role-missing"


@pytest.mark.any_database
def test_passes_are_issued_for_participants_and_roles_that_there_are(node: Node, secretary: Person) -> None:
    here, meeting = made(node, secretary)

    def issue(role: str, of: str, name: str = "x") -> str:
        return passes.issue(here, secretary, meeting, role=role, of=of, name=name)

    assert refused(issue, "delegation", "NOBODY") == "unknown-participant"
    for wish in (("king", "S01"), ("screen", "S01"), ("delegation", "S01", ""), ("delegation", "S01", "a\nb")):
        assert refused(issue, *wish) == "bad-pass"
    assert passes.holder(here, meeting, issue("screen", "", "Hall A")).role == "screen"


def test_delegations_that_vote_at_the_same_moment_make_one_chain(shared: Node, people: dict[str, Person]) -> None:
    here, meeting, table = voting(shared, people["secretary"], parties=24)
    gate, codes = threading.Barrier(24), []

    def press(number: int) -> None:
        there = here if number % 3 else restarted(here)  # a third of them in processes of their own
        gate.wait()
        try:
            for _ in range(2):  # every press is sent twice
                vote = {"vote": "V1", "choice": "yes"}
                meetings.act(there, meeting, delegation(number), "vote-cast", vote, once=f"press-{number}")
        except RogatoryError as error:
            codes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert codes == []
    found = verify(meetings.record(here, meeting))
    assert not found.failures
    assert found.state == meetings.sitting(here, meeting).state
    assert found.state is not None
    assert found.state.vote is not None
    assert sorted(found.state.vote.votes) == sorted(code(number) for number in range(24))
    assert found.state.number == len(table.events) + 1 + 24
