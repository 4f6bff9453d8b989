"""Where every State stands on its way to joining: the status says what is signed and deposited, people the rest.

1. Signature and deposit are read from the status and never typed.
2. Of the steps that people entered, those that stand on the day count: the latest one says the stage, and what was
   corrected or taken back says nothing.
3. A deposit is last: with it every step before has had its day.
4. For everybody, only steps that are public count, so that nobody can read from a stage what is not public.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from rogatory.casefile.cites import HOME
from rogatory.law.words import Answer
from rogatory.office.outreach.models import OutreachStep, StepKind
from rogatory.status.engine import Status
from rogatory.status.model import Deposit, State

INSTRUMENT = HOME
#: The stages in their order, each with its letter and its name.
STAGES: Mapping[str, tuple[str, object]] = {
    "not-signed": ("–", _("not signed")),
    "signed": ("S", _("signed")),
    "before-parliament": ("B", _("before parliament")),
    "approved": ("A", _("approved")),
    "instrument-ready": ("I", _("instrument ready")),
    "deposited": ("D", _("deposited")),
}
RANK = {stage: number for number, stage in enumerate(STAGES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One State: its stage and since when, what the status knows, and the steps that people entered and that stand.

    `unsure` says that what the stage rests on is not certain; `step` is that step, where it is one.
    """

    state: State
    stage: str
    since: date | None
    unsure: bool
    signed: Deposit | None
    deposited: Deposit | None
    step: OutreachStep | None
    steps: tuple[OutreachStep, ...]

    @property
    def letter(self) -> str:
        """The letter of its stage."""
        return STAGES[self.stage][0]

    @property
    def word(self) -> object:
        """The name of its stage."""
        return STAGES[self.stage][1]

    @property
    def group(self) -> str:
        """Its regional group; `none` for a State in no group."""
        return self.state.group or "none"

    @property
    def rank(self) -> int:
        """How far it is."""
        return RANK[self.stage]


def standing_steps(steps: Iterable[OutreachStep]) -> list[OutreachStep]:
    """Of every entry of a step the last correction, without those that were taken back, the earliest first."""
    every = list(steps)
    corrected = {step.corrects_id for step in every}
    found = [step for step in every if step.pk not in corrected and not step.taken_back]
    return sorted(found, key=lambda step: (step.taken_on, step.pk))


def places(status: Status, on: date, *, public: bool = False) -> tuple[Place, ...]:
    """Every State, and the regional organisation, on that day; with *public*, from public steps alone."""
    by_state: dict[str, list[OutreachStep]] = {}
    for step in standing_steps(OutreachStep.objects.select_related("entered_by")):
        if step.public or not public:
            by_state.setdefault(step.iso3, []).append(step)
    return tuple(_place(status, state, on, by_state.get(code, ())) for code, state in status.states.items())


def place(status: Status, iso3: str, on: date, *, public: bool = False) -> Place:
    """One State on that day; raises `UnknownState`."""
    state = status.state(iso3)
    rows = OutreachStep.objects.filter(iso3=iso3).select_related("entered_by")
    return _place(status, state, on, [one for one in standing_steps(rows) if one.public or not public])


def _place(status: Status, state: State, on: date, steps: Sequence[OutreachStep]) -> Place:
    signed, deposited = _signed(status, state, on), _deposited(status, state, on)
    taken = [step for step in steps if step.taken_on <= on]
    step = taken[-1] if taken and taken[-1].kind != StepKind.RETURNED else None
    basis = deposited or (None if step else signed)
    if deposited:
        stage, since = "deposited", deposited.on
    elif step:
        stage, since = step.kind, step.taken_on
    else:
        stage, since = ("signed", signed.on) if signed else ("not-signed", None)
    certainty = basis.certainty if basis else step.certainty if step else "high"
    return Place(
        state=state,
        stage=stage,
        since=since,
        unsure=certainty != "high",
        signed=signed,
        deposited=deposited,
        step=None if deposited else step,
        steps=tuple(steps),
    )


def _signed(status: Status, state: State, on: date) -> Deposit | None:
    every = status.deposits(INSTRUMENT, state=state.iso3)
    return next((one for one in every if one.action == "signature" and one.done_by(on) is not Answer.NO), None)


def _deposited(status: Status, state: State, on: date) -> Deposit | None:
    """Its instrument of consent, where one is there or is reported without its day, and was not denounced since."""
    consent = status.standing(state.iso3, INSTRUMENT, on).deposit
    if consent is None or consent.done_by(on) is Answer.NO:
        return None
    after = consent.latest or date.min
    left = [one for one in status.deposits(INSTRUMENT, state=state.iso3) if one.action == "denunciation"]
    return None if any(one.done_by(on) is Answer.YES and (one.latest or on) >= after for one in left) else consent
