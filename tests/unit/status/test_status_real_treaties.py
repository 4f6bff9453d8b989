"""The true dates of twenty-three real treaties, computed from their clauses and deposits."""

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rogatory.status.clauses import Beside, after, binding, entry
from rogatory.status.computing import Computed, compute
from rogatory.status.model import Deposit
from rogatory.status.treaties import Treaty, read_shares, read_treaty, read_treaty_deposits

FACTS = Path(__file__).parents[3] / "../shared/facts/treaties"
KINDS = {
    "days_after": ("days-after", "days"),
    "months_after": ("months-after", "months"),
    "first_day_of_month_after_days": ("month-after-days", "days"),
    "first_day_of_month_after_months": ("month-after-months", "months"),
    "first_day_of_nth_month_after": ("nth-month-after", "months"),
}
GROUPS = {"CoE": "council-of-europe"}
TREATIES = [
    "untoc",
    "untoc-tip",
    "untoc-som",
    "untoc-fire",
    "uncac",
    "budapest",
    "ottawa",
    "att",
    "paris",
    "crc",
    "crc-sc",
    "cedaw-op",
    "ced",
    "icescr",
    "iccpr-op2",
    "hostages",
    "vcdr",
    "cisg",
    "cbd",
    "rotterdam",
    "stockholm",
    "unccd",
    "bbnj",
]

pytestmark = pytest.mark.skipif(
    not FACTS.is_dir(), reason="the real treaties are not beside the repository (../shared/facts/treaties)"
)


@cache
def facts() -> dict[str, Any]:
    return {one["id"]: one for one in json.loads((FACTS / "clauses.json").read_text("utf-8"))["treaties"]}


def delay(given: dict[str, Any]) -> str:
    kind, unit = KINDS[given["kind"]]
    return f'{{ kind = "{kind}", number = {given[unit]} }}'


def condition(given: dict[str, Any]) -> str:
    if given["kind"] == "members_of":
        return f'kind = "members-of"\ngroup = "{GROUPS[given["group"]]}"\nnumber = {given["n"]}'
    if given["kind"] == "share":
        return f'kind = "share"\npercent = {given["percent"]}'
    assert given["kind"] == "parent_in_force"
    entered = facts()[given["parent"]]["true_entry_into_force"]
    return f'kind = "parent-in-force"\nparent = "{given["parent"]}"\nentered = {entered}'


def clause_file(one: dict[str, Any]) -> str:
    counts = ", ".join(f'"{action.replace(" ", "-")}"' for action in one["counts"])
    assert one["reio"] in ("not_counted_additional", "n/a")
    text = f"""id = "{one["id"]}"
name = "{one["name"]}"
[clause]
threshold = {one["threshold"]}
counts = [{counts}]
delay = {delay(one["delay"])}
late = {delay(one["late"])}
"""
    return text + (f"[[clause.condition]]\n{condition(one['extra'])}\n" if one["extra"] else "")


@cache
def world(name: str) -> tuple[Treaty, tuple[Deposit, ...], Beside]:
    treaty = read_treaty(clause_file(facts()[name]), name=f"{name}.toml")
    text = (FACTS / "deposits" / f"{name}.csv").read_text("utf-8")
    deposits = read_treaty_deposits(text, name=f"{name}.csv", treaty=treaty)
    if name != "paris":
        return treaty, deposits, Beside()
    shares = (FACTS / "paris_shares.csv").read_text("utf-8")
    return treaty, deposits, Beside(shares=read_shares(shares, name="shares.csv", states=treaty.states))


@cache
def computed(name: str) -> Computed:
    treaty, deposits, beside = world(name)
    return compute(treaty, deposits, beside=beside)


def test_every_treaty_of_the_facts_is_tried() -> None:
    assert sorted(TREATIES) == sorted(facts())


@pytest.mark.parametrize("name", TREATIES)
def test_a_real_treaty_entered_into_force_on_its_true_day(name: str) -> None:
    found = computed(name)
    assert found.entered == date.fromisoformat(facts()[name]["true_entry_into_force"])
    assert found.count >= found.threshold
    assert found.deciding
    assert all(words.en and words.fr for words in found.because)
    assert all(one.because.en and one.because.fr for one in found.states)


def late_joiners() -> Iterator[dict[str, str]]:
    yield from csv.DictReader((FACTS / "late_joiners.csv").read_text("utf-8").splitlines())


def test_every_state_was_bound_on_its_true_day() -> None:
    checked = 0
    for row in late_joiners():
        treaty, deposits, beside = world(row["treaty_id"])
        day = date.fromisoformat(row["deposit"])
        deposit = Deposit(state="FRA", instrument=row["treaty_id"], action=row["action"], earliest=day, latest=day)
        found = entry(treaty.clause, deposits, treaty.states, adopted=treaty.adopted, beside=beside)
        true = date.fromisoformat(row["true_entry_into_force"])
        assert binding(treaty.clause, deposit, found, adopted=treaty.adopted) == (true, true), row
        checked += 1
    assert checked == 297


def test_the_answer_for_each_state_is_its_true_day_wherever_its_deposit_is_listed() -> None:
    checked = 0
    for row in late_joiners():
        for one in computed(row["treaty_id"]).states:
            if one.name.en == row["state"] and str(one.deposited) == row["deposit"]:
                assert str(one.since) == row["true_entry_into_force"], row
                checked += 1
    assert checked > 230


def test_paris_needed_the_share_as_well_as_the_number() -> None:
    treaty, deposits, _ = world("paris")
    without = replace(treaty.clause, conditions=())
    earlier = entry(without, deposits, treaty.states, adopted=treaty.adopted)
    assert earlier.day[0] is not None
    assert earlier.day[0] < date(2016, 11, 4)
    assert any("percent" in words.en for words in computed("paris").because)


def test_the_delay_of_the_clause_is_the_delay_of_the_treaty() -> None:
    treaty, _, _ = world("ottawa")
    assert after(date(1998, 9, 16), treaty.clause.delay) == date(1999, 3, 1)
