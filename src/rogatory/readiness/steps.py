"""The checklist from signature to Party, computed: every step with its provision, who, why, until when, by what fact.

A step is `done`, `open` or `not-needed`, never by a guess: by what status knows, by what the choices say, by what was
filed, or because somebody marked it. Only steps of national procedure can be marked; what the depositary has, he has.
Once the instrument is deposited, the steps that led to it lie behind. The steps stand in `data/steps.toml`, the notices
among them in the law data.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from rogatory.errors import NotPermitted
from rogatory.law.model import Law
from rogatory.law.sentences import load_sentences
from rogatory.law.words import NO_WORDS, Words
from rogatory.readiness.catalogue import HOME
from rogatory.readiness.choices import Choices
from rogatory.readiness.consent import Signing, manner_provision
from rogatory.readiness.filing import Filed
from rogatory.readiness.papers.model import Paper
from rogatory.status.engine import Status

DONE, OPEN, NOT_NEEDED = "done", "open", "not-needed"
MARKS = (DONE, OPEN, NOT_NEEDED)
#: Steps with these rules are for people to mark.
MARKABLE = ("marked", "paper", "drill", "assessed", "amended")
MAX_NOTE = 500
SENTENCES = ("rogatory.readiness", "facts.toml")


class UnmarkableStep(NotPermitted):
    """This step is done by a fact, not by a mark."""

    code = "unmarkable-step"
    remedy = "The checklist says by what fact it is done: a choice, a filing, or the status of the Convention."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Somebody said that a step is `done`, `open` again or `not-needed`, as of a day, with a note."""

    step: str
    state: str
    on: date
    note: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """How far the newest assessment of the State's law is: of all obligations so many are judged, so many short.

    `short` counts what shall be in the law and is judged to be missing, partly there or disputed.
    """

    title: str
    judged: int
    of: int
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything that the checklist is computed from; `drill` is the day of the last drill that was passed."""

    law: Law
    status: Status
    state: str
    on: date
    signing: Signing
    choices: Choices
    papers: tuple[Paper, ...]
    filed: tuple[Filed, ...]
    marks: Mapping[str, Mark] = field(default_factory=dict)
    drill: date | None = None
    assessed: Assessed | None = None

    def paper(self, id: str) -> Paper | None:
        """The draft of that id, if there is one."""
        return next((one for one in self.papers if one.id == id), None)

    @property
    def deposited(self) -> bool:
        """Whether an instrument of consent of the State is known."""
        return self.status.standing(self.state, HOME, self.on).deposit is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """By what fact a step is in its state."""

    state: str
    because: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: under which provision (none: good order), who, why, until when, its state and by what fact.

    `by` is the last day where one is fixed; `paper` the draft that goes with it; `certainty` that of our description
    of the provision.
    """

    id: str
    stage: str
    stage_name: Words
    provision: str
    title: Words
    who: Words
    why: Words
    due: Words
    by: date | None
    state: str
    because: Words
    paper: str = ""
    markable: bool = False
    certainty: str = "high"
    checked: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A step as the data describe it, before it is held against the facts."""

    id: str
    stage: str
    rule: str
    provision: str
    who: Words
    title: Words
    why: Words
    choice: str = ""
    notice: str = ""


def say(name: str, /, **values: object) -> Words:
    """A sentence of `data/facts.toml` with its places filled."""
    return load_sentences(*SENTENCES).say(name, **values)


@cache
def plans() -> tuple[Plan, ...]:
    """The steps of `data/steps.toml`, in their order."""
    text = (files("rogatory.readiness") / "data/steps.toml").read_text("utf-8")
    return tuple(_plan(table) for table in tomllib.loads(text)["step"])


def _plan(table: Mapping[str, Any]) -> Plan:
    words = {name: Words(table[name]["en"], table[name]["fr"]) for name in ("who", "title", "why")}
    return Plan(**{**table, **words})


def require_markable(step: str, state: str, checklist: Sequence[Step]) -> None:
    """Nothing, where people may mark that step so; raises `UnmarkableStep`."""
    found = next((one for one in checklist if one.id == step), None)
    if found is None or not found.markable or state not in MARKS:
        able = ", ".join(one.id for one in checklist if one.markable)
        raise UnmarkableStep(f"{step!r} cannot be marked as {state!r}; these can: {able}")


def present(situation: Situation, plan: Plan, fact: Fact, *, paper: str = "") -> Step:
    """The step as a person sees it."""
    number = _provision(situation, plan)
    checked = situation.law.provision(HOME, number).checked if number else None
    due, by = _due(situation, plan)
    return Step(
        id=plan.id,
        stage=plan.stage,
        stage_name=say(f"stage-{plan.stage}"),
        provision=number,
        title=plan.title,
        who=plan.who,
        why=plan.why,
        due=due,
        by=by,
        state=fact.state,
        because=fact.because,
        paper=paper,
        markable=plan.rule in MARKABLE,
        certainty=checked.certainty if checked else "high",
        checked=checked.words if checked else NO_WORDS,
    )


def _provision(situation: Situation, plan: Plan) -> str:
    """The provision of a step; those on consent follow the manner that was chosen."""
    chosen = situation.choices.manner
    return manner_provision(chosen) if chosen and plan.provision == manner_provision("") else plan.provision


def _due(situation: Situation, plan: Plan) -> tuple[Words, date | None]:
    closes = situation.signing.closes
    if plan.provision == situation.signing.provision:
        return say("due-by", day=closes), closes
    if plan.stage in ("consent", "deposit") and plan.rule != "deposited":
        return say("due-before-deposit"), None
    if plan.stage in ("institutions", "law"):
        return say("due-before-force"), None
    return say("due-open"), None


def stages(checklist: Sequence[Step]) -> Iterator[tuple[str, int, int]]:
    """Each stage with how many of its steps are done or not needed, and how many there are."""
    for stage in dict.fromkeys(one.stage for one in checklist):
        mine = [one for one in checklist if one.stage == stage]
        yield stage, sum(one.state != OPEN for one in mine), len(mine)
