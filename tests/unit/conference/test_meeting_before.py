"""Before and around the session: agenda, credentials, observers, quorum to open, who presides, what is due when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.support.meetings import (
    LISTED,
    NGO,
    OPENS,
    SIGNATORY,
    UNION,
    Table,
    arrived,
    choices,
    code,
    convened,
    debating,
    first,
    sitting,
    words,
)

from rogatory.conference.meeting import calendar, engine
from rogatory.conference.meeting.calendar import deadlines
from rogatory.errors import RogatoryError


def test_a_meeting_opens_on_its_day_after_notice_and_with_its_quorum() -> None:
    table = convened()
    table.refused("too-soon", "chair", "meeting-opened", cites="quorum")
    table.at = OPENS
    table.refused("out-of-order", "chair", "meeting-opened", cites="notice")
    table.do("office", "session-notified")
    table.refused("no-quorum", "chair", "meeting-opened", cites="quorum")
    for number in range(9):
        table.do("office", "credentials-submitted", seat=code(number), signed_by="head-of-state")
    for number in range(3):
        table.refused("no-quorum", "chair", "meeting-opened", cites="quorum")
        table.do(code(number), "attendance", present=True)
    table.do("chair", "meeting-opened")  # three of the nine that take part


def test_the_presiding_officer_named_opens_and_nobody_else() -> None:
    table = arrived(convened())
    table.refused("not-presiding", "presiding:S05", "meeting-opened", cites="presiding")
    table.refused("not-their-act", "S00", "meeting-opened")
    table.do("office", "chair-taken", seat="S05")
    table.refused("not-presiding", "presiding:S00", "meeting-opened", cites="presiding")
    table.do("presiding:S05", "meeting-opened")
    for who in (SIGNATORY, "IGO"):
        table.refused("no-such-right", "office", "chair-taken", seat=who, cites="presiding")


def test_nothing_is_said_or_done_while_no_meeting_is_sitting() -> None:
    table = debating()
    table.do("chair", "meeting-suspended")
    table.refused("out-of-order", "S01", "floor-asked", cites="presiding")
    table.refused("out-of-order", "S01", "motion-moved", motion="adjourn-meeting", cites="presiding")
    table.do("chair", "meeting-resumed")
    table.do("chair", "meeting-adjourned")
    assert not any(one.present for one in table.state.seats.values())
    table.refused("no-quorum", "chair", "meeting-opened", cites="quorum")


def test_a_suspended_meeting_resumes_only_with_the_quorum() -> None:
    table = debating()
    table.do("chair", "meeting-suspended")
    for number in range(1, 8):
        table.do(code(number), "attendance", present=False)
    table.refused("no-quorum", "chair", "meeting-resumed", cites="quorum")


def test_debate_stops_when_the_quorum_is_lost() -> None:
    table = debating()
    table.do("S01", "floor-asked")
    for number in range(2, 9):
        table.do(code(number), "attendance", present=False)
    table.refused("no-quorum", "chair", "floor-given", seat="S01", cites="quorum")


def test_the_agenda_is_adopted_as_a_whole_when_nobody_objects() -> None:
    table = sitting()
    table.do("S03", "vote-requested", target="2")
    table.refused("out-of-order", "chair", "agenda-adopted", cites="consensus")
    table.refused("out-of-order", "chair", "item-opened", item="1", cites="agenda-adoption")


def test_the_agenda_is_adopted_item_by_item_and_an_item_that_meets_opposition_is_voted_on() -> None:
    table = sitting()
    table.do("S03", "vote-requested", target="agenda")
    table.do("S03", "vote-requested", target="2")
    table.do("chair", "item-adopted", item="1")
    table.refused("out-of-order", "chair", "item-adopted", item="2", cites="consensus")
    table.vote(choices(4, 5), about="item", target="2")
    assert [one.status for one in table.state.items] == ["adopted", "dropped"]
    table.do("chair", "agenda-adopted")
    table.refused("out-of-order", "chair", "item-opened", item="2", cites="agenda-adoption")
    table.do("chair", "item-opened", item="1")


def test_items_are_proposed_by_those_who_may_and_taken_one_at_a_time() -> None:
    table = convened()
    table.do("S01", "item-proposed", item="1", title=words("One"))
    table.refused("bad-conference-event", "S02", "item-proposed", item="1", title=words("One"))
    table.refused("no-such-right", SIGNATORY, "item-proposed", item="2", title=words("Two"))
    table = debating()
    table.refused("out-of-order", "chair", "item-opened", item="2", cites="agenda-adoption")


def test_the_secretariat_strikes_an_item_only_before_the_session_and_none_with_proposals() -> None:
    table = convened()
    for item in ("1", "2"):
        table.do("office", "item-proposed", item=item, title=words(item))
    table.do("S01", "proposal-submitted", proposal="P1", title=words("P1"), item="1")
    table.refused("out-of-order", "office", "item-struck", item="1", cites="agenda-adoption")
    table.do("office", "item-struck", item="2")
    table = sitting()
    table.do("chair", "vote-opened", about="item", target="2", method="recorded")
    table.refused("out-of-order", "office", "item-struck", item="2", cites="agenda-adoption")


def test_documents_have_versions_and_the_languages_of_the_session() -> None:
    table = convened()
    table.do("office", "document-issued", symbol="CONF/1", title=words("Note"), languages=["en"])
    table.do("office", "document-issued", symbol="CONF/1", title=words("Note"), languages=["en", "fr"])
    issued = {"symbol": "CONF/2", "title": words("Draft"), "languages": ["en"]}
    table.refused("bad-conference-event", "office", "document-issued", **issued, files={"en": "A" * 64})
    table.refused("bad-conference-event", "office", "document-issued", **issued, files={"fr": "a" * 64})
    table.do("office", "document-issued", **issued, files={"en": "a" * 64})
    table.do("office", "document-issued", **issued, files={"en": "b" * 64})
    assert [one.file("en") for one in table.state.documents["CONF/2"].versions] == ["b" * 64, "a" * 64]
    assert table.state.documents["CONF/1"].version == 2
    table.refused("bad-conference-event", "office", "document-issued", symbol="X", title=words("X"), languages=["de"])


def special() -> Table:
    return Table(engine.begin(first(9, kind="special")))


def test_a_special_session_is_announced_with_the_support_of_a_majority_or_by_a_decision() -> None:
    table = special()
    for number in range(4):
        table.do(code(number), "session-supported")
    table.refused("out-of-order", "office", "session-notified", cites="regular-sessions")
    table.refused("out-of-order", "S00", "session-supported")
    table.refused("no-such-right", SIGNATORY, "session-supported")
    table.do("S04", "session-supported")
    table.do("office", "session-notified")
    special().do("office", "session-notified", decided="COP/1/DEC/3")


def test_credentials_are_signed_by_those_whom_the_rules_name() -> None:
    table = convened()
    table.refused(
        "out-of-order", "office", "credentials-submitted", seat="S01", signed_by="ambassador", cites="credentials"
    )
    table.refused("out-of-order", "office", "credentials-submitted", seat="IGO", signed_by="head-of-state")


def test_a_delegation_is_seated_provisionally_until_its_credentials_are_decided() -> None:
    table = sitting()
    table.do("S03", "credentials-challenged", seat="S08", reasons="The signature")
    table.refused("out-of-order", "chair", "credentials-approved", accepted=["S08"], cites="provisional-seat")
    table.vote(choices(3, 4, start=1) | {"S08": "yes"}, about="credentials", target="S08")  # a tie accepts nobody
    assert table.state.seats["S08"].credentials == "refused"
    table.refused("credentials-missing", "S08", "floor-asked", cites="provisional-seat")
    table.refused("credentials-missing", "S08", "motion-moved", motion="adjourn-meeting", cites="provisional-seat")
    assert table.state.decisions[-1].how == "vote-rejected"


def test_new_credentials_after_a_refusal_give_no_seat_before_the_body_has_decided_again() -> None:
    table = sitting()
    table.do("S03", "credentials-challenged", seat="S08", reasons="…")
    table.vote(choices(0, 5), about="credentials", target="S08")
    table.do("office", "credentials-submitted", seat="S08", signed_by="head-of-state")
    table.do("chair", "agenda-adopted")
    table.do("S01", "motion-moved", motion="adjourn-meeting")
    table.do("chair", "vote-opened", about="motion", target=table.state.floor.motions[0].id, method="recorded")
    table.refused("credentials-missing", "S08", "vote-cast", vote="V2", choice="yes", cites="provisional-seat")
    table.do("chair", "vote-closed", vote="V2")
    table.do("chair", "credentials-approved", accepted=["S08"])
    assert table.state.seats["S08"].credentials == "accepted"


def test_whom_the_body_has_accepted_by_a_vote_is_not_challenged_again() -> None:
    table = sitting()
    table.refused("no-such-right", "S08", "credentials-challenged", seat="S08", reasons="…", cites="provisional-seat")
    table.do("S03", "credentials-challenged", seat="S08", reasons="…")
    table.vote(choices(5, 3), about="credentials", target="S08")
    table.refused("out-of-order", "S03", "credentials-challenged", seat="S08", reasons="…", cites="provisional-seat")
    table.do("S03", "credentials-challenged", seat="S07", reasons="…")
    table.refused("out-of-order", "S04", "challenge-withdrawn", seat="S07", cites="provisional-seat")
    table.do("S03", "challenge-withdrawn", seat="S07")
    assert table.state.seats["S07"].credentials == "submitted"


#: Under each answer to the question of observers: where a society with status and one without stand after applying.
OBSERVERS = {
    "precedents": ("applied", "applied"),
    "open": ("seated", "applied"),
    "automatic": ("seated", "applied"),
    "consent": ("applied", "applied"),
    "none": ("refused", "refused"),
}


@pytest.mark.parametrize("option", OBSERVERS)
def test_each_answer_to_the_question_of_observers_admits_whom_it_says(option: str) -> None:
    table = convened(choices={"observers": option})
    assert (table.state.seats[NGO].place, table.state.seats[LISTED].place) == OBSERVERS[option]
    row = {"code": "LATE", "name": words("Late"), "kind": "ngo-other"}
    if option == "none":
        table.refused("no-such-right", "office", "observer-applied", seat=row, cites="observers-ngo")
        table.refused("no-such-right", "office", "attendance", seat=NGO, present=True)
        return
    table.do("office", "observer-applied", seat=row)
    if option in ("precedents", "automatic", "consent"):
        table.refused("out-of-order", "office", "observer-admitted", seat="LATE", cites="observers-ngo")
        table.do("office", "observers-listed")
        table.refused("too-soon", "office", "observer-admitted", seat="LATE", cites="observers-ngo")
        table.wait(days=30)
    table.do("office", "observer-admitted", seat="LATE")


def listed(**how: str) -> Table:
    table = convened(choices=how)
    table.do("office", "observers-listed")
    return table


def test_an_objection_refers_the_matter_to_the_conference_and_may_be_withdrawn() -> None:
    table = listed()
    table.refused("no-such-right", SIGNATORY, "observer-objected", seat=LISTED, cites="observers-ngo")
    table.do("S03", "observer-objected", seat=LISTED)
    table.refused("out-of-order", "S03", "observer-objected", seat=LISTED, cites="observers-ngo")
    table.wait(days=31)
    table.refused("out-of-order", "office", "observer-admitted", seat=LISTED, cites="observers-ngo")
    table.do("S03", "objection-withdrawn", seat=LISTED)
    table.do("office", "observer-admitted", seat=LISTED)


def test_the_conference_decides_by_a_vote_on_an_observer_that_met_an_objection() -> None:
    table = listed()
    table.do("S03", "observer-objected", seat=LISTED)
    arrived(table)
    table.do("chair", "meeting-opened")
    table.refused("out-of-order", "chair", "vote-opened", about="observer", target="IGO", cites="observers-igo")
    table.vote(choices(5, 4), about="observer", target=LISTED)
    assert table.state.seats[LISTED].place == "seated"


def test_under_the_other_answer_one_objection_keeps_an_observer_out() -> None:
    table = listed(objection="excludes")
    table.do("S03", "observer-objected", seat=LISTED)
    assert table.state.seats[LISTED].place == "refused"


def test_an_objection_gives_reasons_where_they_are_owed_and_comes_in_time() -> None:
    table = listed(reasons="owed")
    table.refused("out-of-order", "S03", "observer-objected", seat=LISTED, cites="observers-ngo")
    table.wait(days=31)
    error = table.refused("out-of-order", "S03", "observer-objected", seat=LISTED, reasons="…", cites="observers-ngo")
    assert "until" in error.message


def test_societies_attend_working_groups_only_where_the_rules_let_them() -> None:
    for option, place in (("no", "refused"), ("yes", "applied")):
        made = engine.begin(first(body="working-group", choices={"working-groups": option}))
        assert made.seats[NGO].place == place


@pytest.mark.parametrize(
    ("seat", "message"),
    [
        ({"kind": "party", "members": ["S01"]}, "no regional organisation"),
        ({"kind": "regional-organisation", "members": ["S01", "S01"]}, "twice"),
        ({"kind": "regional-organisation", "members": ["NOBODY"]}, "no participant"),
        ({"kind": "regional-organisation", "members": ["X"]}, "an organisation"),
        ({"kind": "emperor"}, "no kind of participant"),
    ],
)
def test_an_organisation_is_made_of_states_that_are_there_each_once(seat: dict[str, object], message: str) -> None:
    event = first()
    body = dict(event.body)
    body["seats"] = [*body["seats"], {"code": "X", "name": words("X"), **seat}]
    with pytest.raises(RogatoryError, match=message):
        engine.begin(replace(event, body=body))


def test_two_organisations_do_not_vote_for_one_member() -> None:
    event = first(members=("S01", "S02"))
    other = {"code": "OTHER", "name": words("Other"), "kind": "regional-organisation", "members": ["S02", "S03"]}
    table = Table(engine.begin(replace(event, body={**event.body, "seats": [*event.body["seats"], other]})))
    arrived(table)
    table.do(UNION, "organisation-declares", casts=True)
    table.refused("organisation-and-members", "OTHER", "organisation-declares", casts=True, cites="voting-rights")


def test_a_session_closes_when_nothing_is_under_way_and_then_nothing_more_happens() -> None:
    table = debating()
    table.refused("out-of-order", "chair", "session-closed", cites="presiding")
    table.do("chair", "item-closed")
    table.do("S01", "motion-moved", motion="adjourn-meeting")
    table.refused("out-of-order", "chair", "session-closed", cites="precedence")
    table.do("S01", "motion-withdrawn", pending=table.state.floor.motions[0].id)
    table.do("chair", "session-closed")
    for who, kind, body in (
        ("S01", "floor-asked", {}),
        ("chair", "meeting-opened", {}),
        ("S01", "attendance", {"present": False}),
    ):
        table.refused("out-of-order", who, kind, **body)
    table.do("office", "decision-numbered", decision=1, symbol="DEC/1")


def test_what_is_due_and_what_was_late() -> None:
    table = convened()
    table.do("office", "session-notified")
    table.at = OPENS - timedelta(days=50)
    table.do("office", "item-proposed", item="1", title=words("One"))
    table.do("office", "agenda-circulated")
    table.do("office", "document-issued", symbol="C/1", title=words("Note"), languages=["en"], item="1")
    table.do("office", "observers-listed")
    found = {(one.what.en, one.target): one for one in deadlines(table.state)}
    notice = found["Notification of the session", ""]
    assert (notice.rule, notice.late(table.at)) == ("notice", False)
    assert notice.due == calendar.opening(table.state) - timedelta(days=60)
    assert found["Circulation of the provisional agenda", ""].late(table.at)
    assert found["C/1 in all the languages", "C/1"].done is None
    assert not found["Credentials of Bland 01", "S01"].late(table.at)
    assert found["Credentials of Bland 01", "S01"].late(OPENS)
    assert found["Objections to Society without", LISTED].due == table.at + timedelta(days=30)
    assert [one.due for one in deadlines(table.state)] == sorted(one.due for one in deadlines(table.state))


def test_a_special_session_has_its_own_day_for_the_agenda() -> None:
    table = special()
    found = next(one for one in deadlines(table.state) if one.rule == "agenda")
    assert found.due == calendar.opening(table.state) - timedelta(days=30)


def test_the_times_after_which_proposals_and_motions_may_be_decided_are_shown() -> None:
    table = debating()
    table.propose("P1", item="1")
    table.do("S02", "motion-moved", motion="suspend-rule", target="proposals")
    waits = {one.target: one for one in deadlines(table.state) if one.waits and one.target != LISTED}
    assert {one.due for one in waits.values()} == {table.at + timedelta(hours=24)}
    assert not any(one.late(table.at + timedelta(days=9)) for one in waits.values())
