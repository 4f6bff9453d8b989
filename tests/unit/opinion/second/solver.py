"""The rules of the Hanoi Convention as a solver reads them, and the same facts as the program takes them.

`rules.lp`, `articles.lp`, `cooperation.lp` and `contents.lp` are the second statement of the rules. A reading is one
assignment of a value to every fact of a measure, with everything that the solver derives from it for both chairs.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import clingo

from rogatory.law.form import Field
from rogatory.law.loader import load_law
from rogatory.opinion.engine import assess
from rogatory.opinion.facts import Declared, Facts
from rogatory.opinion.findings import Opinion
from rogatory.status.engine import Status
from rogatory.status.model import Deposit

FOLDER = Path(__file__).parent
LAW = load_law()
MEASURES = tuple(measure for instrument, measure in LAW.forms if instrument == "uncc")
CHAIRS = ("requesting", "requested")
DAY, BEFORE = date(2028, 3, 1), date(2026, 1, 5)
#: States for each answer to whether it is bound on the day.
REQUESTING = {"yes": "VNM", "no": "THA", "unknown": "KEN"}
REQUESTED = {"yes": "BRA", "no": "CHL", "unknown": "PER"}
BLANK = ("unsaid", "unknown")
SHOWN = ("val", "finding", "decides", "ground", "answer", "contradiction")
FILLING = {"list": ["stated"], "date": "2028-03-05"}
YEARS = {"below": "3", "at": "4", "above": "5"}

#: Provision, topic, verdict, whether the answer of the chair depends on it; with how often it is found.
Findings = Counter[tuple[str, str, str, bool]]
#: Under the key of each ground: its provision, its effect, whether it is available.
Grounds = dict[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is assumed, and what follows for each chair."""

    values: Mapping[str, str]
    findings: Mapping[str, Findings]
    grounds: Grounds
    answers: Mapping[str, str]
    contradictions: tuple[tuple[str, ...], ...]
    tags: frozenset[tuple[str, str]]


class SecondOpinion:
    """The grounded rules of one measure."""

    def __init__(self, measure: str) -> None:
        self.control = clingo.Control(["-c", f"measure={measure.replace('-', '_')}", "--models=0"])
        for file in sorted(FOLDER.glob("*.lp")):
            self.control.load(str(file))
        self.control.ground([("base", [])])
        self.values: dict[str, dict[str, clingo.Symbol]] = {}
        for atom in self.control.symbolic_atoms.by_signature("val", 2):
            key, value = atom.symbol.arguments
            self.values.setdefault(_text(key), {})[_text(value)] = atom.symbol
        themes = self.control.symbolic_atoms.by_signature("theme", 1)
        self.themes = tuple(_text(atom.symbol.arguments[0]) for atom in themes)

    def near(self, start: str, steps: int) -> Iterator[Reading]:
        """Every reading that differs from *start* (`best`, `worst`, `open`) in at most so many facts."""
        yield from self._under(clingo.Function("away", [clingo.Function(start), clingo.Number(steps)]))

    def theme(self, name: str) -> Iterator[Reading]:
        """Every combination of the facts of one theme, the rest at its best."""
        yield from self._under(clingo.Function("theme", [clingo.Function(name)]))

    def of(self, values: Mapping[str, str]) -> Reading:
        """The reading of these values; every fact has one."""
        assumed = [(self.values[key][value], True) for key, value in values.items()]
        with self.control.solve(assumptions=assumed, yield_=True) as models:
            return next(_reading(model) for model in models)

    def _under(self, external: clingo.Symbol) -> Iterator[Reading]:
        self.control.assign_external(external, True)
        try:
            with self.control.solve(yield_=True) as models:
                for model in models:
                    yield _reading(model)
        finally:
            self.control.assign_external(external, False)


@cache
def _text(symbol: clingo.Symbol) -> str:
    return symbol.string if symbol.type is clingo.SymbolType.String else symbol.name


@cache
def _parts(symbol: clingo.Symbol) -> tuple[str, tuple[str, ...]]:
    """The name of an atom and its arguments; the same few hundred atoms come back in every model."""
    return symbol.name, tuple(_text(one) for one in symbol.arguments)


def _reading(model: clingo.Model) -> Reading:
    by_name: dict[str, list[tuple[str, ...]]] = {name: [] for name in SHOWN}
    for symbol in model.symbols(shown=True):
        name, arguments = _parts(symbol)
        by_name[name].append(arguments)
    deciding = set(by_name["decides"])
    findings: dict[str, Findings] = {chair: Counter() for chair in CHAIRS}
    for provision, topic, tag, verdict in by_name["finding"]:
        for chair in CHAIRS:
            counts = (provision, topic, tag, chair) in deciding
            findings[chair][provision, topic, verdict.replace("_", "-"), counts] += 1
    return Reading(
        values={one[0]: one[1] for one in by_name["val"]},
        findings=findings,
        tags=frozenset((tag, verdict) for _, _, tag, verdict in by_name["finding"]),
        grounds={key: (number, effect.replace("_", "-"), free) for number, key, effect, free in by_name["ground"]},
        answers={one[0]: one[1] for one in by_name["answer"]},
        contradictions=tuple(by_name["contradiction"]),
    )


