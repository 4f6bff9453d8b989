"""Exact money, pledges by the day, and how far projects are."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rogatory.assistance import money, pledges, projects
from rogatory.assistance.entries import check
from rogatory.assistance.pledges import Outcome
from rogatory.assistance.shape import BadEntry

TODAY = date(2028, 3, 1)
AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=4).map(lambda one: f"{one:f}")


def given_(amount: str, *paid: str, currency: str = "EUR", due: str = "") -> dict[str, object]:
    payments = [{"paid_on": "2028-01-01", "amount": one} for one in paid]
    return {"amount": amount, "currency": currency, "payments": payments, **({"due": due} if due else {})}


def test_cents_add_up_exactly_and_currencies_stay_apart() -> None:
    found = money.totals(
        money.contribution(one, TODAY)
        for one in (
            given_("0.10", "0.10"),
            given_("0.20", "0.05", due="2028-02-29"),
            given_("100", "130", currency="USD", due="2028-03-01"),
        )
    )
    assert [one.currency for one in found] == ["EUR", "USD"]
    euro, dollar = found
    assert (euro.pledged, euro.paid, euro.open, euro.late) == tuple(map(Decimal, ("0.30", "0.15", "0.15", "0.15")))
    assert (dollar.beyond, dollar.open, dollar.late, dollar.percent) == (Decimal(30), Decimal(0), Decimal(0), 100)


@given(st.lists(st.tuples(AMOUNTS, st.lists(AMOUNTS, max_size=3)), max_size=6))
def test_nothing_is_lost_or_rounded(several: list[tuple[str, list[str]]]) -> None:
    sums = [money.contribution(given_(pledged, *paid), TODAY) for pledged, paid in several]
    for total in money.totals(sums):
        assert total.pledged == sum(Decimal(pledged) for pledged, _ in several)
        assert total.paid == sum(Decimal(one) for _, paid in several for one in paid)
        assert total.pledged + total.beyond == total.paid + total.open
        assert 0 <= total.percent <= 100


@pytest.mark.parametrize(
    ("said", "outcome", "left"),
    [
        ({}, Outcome.OPEN, None),
        ({"due": "2028-12-01"}, Outcome.OPEN, 275),
        ({"due": "2028-03-31"}, Outcome.SOON, 30),
        ({"due": "2028-03-01"}, Outcome.SOON, 0),
        ({"due": "2028-02-29"}, Outcome.LATE, -1),
        ({"due": "2028-02-01", "outcome": "fulfilled", "fulfilled_on": "2028-02-01"}, Outcome.FULFILLED, None),
        ({"due": "2028-02-01", "outcome": "fulfilled", "fulfilled_on": "2028-02-02"}, Outcome.FULFILLED_LATE, None),
        ({"due": "2028-02-01", "outcome": "withdrawn"}, Outcome.WITHDRAWN, None),
    ],
)
def test_a_pledge_stands_by_its_day(said: dict[str, str], outcome: Outcome, left: int | None) -> None:
    found = pledges.standing({"follow_ups": [{"day": "2028-01-02", "what": "x"}], **said}, TODAY)
    assert (found.outcome, found.days_left, found.last_follow_up) == (outcome, left, "2028-01-02")


def test_a_project_is_as_far_as_its_activities_and_says_what_is_late() -> None:
    body = {
        "activities": [
            {"title": "a", "status": "done", "ends": "2028-01-01"},
            {"title": "b", "done": 40, "ends": "2028-02-01"},
            {"title": "c", "status": "planned", "done": 90},
            {"title": "d", "status": "cancelled", "ends": "2027-01-01"},
        ],
        "trainees": [{"training": 1, "role": "judges", "sex": "women", "count": 3}, {"training": 1, "count": 2}],
        "indicators": [{"title": "i", "baseline": "10", "value": "15", "target": "20"}, {"title": "j", "value": "1"}],
    }
    found = projects.progress(body, TODAY)
    assert (found.percent, found.late, found.trained) == (46, ("b",), 5)
    assert found.by_sex == {"women": 3, "unsaid": 2}
    assert [one.percent for one in found.indicators] == [50, None]


@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("project", {"title": "x", "trainees": [{"training": 1, "count": 1}]}, "trainees 1 training"),
        ("project", {"title": "x", "activities": [{"title": "a", "done": 101}]}, "activities 1 done"),
        ("funding", {"title": "x", "by": "y", "account": "project", "amount": "1", "currency": "EUR"}, "project"),
        ("funding", {"title": "x", "by": "y", "account": "other", "amount": "1e3", "currency": "EUR"}, "amount"),
        ("funding", {"title": "x", "by": "y", "account": "other", "amount": "1", "currency": "euro"}, "currency"),
        ("pledge", {"title": "x", "text": "t", "by": "b", "made_at": "m", "outcome": "fulfilled"}, "fulfilled_on"),
        ("need", {"title": "x", "what": "w", "help": ["training"], "amount": "5"}, "currency"),
        ("need", {"title": "x", "what": "w", "help": ["flying"]}, "help"),
        ("need", {"title": "x\ny", "what": "w", "help": ["training"]}, "title"),
        ("need", {"title": "x" * 301, "what": "w", "help": ["training"]}, "title"),
        ("need", {"title": "x\u202e", "what": "w", "help": ["training"]}, "title"),
        ("need", {"title": "x", "what": "w", "help": ["training"], "persons": True}, "persons"),
        ("need", {"title": "x", "what": "w", "help": ["training"], "persons": -1}, "persons"),
        ("need", {"title": "x", "what": "w", "help": "training"}, "help"),
        ("need", {"title": "x", "what": "w", "help": ["training"], "wish": "x"}, "wish"),
        ("offer", {"title": "x", "what": "w", "by": "b", "help": ["funds"], "states": ["Ghana"]}, "states"),
        ("offer", {"title": "x", "what": "w", "by": "b", "help": ["funds"], "link": "javascript:x"}, "link"),
    ],
)
def test_what_cannot_be_is_refused_with_the_name_of_its_field(kind: str, said: dict[str, object], field: str) -> None:
    with pytest.raises(BadEntry) as caught:
        check(kind, said)
    assert [one.field for one in caught.value.faults] == [field]
    assert all(one.says.en != one.says.fr for one in caught.value.faults)
