"""The form of a request, read from the law data: what a page shows of each field, and what a person sent back.

Nothing is thrown away here: a field that was left blank is left out, every other text is kept as it was written and
judged by the law's own form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from rogatory.law.checked import Checked
from rogatory.law.form import Field, FieldProblem, Form, as_text
from rogatory.law.model import Law


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """One field as the page shows it: its value as text, what is wrong with it, and how its provision was checked."""

    field: Field
    value: str
    problems: tuple[FieldProblem, ...]
    checked: Checked

    @property
    def id(self) -> str:
        """The element's name on the page."""
        return f"f-{self.field.key}"

    @property
    def described_by(self) -> str:
        """The elements that explain this field."""
        return f"{self.id}-help" + (f" {self.id}-problem" if self.problems else "")


def rows(form: Form, contents: Mapping[str, Any], problems: tuple[FieldProblem, ...], law: Law) -> tuple[FieldRow, ...]:
    """Every field of *form*, in its order, filled in with *contents*."""
    return tuple(
        FieldRow(
            field=field,
            value=_shown(field, contents.get(field.key)),
            problems=tuple(problem for problem in problems if problem.key == field.key),
            checked=law.provision(form.instrument, field.provision).checked,
        )
        for field in form.fields
    )


def contents(form: Form, sent: QueryDict) -> dict[str, Any]:
    """What a person filled in; blank fields are left out."""
    return {field.key: value for field in form.fields if (value := _read(field, sent.get(f"c.{field.key}", "")))}


def whole_number(text: str | None) -> int:
    """The number that a hidden field carries; 0, which no draft has as its version, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _read(field: Field, text: str) -> str | list[str]:
    text = text.replace("\r\n", "\n").strip()
    if field.type == "list":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if field.type == "datetime" and text and not text.endswith("Z"):
        return f"{text}Z"
    return text


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    text = as_text(value)
    return text.removesuffix("Z") if field.type == "datetime" else text
