"""The JSON of an opinion and of the facts that it is asked about, as schemas.

The shape is that of `opinion.findings.Opinion.to_json` and of `opinion.reading.FACTS`; a test compares their keys.
"""

from datetime import date
from typing import Annotated, Literal

from ninja import Field, Schema

from rogatory.law.words import Answer, Words
from rogatory.opinion.findings import Verdict

Value = str | float | bool
Values = dict[str, Value | list[Value]]
FIND = "A treaty, or `find`: the one that carries the request best."
CONTENTS = "The fields of the form, by their keys: `show_form` lists them."
ANSWERS = "What an officer knows, by the keys of the opinion's `questions`; `unknown` is always an answer."
EVENTS = "Days on which something happened that starts a period."


class DeclaredFact(Schema):
    """A reservation or notification that the depositary's list does not carry yet."""

    state: str
    provision: str
    value: str = ""
    on: date | None = None


class FactsBody(Schema):
    """The facts of one request; every other key is refused."""

    measure: str
    requesting: Annotated[str, Field(description="The requesting State, by ISO 3166 alpha-3 code.")]
    requested: Annotated[str, Field(description="The requested State, by ISO 3166 alpha-3 code.")]
    on: Annotated[date | None, Field(description="The day of the request; left out: today.")] = None
    instrument: Annotated[str, Field(description=FIND)] = "uncc"
    exercise: bool = False
    contents: Annotated[Values, Field(description=CONTENTS, default_factory=dict)]
    answers: Annotated[Values, Field(description=ANSWERS, default_factory=dict)]
    events: Annotated[dict[str, date], Field(description=EVENTS, default_factory=dict)]
    declarations: Annotated[list[DeclaredFact], Field(default_factory=list)]


class CheckedWords(Schema):
    """How a description was checked, and how sure that makes it, in words."""

    how: str
    certainty: str
    note: str
    words: Words


class FindingBody(Schema):
    """One provision applied to the facts; `decisive` when the answer depends on it."""

    provision: str
    instrument: str
    topic: str
    what: Words
    verdict: Verdict
    because: list[Words]
    remedy: Words | None
    force: str
    kind: str
    checked: CheckedWords
    decisive: bool
    fundamental: bool


class GroundBody(Schema):
    """A ground on which the requested State may decline or postpone, and whether it is available."""

    key: str
    provision: str
    instrument: str
    what: Words
    question: Words
    available: Answer
    available_when: Answer
    effect: str
    because: Words
    checked: CheckedWords


class DutyBody(Schema):
    """Something the State in this chair has to do, and when."""

    provision: str
    instrument: str
    moment: str
    what: Words
    reminder: Words
    force: str
    checked: CheckedWords


class DeadlineBody(Schema):
    """A period that a provision sets; `due` is known once the event that starts it has a day."""

    provision: str
    instrument: str
    label: Words
    rule: str
    starts_on: str
    started: date | None
    days: int | None
    due: date | None
    sentence: Words
    checked: CheckedWords


class MissingBody(Schema):
    """A fact that would help to settle the answer."""

    key: str
    kind: str
    provision: str
    question: Words
    alone: Annotated[bool, Field(description="Whether this fact alone could settle the answer.")]


class ChoiceBody(Schema):
    """One value that a question allows."""

    value: str
    label: Words


class QuestionBody(Schema):
    """What an officer may answer, and what is known of it so far."""

    key: str
    provision: str
    type: str
    label: Words
    help: Words | None
    choices: list[ChoiceBody]
    known: str | None


class AlternativeBody(Schema):
    """Another instrument that binds (or may bind) both States on that day, and what it could serve for."""

    instrument: str
    name: Words
    provision: str
    binds_both: Answer
    serves: Words
    scope: Words
    because: list[Words]


class OpinionBody(Schema):
    """Every provision that applies, applied; and the answer to the question that this chair asks."""

    version: int
    measure: str
    instrument: str
    requesting: str
    requested: str
    on: date
    chair: Literal["requesting", "requested"]
    exercise: bool
    notice: Words | None
    question: Words
    answer: Answer
    sentence: Words
    findings: list[FindingBody]
    grounds: list[GroundBody]
    duties: list[DutyBody]
    deadlines: list[DeadlineBody]
    missing: list[MissingBody]
    questions: list[QuestionBody]
    alternatives: list[AlternativeBody]
