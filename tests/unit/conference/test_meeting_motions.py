"""Procedural motions, points of order, speakers: precedence, who may speak, what carrying does, appeals."""

import pytest
from tests.support.meetings import LISTED, NGO, SIGNATORY, Table, choices, debating, ready, sitting


def moved(table: Table, motion: str, by: str = "S02", **body: object) -> str:
    table.do(by, "motion-moved", motion=motion, **body)
    return (*table.state.floor.motions, *table.state.floor.notices)[-1].id


def test_motions_are_taken_in_their_precedence() -> None:
    table = debating()
    close = moved(table, "close-debate")
    adjourn = moved(table, "adjourn-meeting")
    table.refused("out-of-order", "S03", "motion-moved", motion="adjourn-debate", cites="precedence")
    suspend = moved(table, "suspend-meeting")
    for lower in (close, adjourn):
        table.refused("out-of-order", "chair", "motion-agreed", pending=lower, cites="precedence")
        table.refused("out-of-order", "chair", "vote-opened", about="motion", target=lower, cites="precedence")
    table.vote(choices(0, 9), about="motion", target=suspend)
    table.vote(choices(9), about="motion", target=adjourn)
    assert table.state.phase == "adjourned"
    assert table.state.floor.motions == ()


def test_a_motion_outside_the_order_yields_to_all_of_it_and_to_one_of_its_kind() -> None:
    table = debating()
    moved(table, "limit-speeches", seconds=120)
    table.refused("out-of-order", "S03", "motion-moved", motion="close-list", cites="precedence")
    moved(table, "close-debate", "S03")


@pytest.mark.parametrize(("motion", "in_favour", "against"), [("adjourn-debate", 2, 2), ("close-debate", 0, 2)])
def test_only_so_many_speak_to_a_motion(motion: str, in_favour: int, against: int) -> None:
    table = debating()
    pending = moved(table, motion)
    rule = "adjournment-of-debate" if motion == "adjourn-debate" else "closure-of-debate"
    table.refused("out-of-order", "S02", "motion-spoken", pending=pending, side="against", cites=rule)
    speakers = iter(["S03", "S04", "S05", "S06"])
    for side, most in (("for", in_favour), ("against", against)):
        for _ in range(most):
            last = next(speakers)
            table.do(last, "motion-spoken", pending=pending, side=side)
        table.refused("out-of-order", "S07", "motion-spoken", pending=pending, side=side, cites=rule)
    table.refused("out-of-order", last, "motion-spoken", pending=pending, side="for", cites=rule)


def test_a_motion_that_somebody_spoke_against_is_put_to_the_vote() -> None:
    table = debating()
    pending = moved(table, "close-debate")
    table.do("S03", "motion-spoken", pending=pending, side="against")
    table.refused("out-of-order", "chair", "motion-agreed", pending=pending, cites="closure-of-debate")
    table.vote(choices(5, 4), about="motion", target=pending)
    assert table.state.floor.debate_closed


def test_a_tie_rejects_a_motion() -> None:
    table = debating()
    pending = moved(table, "close-debate")
    table.vote(choices(4, 4), about="motion", target=pending)
    assert not table.state.floor.debate_closed
    assert table.state.decisions[-1].how == "vote-rejected"


@pytest.mark.parametrize("who", [SIGNATORY, "IGO"])
def test_observers_do_not_move_anything(who: str) -> None:
    table = debating()
    table.refused("no-such-right", who, "motion-moved", motion="adjourn-meeting")
    table.refused("no-such-right", who, "point-raised", text="…")


def test_only_a_point_of_order_interrupts_a_speaker() -> None:
    table = debating()
    table.do("S03", "floor-asked", purpose="statement")
    table.do("chair", "floor-given", seat="S03")
    table.refused("out-of-order", "S04", "motion-moved", motion="close-debate", cites="speeches")
    table.do("S04", "point-raised", text="The speaker is off the subject")
    table.refused("out-of-order", "S05", "motion-moved", motion="close-debate", cites="point-of-order")
    table.do("chair", "point-ruled", ruling="upheld")
    table.do("chair", "ruling-stands")
    table.do("chair", "called-to-order")
    assert table.state.floor.speaking
    assert table.state.floor.speaking.called_to_order == 1


def test_a_ruling_under_appeal_stands_on_a_tie_and_falls_to_a_majority() -> None:
    for votes, ruling in ((choices(4, 4), "The ruling stands"), (choices(5, 4), "The ruling was overruled")):
        table = debating()
        table.do("S04", "point-raised", text="…")
        table.refused("out-of-order", "S04", "ruling-appealed", cites="point-of-order")
        table.do("chair", "point-ruled", ruling="not-upheld")
        table.do("S04", "ruling-appealed")
        table.refused("out-of-order", "chair", "ruling-stands", cites="point-of-order")
        table.vote(votes, about="ruling")
        assert table.state.decisions[-1].what.en == ruling
        assert table.state.floor.point is None


def test_a_point_is_decided_before_anything_else_goes_on() -> None:
    table = ready()
    table.do("S04", "point-raised", text="…")
    table.refused("out-of-order", "chair", "vote-opened", about="proposal", target="P1", cites="point-of-order")
    table.refused("out-of-order", "chair", "meeting-adjourned", cites="point-of-order")
    table.refused("out-of-order", "S05", "point-raised", text="Another", cites="point-of-order")


def test_without_the_quorum_to_vote_on_an_appeal_the_meeting_can_still_be_suspended() -> None:
    table = debating()
    table.do("S04", "point-raised", text="…")
    table.do("chair", "point-ruled", ruling="upheld")
    table.do("S04", "ruling-appealed")
    for gone in ("S05", "S06", "S07", "S08", "S01"):
        table.do(gone, "attendance", present=False)
    table.refused("no-quorum", "chair", "vote-opened", about="ruling", cites="quorum")
    table.do("chair", "meeting-suspended")
    table.do("chair", "meeting-resumed")
    assert table.state.floor.point


def test_the_majority_is_ruled_on_by_the_chair_and_the_ruling_is_appealed_like_any_other() -> None:
    table = ready()
    table.refused("out-of-order", "chair", "majority-ruled", proposal="P1", subject="ruling", cites="which-majority")
    table.do("chair", "majority-ruled", proposal="P1", subject="procedure", reasons="It is on working methods.")
    assert table.state.proposals["P1"].subject == "procedure"
    table.do("S05", "ruling-appealed")
    table.vote(choices(5, 4), about="ruling")
    assert table.state.proposals["P1"].subject == "substance"
    table.do("chair", "majority-ruled", proposal="P1", subject="procedure")
    table.do("chair", "ruling-stands")
    table.vote(choices(5, 4), about="proposal", target="P1")
    assert table.state.proposals["P1"].status == "adopted"


def test_a_delegation_does_not_choose_a_majority_that_is_not_for_proposals() -> None:
    table = debating()
    title = {"en": "P"}
    for subject in ("ruling", "credentials", "nonsense"):
        table.refused(
            "bad-conference-event", "S01", "proposal-submitted", proposal="P", title=title, item="1", subject=subject
        )


def test_the_debate_is_adjourned_and_the_item_taken_up_later() -> None:
    table = debating()
    table.carry("adjourn-debate")
    assert (table.state.item, table.state.items[0].status) == ("", "adjourned")
    table.do("chair", "item-opened", item="2")
    table.do("chair", "item-closed")
    table.do("chair", "item-opened", item="1")


def test_after_closure_only_replies_are_heard() -> None:
    table = debating()
    for code, purpose in (("S03", "statement"), ("S04", "reply")):
        table.do(code, "floor-asked", purpose=purpose)
    table.refused("out-of-order", "chair", "item-closed", cites="list-of-speakers")
    table.carry("close-debate")
    assert [one.code for one in table.state.floor.waiting] == ["S04"]
    table.refused("out-of-order", "S05", "floor-asked", purpose="statement", cites="list-of-speakers")
    table.do("chair", "floor-given", seat="S04")
    table.do("S04", "floor-ended")
    table.do("chair", "item-closed")


