"""What is wrong with a rulebook: one finding for each thing, with a stable code, where it stands and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rogatory.law.words import Words


class Severity(StrEnum):
    """How bad it is: a meeting cannot be held under errors; a warning needs a look; a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One gap or contradiction; `choices` says under which answers to the open questions it appears, if not always."""

    code: str
    severity: Severity
    where: str  # the setting, by its path in the file
    rule: str  # the rule it comes from, or nothing
    says: Words
    choices: Mapping[str, str] = field(default_factory=dict)


def error(code: str, where: str, says: Words, *, rule: str = "") -> Finding:
    """A gap or contradiction under which no meeting can be held."""
    return Finding(code=code, severity=Severity.ERROR, where=where, rule=rule, says=says)


def warning(code: str, where: str, says: Words, *, rule: str = "") -> Finding:
    """Something that is probably not meant."""
    return Finding(code=code, severity=Severity.WARNING, where=where, rule=rule, says=says)


def note(code: str, where: str, says: Words, *, rule: str = "") -> Finding:
    """Something worth knowing."""
    return Finding(code=code, severity=Severity.NOTE, where=where, rule=rule, says=says)
