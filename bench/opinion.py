"""Opinions on access to stored data: the program, a solver and a policy engine on the same rules and the same facts.

The rules for clingo are the second statement of the tests (`tests/unit/opinion/second`), those for Cedar stand in
`stored_data.cedar`. Both give less than the program: neither words nor remedies, duties, periods, questions or what is
missing; Cedar not even what is met. Every answer is compared before anything is timed. One core, in turns, by the
processor's time, so that what else the machine does counts less.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cedarpy
import clingo
from tests.unit.opinion.second import solver

from bench.measure import Table, median, percentile
from rogatory.opinion.engine import assess
from rogatory.opinion.facts import Facts

MEASURE = "stored-data"
POLICIES = Path(__file__).parent / "stored_data.cedar"
AIM_MS, AIM_TIMES = 1.0, 10

Answers = tuple[str, str]
Values = Mapping[str, str]


def run(*, rounds: int, sample: int) -> Table:
    """The table over *sample* requests, each assessed from both chairs in each of *rounds*."""
    second = solver.SecondOpinion(MEASURE)
    cases = _cases(second, sample)
    complete = solver.complete()[MEASURE]
    facts = [solver.facts_of(MEASURE, values, complete) for values in cases]
    program, cedar = _Program(), _Cedar()
    ways: dict[str, Callable[[int], Answers]] = {
        "Rogatory, everything explained": lambda place: program.answers(facts[place]),
        "clingo, grounded once, then solved": lambda place: _solved(second, cases[place]),
        "clingo, read, grounded and solved": lambda place: _from_text(cases[place]),
        "Cedar, policies parsed once": lambda place: cedar.answers(cases[place], cedar.parsed),
        "Cedar, policies as text": lambda place: cedar.answers(cases[place], cedar.text),
    }
    for place, values in enumerate(cases):
        if len(said := {way(place) for way in ways.values()}) != 1:
            raise AssertionError(f"not one answer on {values}: {said}")
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for place in range(len(cases)):
            for name, way in ways.items():
                begin = time.process_time()
                way(place)
                times[name].append((time.process_time() - begin) * 1e3 / 2)
    return _table(times, len(cases), rounds)


def _table(times: Mapping[str, Sequence[float]], cases: int, rounds: int) -> Table:
    ours = median(next(iter(times.values())))
    rows = tuple(
        (name, f"{median(found):.3f}", f"{percentile(found, 0.99):.3f}", f"{median(found) / ours:.2f}")
        for name, found in times.items()
    )
    return Table(
        name="Opinions on access to stored data",
        command="python -m bench opinion",
        headings=("what", "ms of processor an opinion, median", "p99", "times the program's"),
        rows=rows,
        notes=(
            f"{cases} requests, both chairs, {rounds} rounds in turns on one core; every answer was the same",
            f"aimed at: at most {AIM_MS:.0f} ms, and {AIM_TIMES} times as fast as clingo and Cedar",
            "the solver and Cedar give the answer and the rules behind it; the program also words, remedies, duties,",
            "periods, questions and what is missing",
        ),
    )


def _cases(second: solver.SecondOpinion, sample: int) -> list[Values]:
    """Requests near one with nothing against it, near one of which nothing is known, and near one with all against."""
    near = [reading.values for start in ("best", "open", "worst") for reading in second.near(start, 1)]
    return near[:: max(1, len(near) // sample)][:sample]


class _Program:
    def __init__(self) -> None:
        self.status = solver.world()

    def answers(self, facts: Facts) -> Answers:
        one, other = (assess(facts, law=solver.LAW, status=self.status, chair=chair) for chair in solver.CHAIRS)
        return one.answer.value, other.answer.value


def _solved(second: solver.SecondOpinion, values: Values) -> Answers:
    assumed = [(second.values[key][value], True) for key, value in values.items()]
    with second.control.solve(assumptions=assumed, yield_=True) as models:
        return _answers_in(models)


def _from_text(values: Values) -> Answers:
    control = clingo.Control(["-c", f"measure={MEASURE.replace('-', '_')}"])
    for file in sorted(solver.FOLDER.glob("*.lp")):
        control.load(str(file))
    facts = " ".join(f"val({solver.as_term(key)}, {solver.as_term(value)})." for key, value in values.items())
    control.add("base", [], facts)
    control.ground([("base", [])])
    with control.solve(yield_=True) as models:
        return _answers_in(models)


def _answers_in(models: clingo.SolveHandle) -> Answers:
    shown = next(model.symbols(shown=True) for model in models)
    found = {str(one.arguments[0]): str(one.arguments[1]) for one in shown if one.name == "answer"}
    return found["requesting"], found["requested"]


class _Cedar:
    def __init__(self) -> None:
        self.text = POLICIES.read_text(encoding="utf-8")
        self.parsed = cedarpy.PolicySet.from_str(self.text)
        self.entities = cedarpy.Entities.from_json_str("[]")

    def answers(self, values: Values, policies: "str | cedarpy.PolicySet") -> Answers:
        replaced = values["other_treaty"] == "yes" and values["paragraphs_chosen"] != "yes"
        context = {**values, "replaced": "yes" if replaced else "no"}
        return self._answer(context, "requesting", policies), self._answer(context, "requested", policies)

    def _answer(self, context: Values, chair: str, policies: "str | cedarpy.PolicySet") -> str:
        request = {
            "principal": 'State::"one"',
            "action": f'Action::"{chair}"',
            "resource": 'Request::"this"',
            "context": context,
        }
        told = cedarpy.is_authorized(request, policies, self.entities).diagnostics
        if told.errors:
            raise AssertionError(told.errors)
        reasons = told.id_annotations_by_reason
        kinds = {name.partition(" ")[0] for name in reasons.values() if name}
        if "no" in kinds or (chair == "requesting" and "against" in kinds):
            return "no"
        return "unknown" if kinds else "yes"