def as_term(text: str) -> str:
    """A key or a value as the solver's files write it."""
    return text if re.fullmatch(r"[a-z][a-z_]*", text) else f'"{text}"'


def complete() -> dict[str, dict[str, Any]]:
    """For each measure a request in which every field is stated."""
    return tomllib.loads((FOLDER.parent / "scenarios/complete.toml").read_text("utf-8"))


def world() -> Status:
    """Forty consents and more: in force, with one State on each side that is bound, one that is not, one perhaps."""
    others = [state for state in Status.load().states if state not in {*REQUESTING.values(), *REQUESTED.values()}]
    sure = [*others[:40], REQUESTING["yes"], REQUESTED["yes"]]
    deposits = [_consent(state, date(2026, 6, 1), date(2026, 6, 1)) for state in sure]
    unsure = (REQUESTING["unknown"], REQUESTED["unknown"])
    deposits += [_consent(state, date(2027, 6, 1), date(2028, 6, 1)) for state in unsure]
    return Status.load(deposits)


def _consent(state: str, earliest: date, latest: date) -> Deposit:
    return Deposit(
        state=state, instrument="uncc", action="ratification", earliest=earliest, latest=latest, practice=True
    )


def facts_of(measure: str, values: Mapping[str, str], complete: Mapping[str, Any]) -> Facts:
    """The *values* of a reading as facts of the program; *complete* is a request in which everything is stated."""
    form = LAW.form(measure)
    contents: dict[str, Any] = {}
    answers: dict[str, str] = {}
    for field in form.fields:
        value = _stated(field, values, complete.get(field.key))
        if value is not None:
            contents[field.key] = value
    for key, value in values.items():
        if key not in form.fields_by_key and key not in _OF_THE_CASE and value not in BLANK:
            answers[key] = value.replace("not_at_all", "not")
    requesting, requested = REQUESTING[values["bound_one"]], REQUESTED[values["bound_other"]]
    return Facts(
        measure=measure,
        requesting=requesting,
        requested=requested,
        on=DAY if values["in_force"] == "yes" else BEFORE,
        exercise=True,
        contents=contents,
        answers=answers,
        declarations=tuple(_declared(requested, values)),
    )


_OF_THE_CASE = ("bound_one", "bound_other", "in_force", "penalty", "reserved", "optional", "language")


def _declared(requested: str, values: Mapping[str, str]) -> Iterator[Declared]:
    if values.get("reserved") == "yes":
        yield Declared(state=requested, provision="42(5)")
    if values.get("language") in ("accepted", "refused"):
        yield Declared(state=requested, provision="40(13)", value="fr")


def _stated(field: Field, values: Mapping[str, str], complete: Any) -> Any:
    """What stands in one field of the form: None when it is left blank."""
    key = field.key
    if key == "language":
        return {"accepted": "fr", "refused": "vi", "unnotified": "fr", "unsaid": None}[values[key]]
    if key == "max_penalty_years" and "penalty" in values:
        return YEARS.get(values["penalty"])
    if key not in values:
        left_out = values["optional"] == "unsaid" and field.required == "as-appropriate"
        return None if left_out else complete or FILLING.get(field.type, "stated")
    value = values[key]
    if key == "offence" and value in ("own", "un"):
        return {"own": complete, "un": "un-treaty"}[value]
    if value == "said":
        return complete or FILLING.get(field.type, "stated")
    offered = any(option.value == "unknown" for option in field.options)
    return None if value == "unsaid" or (value == "unknown" and not offered) else value


def opinions(facts: Facts, status: Status) -> dict[str, Opinion]:
    """The program's opinion for each chair."""
    return {chair: assess(facts, law=LAW, status=status, chair=chair) for chair in CHAIRS}


def differences(reading: Reading, found: Mapping[str, Opinion]) -> list[str]:
    """Everything in which the program and the solver differ, in words."""
    told: list[str] = []
    for chair, opinion in found.items():
        ours = Counter((one.provision, one.topic, one.verdict.value, one.decisive) for one in opinion.findings)
        theirs = reading.findings[chair]
        told += [f"{chair}: only the program: {one}" for one in ours - theirs]
        told += [f"{chair}: only the solver: {one}" for one in theirs - ours]
        grounds = {one.key: (one.provision, one.effect, one.available.value) for one in opinion.grounds}
        told += [
            f"{chair}: ground {key}: program {grounds.get(key)}, solver {reading.grounds.get(key)}"
            for key in {**grounds, **reading.grounds}
            if grounds.get(key) != reading.grounds.get(key)
        ]
        if opinion.answer.value != reading.answers[chair]:
            told.append(f"{chair}: answer: program {opinion.answer.value}, solver {reading.answers[chair]}")
    return told
