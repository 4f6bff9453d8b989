"""What a check of a bundle, or of a log, found, rung by rung, in words that a court can read, in English and French.

A rung passes, fails, or was not checked; its notes say what was seen. The first failure of a rung is kept with its
code, the member that it was found in, and its sentence (in English, as all errors are).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from rogatory.bundle import log_words, words
from rogatory.bundle.words import LABELS
from rogatory.errors import RogatoryError, Unavailable, Untrusted

NOTES = {**words.NOTES, **log_words.NOTES}
TITLES = {**words.TITLES, **log_words.TITLES}


class Outcome(StrEnum):
    """How a rung ended."""

    PASS = "pass"  # noqa: S105 - a word, not a secret
    FAIL = "fail"
    NOT_CHECKED = "not-checked"


class BundleNotVerified(Untrusted):
    """The bundle does not prove the case."""

    code = "bundle-not-verified"

    def __init__(self, report: "Report") -> None:
        self.report = report
        first = next(rung for rung in report.rungs if rung.outcome is Outcome.FAIL)
        super().__init__(f"step {first.number} failed [{first.code}]: {first.message}", where=first.member or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that was seen: a sentence of `words.NOTES` and what fills it."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    outcome: Outcome = Outcome.PASS

    def text(self, language: str) -> str:
        """The sentence in *language* (`en` or `fr`)."""
        values = {name: LABELS[value][language] if value in LABELS else value for name, value in self.values.items()}
        return NOTES[self.key][language].format(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the ladder and how it ended; *heading* is the key of its title when that is not its name."""

    number: int
    name: str
    outcome: Outcome
    notes: tuple[Note, ...] = ()
    code: str = ""
    message: str = ""
    member: str = ""
    remedy: str = ""
    heading: str = ""

    def title(self, language: str) -> str:
        """What the step checks, in *language*."""
        return TITLES[self.heading or self.name][language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """A ladder that was climbed: its rungs, in order."""

    rungs: tuple[Rung, ...]

    def failures(self) -> tuple[Rung, ...]:
        """The rungs that failed; none for what proves all that it must."""
        return tuple(rung for rung in self.rungs if rung.outcome is Outcome.FAIL)

    def failed_verdict(self, language: str) -> str:
        """Which steps failed, in one sentence; empty when none did."""
        if not self.failures():
            return ""
        return NOTES["verdict-fail"][language].format(steps=", ".join(str(one.number) for one in self.failures()))

    def lines(self, language: str) -> Iterator[tuple[Outcome, int, str]]:
        """The ladder for reading: outcome, step number (0 for a line that explains the step above it), text."""
        for rung in self.rungs:
            yield rung.outcome, rung.number, rung.title(language)
            for note in rung.notes:
                yield note.outcome, 0, note.text(language)
            if rung.message:
                where = f"{rung.member}: " if rung.member else ""
                yield rung.outcome, 0, f"{where}{rung.message} [{rung.code}]"
                if rung.remedy:
                    yield rung.outcome, 0, f"→ {rung.remedy}"

    def steps(self, language: str) -> dict[str, Any]:
        """The rungs as a member of a JSON object."""
        return {"rungs": [_rung(rung, language) for rung in self.rungs]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Ladder):
    """The whole ladder; the case and who exported it are what the bundle says, and believed only when it passes."""

    case: str
    exported_by: str
    exported_at: str
    program: str
    exercise: bool | None
    all_compared: bool

    def require(self) -> "Report":
        """The report itself; raises `BundleNotVerified` when a rung failed."""
        if self.failures():
            raise BundleNotVerified(self)
        return self

    def verdict(self, language: str) -> str:
        """The outcome in one sentence."""
        passed = NOTES["verdict-pass" if self.all_compared else "verdict-pass-untrusted"][language]
        return self.failed_verdict(language) or passed

    def to_json(self, language: str) -> dict[str, Any]:
        """The report as a JSON object."""
        return {
            "verified": not self.failures(),
            "verdict": self.verdict(language),
            "case": self.case,
            "exported_by": self.exported_by,
            "exported_at": self.exported_at,
            "program": self.program,
            "exercise": self.exercise,
            "fingerprints_compared": self.all_compared,
            **self.steps(language),
        }


class Blocked(Exception):
    """An earlier step failed, so that this one cannot be taken."""

    def __init__(self, step: int) -> None:
        super().__init__(step)
        self.step = step


def climb_one(number: int, name: str, check: Callable[[], Iterator[Note]], member: Callable[[], str]) -> Rung:
    """How the step *check* ends, called *name*; *member* tells where it is when it fails.

    Raises `Unavailable` when something cannot be read now: that proves nothing, for or against.
    """
    notes: list[Note] = []
    try:
        notes.extend(check())
    except Blocked as blocked:
        note = Note(key="blocked", values={"step": blocked.step}, outcome=Outcome.NOT_CHECKED)
        return Rung(number=number, name=name, outcome=Outcome.NOT_CHECKED, notes=(note,))
    except Unavailable:
        raise
    except RogatoryError as error:
        return failed(number, name, tuple(notes), error, member())
    return Rung(number=number, name=name, outcome=Outcome.PASS, notes=tuple(notes))


def failed(number: int, name: str, notes: tuple[Note, ...], error: RogatoryError, member: str) -> Rung:
    """The rung *name* that ended with *error*, found in *member*."""
    message = error.message if not error.cite else f"{error.message} ({error.cite})"
    if error.where and error.where != member:
        message = f"{error.where}: {message}"
    return Rung(
        number=number,
        name=name,
        outcome=Outcome.FAIL,
        notes=notes,
        code=error.code,
        message=message,
        member=member,
        remedy=error.advice,
    )


def _rung(rung: Rung, language: str) -> dict[str, Any]:
    return {
        "step": rung.number,
        "name": rung.name,
        "title": rung.title(language),
        "outcome": str(rung.outcome),
        "notes": [
            {"key": note.key, "outcome": str(note.outcome), "text": note.text(language), **_plain(note.values)}
            for note in rung.notes
        ],
        "error": {"code": rung.code, "message": rung.message, "member": rung.member, "remedy": rung.remedy}
        if rung.code
        else None,
    }


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}