def test_speakers_come_in_the_order_in_which_they_asked_and_replies_last() -> None:
    table = debating()
    for code, purpose in (("S03", "reply"), ("S04", "statement"), ("S05", "statement")):
        table.do(code, "floor-asked", purpose=purpose)
    table.refused("out-of-order", "chair", "floor-given", seat="S03", cites="speeches")
    table.do("S04", "attendance", present=False)
    table.do("chair", "floor-given", seat="S05")  # who has left is passed over and keeps the place
    table.do("S05", "floor-ended")
    table.do("S04", "attendance", present=True)
    table.do("chair", "floor-given", seat="S04")


def test_a_delegation_replies_no_more_often_than_the_rules_let_it() -> None:
    table = debating()
    for _ in range(2):
        table.do("S03", "floor-asked", purpose="reply")
        table.do("chair", "floor-given", seat="S03")
        table.do("S03", "floor-ended")
    table.refused("out-of-order", "S03", "floor-asked", purpose="reply", cites="right-of-reply")


def test_a_limit_holds_for_the_item_or_when_agreed_before_for_all() -> None:
    table = sitting()
    table.do("chair", "agenda-adopted")
    table.carry("limit-speeches", seconds=300)
    table.do("chair", "item-opened", item="1")
    table.carry("limit-speeches", seconds=120)
    assert table.state.floor.seconds == 120
    table.do("chair", "item-closed")
    table.do("chair", "item-opened", item="2")
    assert table.state.floor.seconds == 300


def test_a_closed_list_takes_nobody_more_unless_that_rule_is_suspended() -> None:
    table = debating()
    table.carry("close-list")
    table.refused("out-of-order", "S03", "floor-asked", purpose="statement", cites="list-of-speakers")
    notice = moved(table, "suspend-rule", target="list-of-speakers")
    table.do("S03", "floor-asked", purpose="reply")  # notice bars nothing
    table.do("chair", "floor-given", seat="S03")
    table.do("S03", "floor-ended")
    table.refused("too-soon", "chair", "motion-agreed", pending=notice, cites="rules-suspension")
    table.wait(hours=24)
    table.do("chair", "motion-agreed", pending=notice)
    table.do("S03", "floor-asked", purpose="statement")


def test_what_rests_on_the_treaty_is_not_suspended() -> None:
    table = debating()
    table.refused(
        "out-of-order", "S02", "motion-moved", motion="suspend-rule", target="voting-rights", cites="rules-suspension"
    )
    table.refused("unknown-matter", "S02", "motion-moved", motion="suspend-rule", target="nothing")


def test_in_a_private_meeting_observers_are_out_until_it_is_public_again() -> None:
    table = debating()
    table.do("chair", "meeting-suspended")
    table.do("chair", "meeting-resumed")
    table.carry("private-meeting")
    assert not table.state.seats["IGO"].present
    assert table.state.seats[SIGNATORY].present
    table.refused("no-such-right", "IGO", "attendance", present=True, cites="observers-igo")
    table.do("chair", "meeting-made-public")
    table.do("IGO", "attendance", present=True)


def test_an_observer_speaks_by_invitation_only() -> None:
    table = debating()
    table.do("IGO", "floor-asked", purpose="statement")
    table.refused("no-such-right", "chair", "floor-given", seat="IGO", cites="observers-igo")
    table.do("chair", "floor-given", seat="IGO", invited=True)
    table.refused("no-such-right", "IGO", "floor-asked", purpose="reply", cites="right-of-reply")
    for society in (NGO, LISTED):
        table.refused("no-such-right", society, "floor-asked", purpose="statement")


def test_the_agenda_is_amended_by_a_motion_once_it_is_adopted() -> None:
    table = debating()
    title = {"en": "New"}
    table.refused("out-of-order", "S03", "item-proposed", item="3", title=title, cites="agenda-adoption")
    table.carry("amend-agenda", target="3", text="New")
    assert table.state.items[-1].status == "adopted"


def test_the_mover_alone_withdraws_a_motion() -> None:
    table = debating()
    pending = moved(table, "close-debate")
    table.refused("no-such-right", "S03", "motion-withdrawn", pending=pending, cites="withdrawal")
    table.do("S02", "motion-withdrawn", pending=pending)
    table.refused("unknown-matter", "chair", "motion-agreed", pending=pending)
