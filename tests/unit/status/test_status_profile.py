"""One State and one instrument: what it said, and what it still owes."""

from datetime import date

import pytest

from rogatory.law.loader import load_law
from rogatory.law.words import Answer
from rogatory.status.engine import Status
from rogatory.status.model import CONSENTS, Deposit, UnknownState
from rogatory.status.profile import Profile, profile

DAY = date(2028, 3, 1)


def act(state: str, action: str, on: str, provision: str = "", value: str = "") -> Deposit:
    day = date.fromisoformat(on)
    return Deposit(
        state=state, instrument="uncc", action=action, earliest=day, latest=day,
        provision=provision, value=value, practice=True,
    )  # fmt: skip


def of(state: str, *deposits: Deposit, on: date = DAY) -> Profile:
    return profile(Status.load(deposits), state, "uncc", on)


def test_a_party_owes_every_notice_that_it_has_not_given() -> None:
    ratified = act("VNM", "ratification", "2027-01-01")
    notices = [one for one in load_law().provisions("uncc", kind="notice") if one.notice]
    owed = {one.provision for one in of("VNM", ratified).owed}
    assert owed == {one.number for one in notices if one.notice and one.notice.by != "regional-organisation"}
    given = act("VNM", "notification", "2027-01-01", "40(13)", "vi;en")
    assert {one.provision for one in of("VNM", ratified, given).owed} == owed - {"40(13)"}


def test_a_notice_that_was_given_is_owed_before_its_day_and_again_after_its_withdrawal() -> None:
    acts = (
        act("VNM", "ratification", "2027-01-01"),
        act("VNM", "notification", "2027-06-01", "40(13)"),
        act("VNM", "withdrawal", "2028-01-01", "40(13)"),
    )
    for day, owes in ((date(2027, 5, 31), True), (date(2027, 6, 1), False), (date(2028, 1, 1), True)):
        assert ("40(13)" in {one.provision for one in of("VNM", *acts, on=day).owed}) is owes


def test_nobody_owes_anything_before_its_instrument() -> None:
    assert of("VNM", act("VNM", "signature", "2025-10-25")).owed == ()
    assert of("VNM", act("VNM", "ratification", "2028-03-02")).owed == ()


def test_an_organisation_owes_the_extent_of_its_competence() -> None:
    owed = {one.provision for one in of("EUE", act("EUE", "approval", "2027-01-01")).owed}
    assert "64(3)" in owed
    assert "64(3)" not in {one.provision for one in of("FRA", act("FRA", "approval", "2027-01-01")).owed}


def test_whether_a_notice_is_owed_that_depends_on_the_states_own_law_is_not_known() -> None:
    owed = {one.provision: one for one in of("VNM", act("VNM", "ratification", "2027-01-01")).owed}
    assert owed["37(6)(a)"].owed is Answer.UNKNOWN
    assert owed["40(12)"].owed is Answer.YES
    assert all(one.because.en and one.because.fr for one in owed.values())


def test_a_reservation_that_no_clause_names_raises_a_question() -> None:
    acts = (
        act("SGP", "reservation", "2027-01-01", "63(3)"),
        act("SGP", "reservation", "2027-01-01", "42(5)"),
        act("SGP", "reservation", "2027-01-01", "16"),
        act("SGP", "reservation", "2027-01-01", "99(1)"),
    )
    said = {one.provision: one for one in of("SGP", *acts).said}
    assert said["63(3)"].question.en == ""
    assert said["42(5)"].question.en == ""
    assert "No clause" in said["16"].question.en
    assert "no provision 99(1)" in said["99(1)"].question.en


def test_what_was_withdrawn_or_said_anew_is_no_longer_in_effect() -> None:
    acts = (
        act("SGP", "reservation", "2027-01-01", "63(3)"),
        act("SGP", "withdrawal", "2028-01-01", "63(3)"),
        act("SGP", "notification", "2027-01-01", "40(13)", "en"),
        act("SGP", "notification", "2027-05-01", "40(13)", "en;zh"),
    )
    now = {(one.provision, one.value): one.in_effect for one in of("SGP", *acts).said}
    assert now == {("63(3)", ""): Answer.NO, ("40(13)", "en"): Answer.NO, ("40(13)", "en;zh"): Answer.YES}
    then = of("SGP", *acts, on=date(2027, 2, 1)).said
    assert [one.in_effect for one in then] == [Answer.YES, Answer.YES]


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(UnknownState):
        of("XXX")


def test_a_state_that_left_and_came_back_is_bound_again() -> None:
    codes = sorted(code for code, state in Status.load().states.items() if state.kind == "member")
    acts = [act(code, CONSENTS[0], "2026-01-01") for code in codes[:41]]
    left = act(codes[0], "denunciation", "2027-01-01")
    again = act(codes[0], "accession", "2028-06-01")
    status = Status.load([*acts, left, again])
    bound = {day: status.standing(codes[0], "uncc", date.fromisoformat(day)).bound for day in (
        "2027-12-31", "2028-01-01", "2028-06-30", "2028-07-01",
    )}  # fmt: skip
    assert list(bound.values()) == [Answer.YES, Answer.NO, Answer.NO, Answer.YES]


def test_a_denunciation_withdrawn_in_time_changes_nothing() -> None:
    codes = sorted(code for code, state in Status.load().states.items() if state.kind == "member")
    acts = [act(code, CONSENTS[0], "2026-01-01") for code in codes[:41]]
    left = act(codes[0], "denunciation", "2027-01-01")
    for day, bound in (("2027-06-01", Answer.YES), ("2028-06-01", Answer.NO)):
        back = act(codes[0], "withdrawal", day, "denunciation")
        assert Status.load([*acts, left, back]).standing(codes[0], "uncc", date(2029, 1, 1)).bound is bound


def test_an_instrument_that_was_withdrawn_binds_nobody_until_there_is_a_new_one() -> None:
    codes = sorted(code for code, state in Status.load().states.items() if state.kind == "member")
    acts = [act(code, CONSENTS[0], "2026-01-01") for code in codes[:42]]
    gone = act(codes[0], "withdrawal", "2026-01-20")
    again = act(codes[0], "accession", "2027-06-01")
    status = Status.load([*acts, gone, again])
    assert status.standing(codes[0], "uncc", date(2026, 1, 10)).deposit is not None
    assert status.standing(codes[0], "uncc", date(2026, 2, 1)).deposit is None
    assert status.standing(codes[0], "uncc", date(2027, 1, 1)).bound is Answer.NO
    assert status.standing(codes[0], "uncc", date(2027, 7, 1)).since == date(2027, 7, 1)
    assert status.standing(codes[1], "uncc", date(2027, 1, 1)).bound is Answer.YES
