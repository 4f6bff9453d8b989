"""Reading deposits: what is not exactly right is refused with its line."""

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.status.deposits import BadDeposits, read_deposits, read_states
from rogatory.status.engine import Status
from rogatory.status.practice import hanoi_exercise, read_practice

HEADER = "instrument,state,action,date,provision,value,certainty,source\n"
ROW = "uncc,VNM,ratification,2026-09-01,,,high,exercise\n"
DATA = Path(__file__).parents[3] / "src/rogatory/status/data"
STATES = Status.load().states


def test_a_practice_file_gives_practice_deposits() -> None:
    (deposit,) = read_practice(HEADER + ROW, name="x.csv")
    assert (deposit.state, deposit.on, deposit.practice) == ("VNM", date(2026, 9, 1), True)


def test_the_exercise_that_ships_is_all_practice_and_has_more_than_forty_states() -> None:
    deposits = hanoi_exercise()
    assert all(deposit.practice for deposit in deposits)
    assert len({deposit.state for deposit in deposits if deposit.action != "signature"}) > 40


def test_a_month_and_an_empty_date_are_kept_as_unknown_days() -> None:
    month, nothing = read_practice(
        HEADER + "uncc,VNM,ratification,2028-02,,,high,x\nuncc,FRA,ratification,,,,high,x\n", name="x.csv"
    )
    assert (month.earliest, month.latest, month.on) == (date(2028, 2, 1), date(2028, 2, 29), None)
    assert (nothing.earliest, nothing.latest, nothing.on) == (None, None, None)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("uncc,XXX,ratification,2026-09-01,,,high,x", "'XXX' is not the ISO 3166"),
        ("uncc,VNM,wedding,2026-09-01,,,high,x", "'wedding' is not one of"),
        ("uncc,VNM,ratification,2026-02-30,,,high,x", "not a day"),
        ("uncc,VNM,ratification,01/09/2026,,,high,x", "not a day"),
        ("uncc,VNM,ratification,2026-13,,,high,x", "not a day"),
        ("uncc,VNM,ratification,2026-09-01,,,sure,x", "certainty 'sure'"),
        (",VNM,ratification,2026-09-01,,,high,x", "`instrument` is missing"),
        ("uncc,VNM,ratification,2026-09-01,,,high", "8 columns"),
        ("uncc,VNM,ratification,2026-09-01,,,high,x,y", "8 columns"),
        (ROW.strip(), "stands twice"),
    ],
)
def test_a_row_that_is_not_right_is_refused_with_its_line(row: str, message: str) -> None:
    with pytest.raises(BadDeposits) as caught:
        read_practice(HEADER + ROW + row + "\n", name="x.csv")
    assert caught.value.where == "x.csv:3"
    assert message in caught.value.message


@pytest.mark.parametrize(
    "header", ["state,action\n", HEADER.replace("state", "land"), "", HEADER.replace("value", "state")]
)
def test_other_columns_are_refused(header: str) -> None:
    with pytest.raises(BadDeposits, match="columns must be"):
        read_practice(header + ROW, name="x.csv")


def test_too_much_is_refused() -> None:
    with pytest.raises(BadDeposits, match="limit"):
        read_practice(HEADER + "x" * 2_000_001, name="x.csv")
    rows = "".join(f"uncc,VNM,notification,2026-09-01,{number},,high,x\n" for number in range(10_001))
    with pytest.raises(BadDeposits, match="more than 10000 rows"):
        read_practice(HEADER + rows, name="x.csv")


def test_a_state_that_stands_twice_is_refused() -> None:
    text = (DATA / "states.csv").read_text("utf-8")
    with pytest.raises(BadDeposits, match="stands twice"):
        read_states(text + text.splitlines()[1] + "\n", name="states.csv")


@given(st.text())
def test_any_text_is_read_or_refused_as_bad_deposits_and_nothing_else(text: str) -> None:
    with suppress(BadDeposits):
        found = read_deposits(HEADER + text, name="x.csv", states=STATES)
        assert all(deposit.state in STATES for deposit in found)


def test_states_have_codes_names_and_articles_in_both_languages() -> None:
    assert len([state for state in STATES.values() if state.kind == "member"]) == 193
    assert STATES["FRA"].formal.fr == "la France"
    assert STATES["VNM"].formal.fr == "le Viet Nam"
    assert "'" not in "".join(state.name.fr + state.formal.fr for state in STATES.values())
    assert STATES["USA"].formal.en == "the United States of America"
    assert all(
        re.fullmatch("[A-Z]{3}", state.iso3) and re.fullmatch("[A-Z]{2}", state.iso2) for state in STATES.values()
    )
    assert len([state for state in STATES.values() if "european-union" in state.groups]) == 27


def test_no_data_file_carries_an_address_or_a_path() -> None:
    for file in DATA.rglob("*.csv"):
        assert not re.search(r"https?:|/work|github", file.read_text("utf-8")), file.name
