"""The fold of judgements into an assessment: who counts, what is disputed, what undoing and settling do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rogatory.alignment.assessment.assessment import Standing, assess, last_id, standing
from rogatory.alignment.assessment.model import ANSWERS, DISPUTED, ELEMENT_ANSWERS, UNSEEN, Evidence, Judgement
from rogatory.alignment.assessment.progress import STATES, UNDER_WAY, progress
from rogatory.alignment.obligations import UnknownObligation, obligation, obligations, of_article
from rogatory.law.loader import load_law

LAW = load_law()
ACCESS = obligation(LAW, "7(1)")
START = datetime(2029, 1, 1, tzinfo=UTC)
QUOTE = Evidence(law="penal", text="00", key="12", label="Section 12", passage=None, quote="Whoever enters a system")


def said(number: str = "7(1)", **values: object) -> Judgement:
    given_ = {"id": "j1", "reader": "ana", "reader_name": "Ana", "at": START, "answer": "implemented", **values}
    return Judgement(number=number, **given_)  # type: ignore[arg-type]


def counts(one: Standing) -> tuple[object, ...]:
    """What must not depend on how the judgements of different readers lie in between."""
    return one.state, {judged.id for judged in one.counted}, [(e.name, e.state) for e in one.elements], one.settled_by


@st.composite
def logs(draw: st.DrawFn, *, settling: bool = True) -> list[Judgement]:
    """What up to three readers judged, took back and settled, each judgement later than the one before."""
    log: list[Judgement] = []
    for place in range(draw(st.integers(0, 9))):
        reader = draw(st.sampled_from(("ana", "bao", "cy")))
        mine = [one.id for one in log if one.reader == reader and not one.undoes]
        undoes = draw(st.sampled_from(mine)) if mine and draw(st.integers(0, 3)) == 0 else ""
        elements = draw(st.dictionaries(st.sampled_from(("e1", "e2")), st.sampled_from(ELEMENT_ANSWERS)))
        log.append(
            said(
                id=f"j{place}",
                reader=reader,
                reader_name=reader.title(),
                at=START + timedelta(minutes=place),
                answer=draw(st.sampled_from(ANSWERS)),
                elements=() if undoes else tuple(sorted(elements.items())),
                undoes=undoes,
                settles=settling and not undoes and draw(st.integers(0, 4)) == 0,
            )
        )
    return log


def test_what_nobody_judged_is_unseen_and_nothing_else_is_in_an_empty_assessment() -> None:
    empty = assess(LAW, ())
    assert set(empty.standings) == {one.number for one in obligations(LAW)}
    assert {one.state for one in empty.standings.values()} == {UNSEEN}
    assert last_id(empty, "7(1)") == ""
    with pytest.raises(UnknownObligation):
        empty.standing("999")


def test_two_readers_who_differ_are_both_shown_and_one_who_judges_anew_replaces_only_their_own() -> None:
    first, second = said(evidence=(QUOTE,)), said(id="j2", reader="bao", reader_name="Bao", answer="partly")
    both = standing(ACCESS, (first, second))
    assert (both.state, both.is_disputed, len(both.counted)) == (DISPUTED, True, 2)
    agreed = standing(ACCESS, (first, second, said(id="j3", answer="partly")))
    assert (agreed.state, agreed.is_disputed, agreed.of("ana").id, agreed.last) == ("partly", False, "j3", "j3")  # type: ignore[union-attr]
    assert [one.id for one in agreed.history] == ["j1", "j2", "j3"]
    assert both.evidence == (QUOTE,)
    assert agreed.evidence == ()


def test_readers_who_agree_on_the_answer_can_differ_on_an_element_and_an_option_has_its_readers() -> None:
    one = said(answer="partly", elements=(("e1", "present"), ("e2", "missing")), options=("o1",))
    other = said(id="j2", reader="bao", reader_name="Bao", answer="partly", elements=(("e2", "present"),))
    found = standing(ACCESS, (one, other))
    assert (found.state, found.is_disputed) == ("partly", True)
    assert [(e.name, e.state) for e in found.elements] == [
        ("e1", "present"), ("e2", DISPUTED), ("e3", "unsaid"), ("e4", "unsaid")
    ]  # fmt: skip
    assert [(o.name, o.readers, o.used) for o in found.options] == [
        ("o1", ("Ana",), True), ("o2", (), False), ("o3", (), False)
    ]  # fmt: skip


def test_a_settlement_ends_a_dispute_until_somebody_judges_otherwise_after_it() -> None:
    log = [said(), said(id="j2", reader="bao", reader_name="Bao", answer="partly")]
    settled = said(id="j3", reader="cy", reader_name="Cy", answer="partly", settles=True, remark="The attempt is out.")
    found = standing(ACCESS, [*log, settled])
    assert (found.state, found.settled_by, found.counted) == ("partly", settled, (settled,))
    again = standing(ACCESS, [*log, settled, said(id="j4")])
    assert (again.state, again.settled_by) == (DISPUTED, settled)
    own = standing(ACCESS, [*log, settled, said(id="j4", reader="cy", reader_name="Cy")])
    assert (own.state, own.settled_by) == ("implemented", None)


def test_nobody_takes_back_what_another_reader_judged() -> None:
    other = said(id="j2", reader="bao", reader_name="Bao", undoes="j1")
    assert standing(ACCESS, (said(), other)).state == "implemented"
    assert standing(ACCESS, (said(), said(id="j2", undoes="j1"))).state == UNSEEN


@given(logs(settling=False), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_how_independent_readers_lie_in_between_does_not_matter(log: list[Judgement], random: object) -> None:
    by_reader: dict[str, list[Judgement]] = {}
    for one in log:
        by_reader.setdefault(one.reader, []).append(one)
    shuffled: list[Judgement] = []
    while any(by_reader.values()):
        reader = random.choice(sorted(name for name, left in by_reader.items() if left))  # type: ignore[attr-defined]
        shuffled.append(by_reader[reader].pop(0))
    assert counts(standing(ACCESS, shuffled)) == counts(standing(ACCESS, log))


@given(logs(), st.sampled_from(("ana", "bao", "new")), st.sampled_from(ANSWERS), st.booleans())
@settings(max_examples=60)
def test_taking_a_judgement_back_restores_exactly_what_was(
    log: list[Judgement], reader: str, answer: str, settles: bool
) -> None:
    more = said(
        id="x", reader=reader, reader_name=reader.title(), at=START + timedelta(1), answer=answer, settles=settles
    )
    back = replace(more, id="y", undoes="x", settles=False, at=START + timedelta(2))
    before, after = standing(ACCESS, log), standing(ACCESS, [*log, more, back])
    assert (counts(after), after.history, after.counted) == (counts(before), before.history, before.counted)
    assert after.last == "y"


@given(logs(), st.sampled_from(ANSWERS))
@settings(max_examples=60)
def test_to_settle_ends_every_dispute(log: list[Judgement], answer: str) -> None:
    last = said(id="x", reader="dee", reader_name="Dee", at=START + timedelta(1), answer=answer, settles=True)
    found = standing(ACCESS, [*log, last])
    assert (found.state, found.is_disputed, found.counted) == (answer, False, (last,))


@given(logs())
@settings(max_examples=60)
def test_nothing_is_implemented_but_by_a_judgement_that_says_so(log: list[Judgement]) -> None:
    found = standing(ACCESS, log)
    if found.state == "implemented":
        assert {one.answer for one in found.counted} == {"implemented"}
        assert all(one in log and not one.undoes for one in found.counted)
    without = [one for one in log if one.answer != "implemented"]
    assert standing(ACCESS, without).state != "implemented"


def judged(numbers: Sequence[str], answer: str) -> list[Judgement]:
    return [said(number, id=f"j-{number}", answer=answer) for number in numbers]


def test_an_article_is_implemented_only_when_each_shall_of_it_is_and_what_may_be_is_no_gap() -> None:
    shall = [one.number for one in of_article(LAW, "7") if one.force == "shall"]
    found = progress(LAW, assess(LAW, judged(shall, "implemented"))).articles["7"]
    assert (found.state, found.gaps, found.count.judged, found.count.of) == ("implemented", (), 1, 2)
    with_option = [*judged(shall, "implemented"), *judged(["7(2)"], "not-implemented")]
    assert progress(LAW, assess(LAW, with_option)).articles["7"].state == "implemented"


def test_an_article_rolls_up_to_under_way_partly_disputed_and_not_applicable() -> None:
    shall = [one.number for one in of_article(LAW, "13") if one.force == "shall"]

    def state(*log: Judgement) -> str:
        return progress(LAW, assess(LAW, log)).articles["13"].state

    assert state(*judged(shall[:1], "implemented")) == UNDER_WAY
    assert state(*judged(shall[:1], "not-implemented"), *judged(shall[1:], "implemented")) == "partly"
    assert state(*judged(shall, "not-implemented")) == "not-implemented"
    assert state(*judged(shall, "not-applicable")) == "not-applicable"
    assert state(*judged(shall[:1], "not-applicable"), *judged(shall[1:], "implemented")) == "implemented"
    assert state(*judged(shall, "implemented"), said(shall[0], id="z", reader="bao", answer="partly")) == DISPUTED


def test_the_counts_add_up_by_chapter_and_by_force() -> None:
    numbers = [one.number for one in obligations(LAW)]
    found = progress(LAW, assess(LAW, [*judged(numbers[::2], "partly"), *judged(numbers[1::5], "implemented")]))
    assert found.count.of == len(numbers)
    for counts_ in (list(found.forces.values()), [one.count for one in found.chapters]):
        assert sum(one.of for one in counts_) == found.count.of
        for state in STATES:
            assert sum(one.states[state] for one in counts_) == found.count.states[state]
    assert 0 < found.count.percent < 100
    assert progress(LAW, assess(LAW, judged(numbers, "implemented"))).count.percent == 100


def test_a_judgement_on_a_number_that_the_data_no_longer_hold_is_kept_apart() -> None:
    lost = said("900(1)")
    found = assess(LAW, (lost, said()))
    assert (found.unplaced, found.standing("7(1)").state) == ((lost,), "implemented")
