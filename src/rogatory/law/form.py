"""Forms of requests: the contents that the provisions ask for, and whether what was filled in can stand.

A field belongs to the provision that asks for it. Checking returns every problem, because a drafter wants them all;
an empty tuple means that the form can go.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rogatory.law.sentences import law_sentences
from rogatory.law.words import NO_WORDS, Words

FIELD_TYPES = ("text", "multiline", "choice", "date", "datetime", "yesno", "list", "number")
_LINE_BREAK = re.compile(r"[\r\n]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"\d{1,4}([.,]\d{1,2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value that a choice allows."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing a request states, and the provision that asks for it.

    `required` is `always`, `as-appropriate` (the provision asks for it where it applies) or `never`; `needed_when`
    names a field and the values that make this one required; `max_length` counts characters, and items of a list
    are limited by `max_items`. Where the request does not say it, what the requested State told the depositary under
    the provision *notified* does.
    """

    key: str
    provision: str
    type: str
    required: str
    label: Words
    help: Words = NO_WORDS
    placeholder: Words = NO_WORDS
    max_length: int = 500
    max_items: int = 50
    minimum: int = 0
    maximum: int = 9999
    must_be: str = ""
    options: tuple[Option, ...] = ()
    needed_when: tuple[str, tuple[str, ...]] | None = None
    measures: tuple[str, ...] = ()
    notified: str = ""

    def needed(self, values: Mapping[str, object]) -> bool:
        """Whether the request, filled in with *values*, must state this."""
        if self.needed_when is not None:
            key, wanted = self.needed_when
            return as_text(values.get(key)) in wanted
        return self.required == "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """Why one field cannot stand: `missing`, `too-long`, `too-many`, `impossible` or `unknown-field`."""

    code: str
    key: str
    provision: str
    message: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of a request for one measure, in the order a person fills them in."""

    measure: str
    instrument: str
    provision: str
    fields: tuple[Field, ...]
    fields_by_key: Mapping[str, Field]

    def field(self, key: str) -> Field | None:
        """The field of that key, or None when the form has none."""
        return self.fields_by_key.get(key)

    def check(self, values: Mapping[str, object]) -> tuple[FieldProblem, ...]:
        """Every reason why *values* cannot stand as this form; empty when they can."""
        return tuple(self._problems(values))

    def _problems(self, values: Mapping[str, object]) -> Iterator[FieldProblem]:
        for key in values:
            if key not in self.fields_by_key:
                yield FieldProblem(
                    code="unknown-field",
                    key=key,
                    provision=self.provision,
                    message=law_sentences().say("form-unknown-field", key=key[:80]),
                )
        for field in self.fields:
            value = values.get(field.key)
            if is_empty(value):
                if field.needed(values):
                    yield _problem(field, "missing")
            else:
                yield from problems_of(field, value)


def as_text(value: object) -> str:
    """A value of a form as text: `yes` and `no` for booleans, nothing for nothing."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip()


def is_empty(value: object) -> bool:
    """Whether a field was left blank."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Sequence):
        return not any(as_text(item) for item in value)
    return value is None


def as_number(value: object) -> float | None:
    """The number that a person wrote (`4`, `4.5`, `4,5`), or None when it is not one."""
    text = as_text(value)
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def _problem(field: Field, code: str, **values: object) -> FieldProblem:
    message = law_sentences().say(f"form-{code}", label=field.label, provision=field.provision, **values)
    return FieldProblem(code=code.split(":")[0], key=field.key, provision=field.provision, message=message)


def _impossible(field: Field, reason: str, **values: object) -> FieldProblem:
    message = law_sentences().say(f"form-{reason}", label=field.label, provision=field.provision, **values)
    return FieldProblem(code="impossible", key=field.key, provision=field.provision, message=message)


def problems_of(field: Field, value: object) -> Iterator[FieldProblem]:
    """Every reason why *value* cannot stand in *field*."""
    if field.type == "list":
        yield from _list_problems(field, value)
        return
    if not isinstance(value, str | int | float | date):
        yield _impossible(field, "not-text")
        return
    text = as_text(value)
    if len(text) > field.max_length:
        yield _problem(field, "too-long", limit=field.max_length, length=len(text))
    elif reason := _unfit(field, text):
        yield _impossible(field, reason, value=text[:60], minimum=field.minimum, maximum=field.maximum)


def _list_problems(field: Field, value: object) -> Iterator[FieldProblem]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        yield _impossible(field, "not-list")
        return
    if len(value) > field.max_items:
        yield _problem(field, "too-many", limit=field.max_items, length=len(value))
    for item in value[: field.max_items]:
        if not isinstance(item, str) or _CONTROL.search(item) or _LINE_BREAK.search(item):
            yield _impossible(field, "not-text")
        elif len(item) > field.max_length:
            yield _problem(field, "too-long", limit=field.max_length, length=len(item))


def _unfit(field: Field, text: str) -> str:
    """The reason why *text* cannot be the value of *field*; empty when it can."""
    if _CONTROL.search(text):
        return "not-text"
    if field.must_be and text != field.must_be:
        return "must-be"
    return _TESTS[field.type](field, text)


def _unfit_text(_: Field, text: str) -> str:
    return "one-line" if _LINE_BREAK.search(text) else ""


def _unfit_multiline(_: Field, __: str) -> str:
    return ""


def _unfit_choice(field: Field, text: str) -> str:
    return "" if any(option.value == text for option in field.options) else "not-an-option"


def _unfit_yesno(_: Field, text: str) -> str:
    return "" if text in ("yes", "no") else "not-yes-or-no"


def _unfit_number(field: Field, text: str) -> str:
    number = as_number(text)
    if number is None:
        return "not-a-number"
    return "" if field.minimum <= number <= field.maximum else "out-of-range"


def _unfit_date(_: Field, text: str) -> str:
    if not _DAY.fullmatch(text):
        return "not-a-day"
    try:
        date.fromisoformat(text)
    except ValueError:
        return "not-a-day"
    return ""


def _unfit_datetime(_: Field, text: str) -> str:
    text = text.replace("+00:00", "Z")
    if not _STAMP.fullmatch(text):
        return "not-a-time"
    try:
        datetime.fromisoformat(text[:-1])
    except ValueError:
        return "not-a-time"
    return ""


_TESTS = {
    "text": _unfit_text,
    "multiline": _unfit_multiline,
    "choice": _unfit_choice,
    "yesno": _unfit_yesno,
    "number": _unfit_number,
    "date": _unfit_date,
    "datetime": _unfit_datetime,
}
