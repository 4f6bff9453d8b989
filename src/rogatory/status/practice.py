"""Deposits of an exercise: invented, marked so, and never mixed with true ones.

An exercise runs between practice States on a practice date. Its deposits stand in a file like the true ones; every
answer that rests on them says that it is practice.
"""

from functools import cache
from importlib.resources import files

from rogatory.status.deposits import read_deposits, read_states
from rogatory.status.model import Deposit


def read_practice(text: str, *, name: str) -> tuple[Deposit, ...]:
    """The practice deposits of a CSV text; raises `BadDeposits` with the line."""
    states = read_states((files("rogatory.status") / "data/states.csv").read_text("utf-8"), name="states.csv")
    return read_deposits(text, name=name, states=states, practice=True)


@cache
def hanoi_exercise() -> tuple[Deposit, ...]:
    """The exercise that ships with the program: the Convention binds VNM, FRA and others on 2028-03-01."""
    text = (files("rogatory.status") / "data/practice/hanoi-exercise.csv").read_text("utf-8")
    return read_practice(text, name="hanoi-exercise.csv")
