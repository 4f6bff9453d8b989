"""What an opinion consists of, and its form as JSON, which is stable and may be stored beside a draft.

An opinion advises and cites; it never decides. Every part names its provision and how our description of that
provision was checked.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rogatory.law.checked import Checked
from rogatory.law.words import NO_WORDS, Answer, Words

VERSION = 2


class Verdict(StrEnum):
    """How the facts stand to a provision."""

    MET = "met"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One provision applied to the facts; `decisive` when the answer depends on it.

    What is not met and `fundamental` cannot be mended by completing the request.
    """

    provision: str
    instrument: str
    topic: str
    what: Words
    verdict: Verdict
    because: tuple[Words, ...]
    remedy: Words
    force: str
    kind: str
    checked: Checked
    decisive: bool
    fundamental: bool = False

    def to_json(self) -> dict[str, Any]:
        """This finding as JSON."""
        return {
            "provision": self.provision,
            "instrument": self.instrument,
            "topic": self.topic,
            "what": self.what.to_json(),
            "verdict": self.verdict.value,
            "because": [words.to_json() for words in self.because],
            "remedy": self.remedy.to_json() if self.remedy.en else None,
            "force": self.force,
            "kind": self.kind,
            "checked": checked_json(self.checked),
            "decisive": self.decisive,
            "fundamental": self.fundamental,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundFinding:
    """A ground on which the requested State may decline or postpone, and whether it is available.

    Its question is answered under *key*. One whose effect is `barred` is a reason that may not be relied on.
    """

    key: str
    provision: str
    instrument: str
    what: Words
    question: Words
    available: Answer
    available_when: Answer
    effect: str
    because: Words
    checked: Checked

    def to_json(self) -> dict[str, Any]:
        """This ground as JSON."""
        return {
            "key": self.key,
            "provision": self.provision,
            "instrument": self.instrument,
            "what": self.what.to_json(),
            "question": self.question.to_json(),
            "available": self.available.value,
            "available_when": self.available_when.value,
            "effect": self.effect,
            "because": self.because.to_json(),
            "checked": checked_json(self.checked),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyFinding:
    """Something the State in this chair has to do, and when."""

    provision: str
    instrument: str
    moment: str
    what: Words
    reminder: Words
    force: str
    checked: Checked

    def to_json(self) -> dict[str, Any]:
        """This duty as JSON."""
        return {
            "provision": self.provision,
            "instrument": self.instrument,
            "moment": self.moment,
            "what": self.what.to_json(),
            "reminder": self.reminder.to_json(),
            "force": self.force,
            "checked": checked_json(self.checked),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFinding:
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
    checked: Checked

    def to_json(self) -> dict[str, Any]:
        """This deadline as JSON."""
        return {
            "provision": self.provision,
            "instrument": self.instrument,
            "label": self.label.to_json(),
            "rule": self.rule,
            "starts_on": self.starts_on,
            "started": self.started.isoformat() if self.started else None,
            "days": self.days,
            "due": self.due.isoformat() if self.due else None,
            "sentence": self.sentence.to_json(),
            "checked": checked_json(self.checked),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A fact that would help to settle the answer: a `content` of the form, a `question` to an officer, a `deposit`.

    `alone` when one answer to it would settle the whole, whatever the rest.
    """

    key: str
    kind: str
    provision: str
    question: Words
    alone: bool = False

    def to_json(self) -> dict[str, Any]:
        """This gap as JSON."""
        return {
            "key": self.key,
            "kind": self.kind,
            "provision": self.provision,
            "question": self.question.to_json(),
            "alone": self.alone,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an officer may answer, and what is known of it so far; *choices* are values and their labels."""

    key: str
    provision: str
    type: str
    label: Words
    help: Words
    choices: tuple[tuple[str, Words], ...]
    known: str

    def to_json(self) -> dict[str, Any]:
        """This question as JSON."""
        return {
            "key": self.key,
            "provision": self.provision,
            "type": self.type,
            "label": self.label.to_json(),
            "help": self.help.to_json() if self.help.en else None,
            "choices": [{"value": value, "label": label.to_json()} for value, label in self.choices],
            "known": self.known or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another instrument that binds (or may bind) both States on that day, and what it could serve for."""

    instrument: str
    name: Words
    provision: str
    binds_both: Answer
    serves: Words
    scope: Words
    because: tuple[Words, ...]

    def to_json(self) -> dict[str, Any]:
        """This alternative as JSON."""
        return {
            "instrument": self.instrument,
            "name": self.name.to_json(),
            "provision": self.provision,
            "binds_both": self.binds_both.value,
            "serves": self.serves.to_json(),
            "scope": self.scope.to_json(),
            "because": [words.to_json() for words in self.because],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Every provision that applies, applied; and the answer to the question that this chair asks."""

    measure: str
    instrument: str
    requesting: str
    requested: str
    on: date
    chair: str
    exercise: bool
    question: Words
    answer: Answer
    sentence: Words
    findings: tuple[Finding, ...]
    grounds: tuple[GroundFinding, ...]
    duties: tuple[DutyFinding, ...]
    deadlines: tuple[DeadlineFinding, ...]
    missing: tuple[Missing, ...]
    questions: tuple[Question, ...]
    alternatives: tuple[Alternative, ...]
    notice: Words = NO_WORDS

    @property
    def beside_grounds(self) -> tuple[Question, ...]:
        """The questions that are not those of a ground."""
        of_grounds = {ground.key for ground in self.grounds}
        return tuple(question for question in self.questions if question.key not in of_grounds)

    def to_json(self) -> dict[str, Any]:
        """The whole opinion as JSON; the keys are stable, `version` changes with them."""
        return {
            "version": VERSION,
            "measure": self.measure,
            "instrument": self.instrument,
            "requesting": self.requesting,
            "requested": self.requested,
            "on": self.on.isoformat(),
            "chair": self.chair,
            "exercise": self.exercise,
            "notice": self.notice.to_json() if self.notice.en else None,
            "question": self.question.to_json(),
            "answer": self.answer.value,
            "sentence": self.sentence.to_json(),
            "findings": [finding.to_json() for finding in self.findings],
            "grounds": [ground.to_json() for ground in self.grounds],
            "duties": [duty.to_json() for duty in self.duties],
            "deadlines": [deadline.to_json() for deadline in self.deadlines],
            "missing": [gap.to_json() for gap in self.missing],
            "questions": [question.to_json() for question in self.questions],
            "alternatives": [other.to_json() for other in self.alternatives],
        }


def checked_json(checked: Checked) -> dict[str, Any]:
    """How a description was checked, as JSON, with the sentence that people are shown."""
    return {"how": checked.how, "certainty": checked.certainty, "note": checked.note, "words": checked.words.to_json()}
