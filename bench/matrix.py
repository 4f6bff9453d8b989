"""Who can ask whom: every State, every State, every measure, with reasons, against a plain double loop in the same run.

Each round asks about another day, so that no standing is remembered from the round before. The plain loop asks
`Status.common` for each pair of a sample of States and each measure; its standings are remembered, ours are computed.
Where both look at the same pair, they must agree.
"""

import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from bench.measure import Table, median, spread
from rogatory.law.plain import plain
from rogatory.status import answers
from rogatory.status.engine import Status
from rogatory.status.matrix import Matrix
from rogatory.status.practice import hanoi_exercise

FIRST_DAY = date(2028, 3, 1)
AIM_SECONDS = 5


def run(*, rounds: int, sample: int) -> Table:
    """The table, each figure the median of *rounds*; the plain loop goes over *sample* States."""
    status = Status.load(hanoi_exercise())
    days = [FIRST_DAY + timedelta(days=number) for number in range(rounds)]
    whole = [_timed(partial(_whole, status, day)) for day in days]
    text = [_timed(partial(_as_json, status, day + timedelta(days=rounds))) for day in days]
    gains = [_timed(Matrix(status, day).gains) for day in days]
    matrix = Matrix(status, FIRST_DAY)
    chosen = matrix.states[:: max(1, len(matrix.states) // sample)][:sample]
    loops = [_timed(partial(_plain_loop, status, day, chosen, matrix.measures)) for day in days]
    _require_same(status, matrix, chosen)
    pairs = len(matrix.states) * (len(matrix.states) - 1) * len(matrix.measures)
    looped = len(chosen) * (len(chosen) - 1) * len(matrix.measures)
    ours, theirs = median(whole) / pairs, median(loops) / looped
    rows = (
        ("every pair and measure, with reasons", pairs, whole),
        ("the same, with gains, as JSON", pairs, text),
        ("which ratification opens most", len(matrix.states) * len(matrix.instruments), gains),
        (f"plain double loop over {len(chosen)} States", looped, loops),
    )
    return Table(
        name="The matrix of who can ask whom",
        command="python -m bench matrix",
        headings=("what", "answers", "s", "of the rounds", "ns an answer"),
        rows=tuple(_row(name, count, times) for name, count, times in rows),
        notes=(
            f"{len(matrix.states)} States, {len(matrix.measures)} measures, {rounds} rounds, one thread",
            f"an answer of the plain loop takes {theirs / ours:,.0f} times as long; aim: all of it in {AIM_SECONDS} s",
        ),
    )


def _row(name: str, count: int, times: list[float]) -> tuple[str, ...]:
    each = f"{median(times) / count * 1e9:,.1f}"
    return (name, f"{count:,}", f"{median(times):.4f}", spread(times, 4), each)


def _whole(status: Status, day: date) -> None:
    matrix = Matrix(status, day)
    assert matrix.grids
    assert matrix.reasons()


def _as_json(status: Status, day: date) -> str:
    return json.dumps(plain(answers.who_can_ask(status, day)))


def _plain_loop(
    status: Status, day: date, states: tuple[str, ...], measures: tuple[str, ...]
) -> dict[tuple[str, str, str], tuple[str, ...]]:
    return {
        (one, other, measure): tuple(
            name for name in status.common(one, other, day) if measure in status.law.instrument(name).measures
        )
        for measure in measures
        for one in states
        for other in states
        if one != other
    }


def _require_same(status: Status, matrix: Matrix, states: tuple[str, ...]) -> None:
    """Nothing, when matrix and loop give the same instruments for every pair of the sample."""
    reasons, place = matrix.reasons(), {state: number for number, state in enumerate(matrix.states)}
    grids = {grid.measure: grid for grid in matrix.grids}
    for (one, other, measure), found in _plain_loop(status, matrix.on, states, matrix.measures).items():
        letter = grids[measure].rows[place[one]][place[other]]
        if reasons[letter].by != found:
            raise SystemExit(f"{one} to {other}, {measure}: the matrix and the loop differ")


def _timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin
