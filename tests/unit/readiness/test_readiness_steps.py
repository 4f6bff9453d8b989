"""The checklist: each step is done by its fact and by nothing else, and what is filed follows the rules of filing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given as given_examples
from hypothesis import strategies as st
from tests.support.readying import LAW, SIGNATORY, STRANGER, TODAY, papers, status, steps

from rogatory.readiness import consent
from rogatory.readiness.filing import (
    AlreadyFiled,
    BadFiling,
    Filed,
    NoSuchFiling,
    checked_reference,
    deposits,
    require_consentable,
    require_day,
    require_filable,
    require_signable,
    require_standing,
    standing,
)
from rogatory.readiness.steps import DONE, NOT_NEEDED, OPEN, Assessed, Mark, UnmarkableStep, plans, require_markable
from rogatory.status import profile
from rogatory.status.engine import Status
from rogatory.status.model import Deposit
from rogatory.status.own import read_own, write_own

CLOSES = LAW.provision("uncc", "64(1)").dates["signature-closes"]


def filing(paper: str = "notice-40(12)", number: int = 1, on: date = TODAY, corrected: str = "") -> Filed:
    found = papers()[paper]
    return Filed(
        number=number,
        paper=paper,
        action=found.action,
        provision="" if found.kind == "instrument" else found.provision,
        value=found.value,
        on=on,
        reference="Note 7",
        by="Ada",
        corrected=corrected,
    )


def own(*filed: Filed) -> Status:
    return Status.load(law=LAW, own=deposits(SIGNATORY, filed, practice=False))


def mark(step: str, state: str = DONE) -> dict[str, Mark]:
    return {step: Mark(step=step, state=state, on=TODAY, note="as reported", by="Ada")}


def test_every_step_stands_on_a_provision_of_the_law_or_on_none() -> None:
    known = LAW.by_number["uncc"]
    assert [one.id for one in plans() if one.provision and one.provision not in known] == []
    assert [one.id for one in plans() if one.notice and one.notice not in known] == []
    for step in steps().values():
        assert step.title.en
        assert step.title.fr
        assert step.because.fr
        assert step.due.en


def test_signature_is_open_until_it_closes_and_needless_for_who_accedes() -> None:
    assert steps()["signature"].state == DONE
    assert (steps(STRANGER)["signature"].state, steps(STRANGER)["signature"].by) == (OPEN, CLOSES)
    assert steps(STRANGER, CLOSES + timedelta(days=1))["signature"].state == NOT_NEEDED
    assert steps(STRANGER, manner="accession")["signature"].state == NOT_NEEDED


def test_national_steps_are_open_until_somebody_marks_them() -> None:
    assert steps()["approved"].state == OPEN
    done = steps(marks=mark("approved"))["approved"]
    assert done.state == DONE
    assert "as reported" in done.because.fr
    assert steps(marks=mark("before-parliament", NOT_NEEDED))["before-parliament"].state == NOT_NEEDED
    assert steps(marks=mark("approved", OPEN))["approved"].state == OPEN


def test_the_newest_assessment_says_whether_the_law_was_judged_and_what_is_short() -> None:
    half = steps(assessed=Assessed(title="First reading", judged=7, of=9, short=2))
    assert (half["law-assessed"].state, half["law-amended"].state) == (OPEN, OPEN)
    assert half["law-assessed"].because.en == "7 of 9 obligations are judged in First reading."
    short = steps(assessed=Assessed(title="First reading", judged=9, of=9, short=2))
    assert (short["law-assessed"].state, short["law-amended"].state) == (DONE, OPEN)
    assert "2 obligations" in short["law-amended"].because.fr
    whole = steps(assessed=Assessed(title="First reading", judged=9, of=9, short=0))
    assert (whole["law-assessed"].state, whole["law-amended"].state) == (DONE, DONE)
    assert steps(marks=mark("law-assessed"))["law-assessed"].state == DONE


def test_only_steps_without_a_fact_of_their_own_can_be_marked() -> None:
    every = tuple(steps().values())
    require_markable("training", DONE, every)
    for step, state in (("deposit", DONE), ("notice-40(12)", DONE), ("training", "perhaps"), ("nothing", DONE)):
        with pytest.raises(UnmarkableStep):
            require_markable(step, state, every)


def test_choices_do_steps_and_their_absence_undoes_them() -> None:
    assert {steps()[one].state for one in ("manner", "statements-settled", "central-authority")} == {DONE}
    bare = steps(manner=None, settled=None, authorities=None)
    names = ("manner", "statements-settled", "central-authority", "contact-point")
    assert {bare[one].state for one in names} == {OPEN}


def test_what_is_filed_does_its_step_and_follows_into_status() -> None:
    found = steps(known=own(filing()))
    assert found["notice-40(12)"].state == DONE
    assert found["notice-40(13)"].state == OPEN
    assert found["deposit"].state == OPEN
    deposited = steps(known=own(filing("instrument")))
    assert deposited["deposit"].state == DONE
    assert deposited["before-parliament"].state == NOT_NEEDED
    assert "of 40" in deposited["in-force"].because.en


def test_notices_that_need_not_be_given_say_why() -> None:
    step = steps(treaty_dependent=False)["notice-37(6)(a)"]
    assert (step.state, step.paper) == (NOT_NEEDED, "")
    assert "n’est pas le cas" in step.because.fr


def test_a_contact_point_is_set_up_when_its_week_is_covered_and_a_drill_is_passed_when_one_was() -> None:
    assert steps()["contact-point"].state == DONE
    body = {"provision": "41(2)", "name": "Desk", "staffed": [{"from": "08:00", "to": "20:00", "people": 1}]}
    step = steps(authorities=[body])["contact-point"]
    assert (step.state, step.because.en) == (
        OPEN,
        "84 of 168 hours of the week are staffed; the first gap is mon 20:00 to tue 08:00.",
    )
    assert steps()["drill"].state == OPEN
    assert steps(drill=TODAY)["drill"].state == DONE


def test_a_step_whose_provision_is_not_certain_says_so() -> None:
    assert steps()["notice-41(2)"].certainty == "medium"
    assert steps()["notice-41(2)"].checked.fr


def test_an_instrument_is_filed_once_and_a_notice_again_on_another_day() -> None:
    notice, instrument = papers()["notice-40(12)"], papers()["instrument"]
    held = [filing(), filing("instrument", 2)]
    require_filable(notice, TODAY + timedelta(days=1), held, ())
    for one, on in ((notice, TODAY), (instrument, TODAY + timedelta(days=1))):
        with pytest.raises(AlreadyFiled):
            require_filable(one, on, held, ())
    require_filable(instrument, TODAY, [filing("instrument", 2, corrected="wrong day")], ())
    known = [Deposit(state=SIGNATORY, instrument="uncc", action="ratification")]
    with pytest.raises(AlreadyFiled):
        require_filable(instrument, TODAY, (), known)


def test_a_filing_is_of_a_day_that_can_be_and_a_correction_of_one_that_stands() -> None:
    adopted = LAW.instrument("uncc").adopted
    require_day(TODAY, today=TODAY, adopted=adopted)
    for on in (TODAY + timedelta(days=1), adopted - timedelta(days=1)):
        with pytest.raises(BadFiling):
            require_day(on, today=TODAY, adopted=adopted)
    held = [filing(), filing(number=2, corrected="typing error")]
    assert standing(held) == (held[0],)
    assert require_standing(1, held) == held[0]
    for number in (2, 3):
        with pytest.raises(NoSuchFiling):
            require_standing(number, held)
    assert checked_reference("  Note\n 7 ") == "Note 7"
    with pytest.raises(BadFiling):
        checked_reference("x" * 201)


def test_the_convention_is_signed_once_and_while_it_is_open() -> None:
    signing = consent.signing(LAW, status(), STRANGER, TODAY)
    require_signable(signing, TODAY, (), ())
    with pytest.raises(BadFiling):
        require_signable(signing, CLOSES + timedelta(days=1), (), ())
    with pytest.raises(AlreadyFiled):
        require_signable(signing, TODAY, (), status().deposits("uncc", state=SIGNATORY))


def test_no_instrument_was_deposited_before_the_convention_was_open_or_the_state_had_signed() -> None:
    stranger = consent.signing(LAW, status(), STRANGER, TODAY)
    require_consentable(stranger, stranger.opens)
    with pytest.raises(BadFiling, match="not open yet"):
        require_consentable(stranger, stranger.opens - timedelta(days=1))
    signed = consent.signing(LAW, status(), SIGNATORY, TODAY)
    assert signed.on is not None
    require_consentable(signed, signed.on)
    with pytest.raises(BadFiling, match="had not signed yet"):
        require_consentable(replace(signed, on=signed.opens + timedelta(days=9)), signed.opens + timedelta(days=8))


def test_own_entries_stand_beside_the_list_and_yield_to_it() -> None:
    filed = deposits(SIGNATORY, [filing("instrument"), filing(number=2)], practice=False)
    known = Status.load(law=LAW, own=filed)
    assert set(filed) <= set(known.deposits("uncc", state=SIGNATORY))
    assert not set(filed) & set(known.listed("uncc"))
    listed = Deposit(
        state=SIGNATORY, instrument="uncc", action="approval", earliest=date(2026, 11, 30), latest=date(2026, 11, 30)
    )
    both = Status.load([listed], law=LAW, own=filed)
    consents = [one for one in both.deposits("uncc", state=SIGNATORY) if one.action in ("approval", "ratification")]
    assert consents == [listed]
    assert [one.on for one in both.deposits("uncc", state=SIGNATORY) if one.action == "notification"] == [TODAY]
    assert both.progress("uncc").count == known.progress("uncc").count == status().progress("uncc").count + 1


def test_practice_and_real_entries_are_never_held_against_each_other() -> None:
    filed = deposits(SIGNATORY, [filing("instrument")], practice=True)
    real = Deposit(state=SIGNATORY, instrument="uncc", action="ratification", earliest=TODAY, latest=TODAY)
    assert Status.load([real], law=LAW, own=filed).deposits("uncc", state=SIGNATORY) == filed


@given_examples(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=200), st.dates())
def test_own_entries_are_read_back_as_they_were_written(value: str, on: date) -> None:
    one = Deposit(
        state=SIGNATORY,
        instrument="uncc",
        action="notification",
        earliest=max(on, date(1000, 1, 1)),
        latest=max(on, date(1000, 1, 1)),
        provision="40(12)",
        value=value.strip(),
        source="own record",
    )
    assert read_own(write_own([one]), states=["FRA"], practice=False) == (one,)


def test_a_notice_that_was_filed_is_owed_no_more_from_its_day_on() -> None:
    known = own(filing("instrument"), filing(number=2, on=TODAY + timedelta(days=2)))
    owed = [
        {one.provision for one in profile.profile(known, SIGNATORY, "uncc", TODAY + timedelta(days=days)).owed}
        for days in (1, 2)
    ]
    assert owed[0] - owed[1] == {"40(12)"}
