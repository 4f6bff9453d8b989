"""Facts to begin with: every field that a form asks for, filled in with something that can stand."""

from datetime import date
from typing import Any

from rogatory.law.form import Field
from rogatory.law.model import Law

REQUESTING, REQUESTED = "VNM", "FRA"


def example_facts(law: Law, measure: str, *, instrument: str, on: date) -> dict[str, Any]:
    """Facts (JSON values) about *measure* as of that day, whose contents the form takes; raises `UnknownMeasure`."""
    contents: dict[str, Any] = {}
    for field in law.form(measure, instrument=instrument).fields:
        if field.needed(contents):
            contents[field.key] = _value(field, on)
    return {
        "measure": measure,
        "instrument": instrument,
        "requesting": REQUESTING,
        "requested": REQUESTED,
        "on": on.isoformat(),
        "contents": contents,
        "answers": {},
    }


def _value(field: Field, on: date) -> Any:
    """Something that can stand in *field*: what it must be, its first option, else its own label."""
    if field.must_be:
        return field.must_be
    if field.options:
        return field.options[0].value
    text = (field.placeholder.en or field.label.en)[: field.max_length]
    plain: dict[str, Any] = {
        "yesno": "yes",
        "number": max(field.minimum, min(4, field.maximum)),
        "date": on.isoformat(),
        "datetime": f"{on.isoformat()}T12:00:00Z",
        "list": [text],
    }
    return plain.get(field.type, text)
