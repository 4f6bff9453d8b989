"""Where days are not known, the true answer lies between the bounds, whatever the days turn out to be."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rogatory.law.checked import Checked
from rogatory.law.clause import Clause, Condition, Delay
from rogatory.status.clauses import after, binding, entry
from rogatory.status.engine import Status
from rogatory.status.model import Deposit

STATES = Status.load().states
START = date(2020, 1, 1)
WHO = ["FRA", "DEU", "KEN", "VNM", "BRA", "EUE"]

spans = st.one_of(
    st.none(),
    st.tuples(st.integers(0, 200), st.integers(0, 40)),
    st.tuples(st.integers(0, 200), st.just(0)),
)
acts = st.tuples(st.sampled_from(WHO), st.sampled_from(["ratification", "ratification", "withdrawal"]), spans)
delays = st.builds(
    Delay, kind=st.sampled_from(["days-after", "month-after-months", "nth-month-after"]), number=st.integers(0, 4)
)
clauses = st.builds(
    Clause,
    threshold=st.integers(1, 4),
    counts=st.just(("ratification",)),
    delay=delays,
    late=delays,
    leaving=st.none(),
    cite=st.just(()),
    checked=st.just(Checked(how="unchecked", certainty="low")),
    conditions=st.sampled_from(
        [(), (Condition(kind="members-of", group="council-of-europe", number=1),),
         (Condition(kind="named-states", states=("KEN", "VNM"), number=1),),
         (Condition(kind="not-before", day=date(2020, 6, 1)),), (Condition(kind="fixed-day", day=date(2020, 5, 1)),)]
    ),
    organisations_count=st.booleans(),
)  # fmt: skip


def deposit(state: str, action: str, span: tuple[int, int] | None) -> Deposit:
    if span is None:
        return Deposit(state=state, instrument="t", action=action)
    first = START + timedelta(days=span[0])
    return Deposit(state=state, instrument="t", action=action, earliest=first, latest=first + timedelta(days=span[1]))


@given(clauses, st.lists(acts, max_size=9), st.data())
def test_the_true_day_lies_between_the_bounds(
    clause: Clause, given_acts: Sequence[tuple[str, str, tuple[int, int] | None]], data: st.DataObject
) -> None:
    uncertain = [deposit(*act) for act in given_acts]
    certain = []
    for item in uncertain:
        first, last = item.earliest or START, item.latest or START + timedelta(days=400)
        day = data.draw(st.dates(first, last))
        certain.append(replace(item, earliest=day, latest=day))
    bounds = entry(clause, uncertain, STATES, adopted=START)
    true = entry(clause, certain, STATES, adopted=START)
    assert true.day[0] == true.day[1]
    assert _within(true.day[0], bounds.day)
    assert _within(true.reached[0], bounds.reached)
    for one, other in zip(uncertain, certain, strict=True):
        if one.action == "ratification":
            first, last = binding(clause, other, true, adopted=START)
            assert first == last
            assert _within(first, binding(clause, one, bounds, adopted=START))


def _within(true: date | None, bounds: tuple[date | None, date | None]) -> bool:
    """Whether *true* is possible: not before the earliest, and never absent or later where a latest is promised."""
    earliest, latest = bounds
    if true is None:
        return latest is None
    return earliest is not None and earliest <= true and (latest is None or true <= latest)


@given(
    clauses, st.lists(st.tuples(st.sampled_from(WHO), st.integers(0, 200)), max_size=9, unique_by=lambda act: act[0])
)
def test_a_plain_count_day_by_day_gives_the_same(clause: Clause, given_acts: Sequence[tuple[str, int]]) -> None:
    plain = replace(clause, conditions=(), organisations_count=True)
    deposits = [deposit(state, "ratification", (day, 0)) for state, day in given_acts]
    found = entry(plain, deposits, STATES, adopted=START).day
    days = sorted(day for _, day in given_acts)
    if len(days) < plain.threshold:
        assert found == (None, None)
    else:
        day = after(START + timedelta(days=days[plain.threshold - 1]), plain.delay)
        assert found == (day, day)
