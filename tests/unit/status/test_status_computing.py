"""The entry into force of invented treaties: every kind of delay, of condition and of mistake."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.law.clause import Delay
from rogatory.law.clause_tables import DELAYS
from rogatory.status.clauses import NOTHING_BESIDE, Beside, after
from rogatory.status.computing import Computed, NothingBeside, compute
from rogatory.status.treaties import (
    BadClauseFile,
    BadDepositsFile,
    BadSharesFile,
    Treaty,
    read_shares,
    read_treaty,
    read_treaty_deposits,
)

HEAD = 'id = "t"\nname = "A treaty"\nadopted = 2020-01-01\n'
CLAUSE = """[clause]
threshold = 2
counts = ["ratification", "accession", "approval", "definitive-signature"]
delay = { kind = "days-after", number = 90 }
late = { kind = "days-after", number = 30 }
leaving = { kind = "years-after", number = 1 }
"""
TWO = "state,action,date\nFRA,ratification,2021-01-01\nVNM,accession,2021-02-01\n"


def treaty(more: str = "", *, clause: str = CLAUSE, head: str = HEAD) -> Treaty:
    return read_treaty(head + clause + more, name="clause.toml")


def computed(more: str = "", deposits: str = TWO, *, clause: str = CLAUSE, beside: Beside = NOTHING_BESIDE) -> Computed:
    one = treaty(more, clause=clause)
    return compute(one, read_treaty_deposits(deposits, name="deposits.csv", treaty=one), beside=beside)


def condition(text: str) -> str:
    return f"[[clause.condition]]\n{text}\n"


@pytest.mark.parametrize(
    ("kind", "number", "day", "effect"),
    [
        ("days-after", 90, date(2021, 2, 1), date(2021, 5, 2)),
        ("days-after", 0, date(2021, 2, 1), date(2021, 2, 1)),
        ("months-after", 3, date(2020, 11, 30), date(2021, 2, 28)),
        ("months-after", 1, date(2020, 1, 31), date(2020, 2, 29)),
        ("months-after", 12, date(2020, 2, 29), date(2021, 2, 28)),
        ("years-after", 2, date(2020, 2, 29), date(2022, 2, 28)),
        ("month-after-days", 60, date(2002, 4, 11), date(2002, 7, 1)),
        ("month-after-days", 30, date(2021, 1, 2), date(2021, 3, 1)),
        ("month-after-months", 3, date(2004, 3, 18), date(2004, 7, 1)),
        ("month-after-months", 0, date(2004, 3, 31), date(2004, 4, 1)),
        ("nth-month-after", 6, date(1998, 9, 16), date(1999, 3, 1)),
        ("nth-month-after", 1, date(2020, 12, 31), date(2021, 1, 1)),
    ],
)
def test_each_kind_of_delay_ends_on_its_day(kind: str, number: int, day: date, effect: date) -> None:
    assert after(day, Delay(kind=kind, number=number)) == effect
    clause = CLAUSE.replace('{ kind = "days-after", number = 90 }', f'{{ kind = "{kind}", number = {number} }}')
    deposits = f"state,action,date\nFRA,ratification,{day}\nVNM,accession,{day}\n"
    read = read_treaty(HEAD.replace("2020-01-01", "1990-01-01") + clause, name="c")
    assert compute(read, read_treaty_deposits(deposits, name="d", treaty=read)).entered == effect


@pytest.mark.parametrize(
    ("treaty_name", "kind", "number", "reached", "entered"),
    [
        ("Genocide", "days-after", 90, date(1950, 10, 14), date(1951, 1, 12)),
        ("law of the sea", "months-after", 12, date(1993, 11, 16), date(1994, 11, 16)),
        ("chemical weapons", "days-after", 180, date(1996, 10, 31), date(1997, 4, 29)),
        ("International Criminal Court", "month-after-days", 60, date(2002, 4, 11), date(2002, 7, 1)),
        ("Kyoto", "days-after", 90, date(2004, 11, 18), date(2005, 2, 16)),
        ("disabilities", "days-after", 30, date(2008, 4, 3), date(2008, 5, 3)),
        ("cluster munitions", "nth-month-after", 6, date(2010, 2, 16), date(2010, 8, 1)),
        ("nuclear weapons", "days-after", 90, date(2020, 10, 24), date(2021, 1, 22)),
    ],
)
def test_treaties_that_everybody_knows_entered_into_force_on_their_day(
    treaty_name: str, kind: str, number: int, reached: date, entered: date
) -> None:
    assert after(reached, Delay(kind=kind, number=number)) == entered, treaty_name


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(sorted(DELAYS)), st.data())
def test_a_longer_delay_never_ends_earlier_and_the_greatest_one_ends(day: date, kind: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, DELAYS[kind] - 1))
    first, second = (after(day, Delay(kind=kind, number=number + more)) for more in (0, 1))
    assert day.replace(day=1) <= first <= second
    assert kind in ("nth-month-after",) or first >= day


def test_the_answer_names_who_decided_and_from_when_each_is_bound() -> None:
    found = computed(deposits=TWO + "QAT,accession,2021-02-15\nBRA,ratification,2021-09-01\n")
    assert (found.reached, found.deciding, found.entered) == (date(2021, 2, 1), ("VNM",), date(2021, 5, 2))
    since = {one.state: one.since for one in found.states}
    assert since == {
        "FRA": date(2021, 5, 2), "VNM": date(2021, 5, 2), "QAT": date(2021, 5, 2), "BRA": date(2021, 10, 1),
    }  # fmt: skip
    said = {one.state: one.because.en for one in found.states}
    assert "by the day the clause was reached" in said["FRA"]
    assert "nobody is bound before" in said["QAT"]
    assert "30 days after" in said["BRA"]


def test_an_early_depositor_never_waits_for_the_longer_delay_of_late_joiners() -> None:
    clause = CLAUSE.replace("number = 90", "number = 10").replace("number = 30", "number = 200")
    found = computed(clause=clause)
    assert {one.since for one in found.states} == {date(2021, 2, 11)}
    late = computed(clause=clause, deposits=TWO + "BRA,accession,2021-02-02\n")
    assert {one.state: one.since for one in late.states}["BRA"] == date(2021, 8, 21)


def test_only_the_actions_that_the_clause_names_count() -> None:
    found = computed(deposits="state,action,date\nFRA,ratification,2021-01-01\nVNM,succession,2021-02-01\n")
    assert (found.count, found.entered) == (1, None)
    assert found.states[0].because.en == "It waits for the treaty to enter into force."
    signed = computed(deposits=TWO.replace("accession", "definitive signature"))
    assert signed.entered == date(2021, 5, 2)
    assert computed(deposits=TWO.replace("accession", "signature")).entered is None


def test_an_organisation_counts_only_where_the_clause_says_so() -> None:
    deposits = TWO.replace("VNM,accession", "EU,approval")
    assert computed(deposits=deposits).entered is None
    assert computed(deposits=deposits, clause=CLAUSE + "organisations_count = true\n").entered == date(2021, 5, 2)


def test_members_of_a_group_are_asked_for() -> None:
    more = condition('kind = "members-of"\ngroup = "african"\nnumber = 1')
    assert computed(more).entered is None
    assert computed(more, TWO + "KEN,accession,2021-04-01\n").reached == date(2021, 4, 1)
    short = CLAUSE + 'from_group = "council-of-europe"\nfrom_group_count = 2\n'
    assert computed(clause=short, deposits=TWO + "DEU,ratification,2021-06-01\n").reached == date(2021, 6, 1)


def test_named_states_are_asked_for_all_or_some() -> None:
    every = condition('kind = "named-states"\nstates = ["FRA", "CHN"]')
    some = condition('kind = "named-states"\nstates = ["FRA", "CHN"]\nnumber = 1')
    assert computed(every).entered is None
    assert computed(some).entered == date(2021, 5, 2)
    assert computed(every, TWO + "CHN,ratification,2022-01-01\n").reached == date(2022, 1, 1)


def test_a_share_is_asked_for_and_counted_exactly() -> None:
    more = condition('kind = "share"\npercent = 33.3')
    shares = read_shares("state,percent,year\nFRA,11.1,2020\nVNM,22.2,2020\nUSA,,\n", name="s", states=treaty().states)
    assert computed(more, beside=Beside(shares=shares)).entered == date(2021, 5, 2)
    less = read_shares("iso3,percent\nFRA,11.1\nVNM,22.19\n", name="s", states=treaty().states)
    found = computed(more, beside=Beside(shares=less))
    assert found.entered is None
    assert "33.29 percent" in " ".join(words.en for words in found.because)
    with pytest.raises(NothingBeside, match="no shares"):
        computed(more)


def test_a_protocol_waits_for_its_parent() -> None:
    more = condition('kind = "parent-in-force"\nparent = "mother"\nentered = 2023-01-01')
    assert computed(more).entered == date(2023, 1, 1)
    assert {one.since for one in computed(more).states} == {date(2023, 1, 1)}
    asked = condition('kind = "parent-in-force"\nparent = "mother"')
    assert computed(asked, beside=Beside(parents={"mother": date(2021, 1, 1)})).entered == date(2021, 5, 2)
    with pytest.raises(NothingBeside, match="mother"):
        computed(asked)


def test_the_parents_day_in_the_clause_stands_before_the_one_we_compute() -> None:
    more = condition('kind = "parent-in-force"\nparent = "untoc"\nentered = 2023-01-01')
    assert computed(more, beside=Beside(parents={"untoc": date(2003, 9, 29)})).entered == date(2023, 1, 1)


def test_many_rows_are_read_in_no_time() -> None:
    rows = "".join(f"FRA,notification,2021-01-01,{number}\n" for number in range(9_000))
    text = "state,action,date,provision\nFRA,ratification,2021-01-01,\nVNM,accession,2021-02-01,\n" + rows
    assert computed(deposits=text).entered == date(2021, 5, 2)


def test_an_earliest_day_and_a_fixed_day_move_the_entry() -> None:
    assert computed(condition('kind = "not-before"\nday = 2022-01-01')).entered == date(2022, 1, 1)
    assert computed(condition('kind = "not-before"\nday = 2020-06-01')).entered == date(2021, 5, 2)
    assert computed(condition('kind = "fixed-day"\nday = 2021-03-01')).entered == date(2021, 3, 1)
    assert computed(condition('kind = "fixed-day"\nday = 2021-01-15')).entered == date(2021, 5, 2)


def test_an_instrument_taken_back_in_time_does_not_count() -> None:
    gone = "FRA,withdrawal,2021-01-15\n"
    found = computed(deposits=TWO + gone)
    assert (found.entered, found.count) == (None, 1)
    assert found.states[0].because.en == "It took its instrument back on 15 January 2021, before it was bound."
    assert computed(deposits=TWO + gone + "FRA,ratification,2021-03-01\n").reached == date(2021, 3, 1)
    assert computed(deposits=TWO + "FRA,withdrawal,2021-06-15\n").entered == date(2021, 5, 2)


def test_a_denunciation_says_until_when() -> None:
    found = computed(deposits=TWO + "FRA,denunciation,2023-04-01\n")
    assert {one.state: one.until for one in found.states} == {"FRA": date(2024, 4, 1), "VNM": None}


def test_days_that_are_not_known_are_kept_open() -> None:
    found = computed(deposits=TWO.replace("2021-02-01", "2021-02"))
    assert (found.entered, found.earliest, found.latest) == (None, date(2021, 5, 2), date(2021, 5, 29))
    assert found.states[0].since is None
    assert computed(deposits=TWO.replace("2021-02-01", "")).latest is None


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("threshold = 2", "threshold = 0"), 5, "threshold must be from 1"),
        (("threshold = 2", "threshold = 20000"), 5, "threshold must be from 1"),
        (('["ratification", ', '["wedding", '), 6, "not an action"),
        (('counts = ["ratification", "accession", "approval", "definitive-signature"]', "counts = []"), 6, "counts"),
        (("number = 90", "number = 99999"), 7, "limit"),
        (('"days-after", number = 30', '"moons-after", number = 30'), 8, "must be one of"),
        (('id = "t"\n', ""), 1, "id is missing"),
        (("[clause]", "[clause]\nnonsense = 1"), 5, "not a key"),
        (("threshold = 2", "threshold = 2\nthreshold = 3"), 6, "Cannot overwrite"),
    ],
)
def test_a_clause_that_is_not_right_is_refused_with_its_line(change: tuple[str, str], line: int, message: str) -> None:
    text = HEAD + CLAUSE
    assert change[0] in text
    with pytest.raises(BadClauseFile, match=message) as caught:
        read_treaty(text.replace(*change), name="clause.toml")
    assert str(caught.value.where).startswith("clause.toml:")
    if message != "limit" and "moons" not in change[1]:
        assert caught.value.where == f"clause.toml:{line}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('kind = "members-of"\ngroup = "hanseatic"\nnumber = 1', "not a group"),
        ('kind = "named-states"\nstates = ["XXX"]', "not the code"),
        ('kind = "named-states"\nstates = ["FRA"]\nnumber = 2', "number must be"),
        ('kind = "share"\npercent = 101', "at most 100"),
        ('kind = "not-before"\nday = "soon"', "a day such as"),
        ('kind = "full-moon"', "must be one of"),
    ],
)
def test_a_condition_that_is_not_right_is_refused(text: str, message: str) -> None:
    with pytest.raises(BadClauseFile, match=message):
        treaty(condition(text))


def test_a_participant_that_is_not_known_can_be_described() -> None:
    more = '[[participant]]\ncode = "ZZY"\nname = "Some union"\nkind = "organisation"\n'
    assert computed(more, TWO + "ZZY,approval,2021-01-02\n").count == 2
    with pytest.raises(BadClauseFile, match="known already"):
        treaty(more.replace("ZZY", "FRA"))
    with pytest.raises(BadClauseFile, match="three capital letters"):
        treaty(more.replace("ZZY", "zz"))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("XXX,ratification,2021-03-01", "not the code of a State"),
        ("BRA,wedding,2021-03-01", "is not one of"),
        ("BRA,ratification,2021-02-30", "not a day"),
        ("BRA,ratification,1999-02-01", "before the treaty existed"),
        ("BRA,ratification,2999-02-01", "after 2200"),
        ("FRA,ratification,2021-01-01", "stands twice"),
        ("FRA,accession,2022-01-01", "has not left"),
        ("BRA,ratification", "columns"),
    ],
)
def test_a_deposit_that_is_not_right_is_refused_with_its_line(row: str, message: str) -> None:
    with pytest.raises(BadDepositsFile, match=message) as caught:
        computed(deposits=TWO + row + "\n")
    assert caught.value.where == "deposits.csv:4"


TABLE = "treaty_id,participant,iso3,entity_type,action,deposit_date,signature_date,source\n"


def test_a_table_of_parties_is_read_as_it_is() -> None:
    text = (
        TABLE
        + "t,France,FRA,state,ratification,2021-01-01,2020-05-05,x\n"
        + "t,Ireland,IRL,state,signed only,,2020-05-05,x\n"
        + "t,Cuba,CUB,state,,,2020-05-05,x\n"
        + "t,European Union,EU,reio,approval,2021-01-02,,x\n"
        + "t,Viet Nam,VNM,state,accession,2021-02-01,,x\n"
    )
    found = computed(deposits=text)
    assert found.entered == date(2021, 5, 2)
    assert [one.state for one in found.states] == ["FRA", "EUE", "VNM"]


@pytest.mark.parametrize("row", ["t,France,FRA,state,accession,2021-01-09,,x", "t,Cuba,CUB,state,,,,x"])
def test_a_row_twice_or_without_an_act_is_refused(row: str) -> None:
    with pytest.raises(BadDepositsFile) as caught:
        computed(deposits=TABLE + "t,France,FRA,state,ratification,2021-01-01,,x\n" + row + "\n")
    assert caught.value.where == "deposits.csv:3"


@pytest.mark.parametrize(
    "text", ["state,percent\nFRA,-1\n", "state,percent\nFRA,many\n", "state,percent\nFRA,NaN\n", "state,percent\nXXX,1\n",
             "state,percent\nFRA,1\nFRA,1\n", "state,parts\nFRA,1\n"],
)  # fmt: skip
def test_shares_that_are_not_right_are_refused(text: str) -> None:
    with pytest.raises(BadSharesFile) as caught:
        read_shares(text, name="shares.csv", states=treaty().states)
    assert str(caught.value.where).startswith("shares.csv:")
