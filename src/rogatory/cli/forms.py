"""The form of a request on a terminal: as a list, and as a TOML file to fill in."""

import re
import textwrap

from rich.console import RenderableType

from rogatory.cli import printing
from rogatory.law.form import Field, Form

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_EMPTY = {"list": "[]", "yesno": '""', "multiline": '"""\n"""'}


def view(form: Form, lang: str) -> RenderableType:
    """Every field with the provision that asks for it."""
    rows = [
        (
            field.key,
            field.provision,
            _wanted(field),
            field.label.get(lang),
            field.help.get(lang) or _options(field, lang),
        )
        for field in form.fields
    ]
    return printing.table(("field", "provision", "needed", "what", "help"), rows, title=f"{form.measure} request")


def template(form: Form, lang: str) -> str:
    """A TOML text with every field, its help as comments; what is not needed is commented out."""
    lines = [
        f"# A {form.measure} request ({form.instrument} {form.provision}). Fill in what stands between the quotes."
    ]
    for field in form.fields:
        lines += ["", *to_fill_in(field, lang)]
    return "\n".join(lines) + "\n"


def to_fill_in(field: Field, lang: str, *, unless: str = "always") -> list[str]:
    """The lines of a TOML text where *field* is filled in, with its help; a comment *unless* it is needed so."""
    lines = _comment(f"{field.label.get(lang)} [{field.provision}, {_wanted(field)}]")
    lines += _comment(field.help.get(lang)) + _comment(_options(field, lang))
    value = f'"{field.must_be}"' if field.must_be else _EMPTY.get(field.type, '""')
    key = field.key if _BARE_KEY.fullmatch(field.key) else f'"{field.key}"'
    mark = "" if field.required == unless else "# "
    return [*lines, *(f"{mark}{line}" for line in f"{key} = {value}".split("\n"))]


def _wanted(field: Field) -> str:
    if field.needed_when:
        return f"when {field.needed_when[0]} is {' or '.join(field.needed_when[1])}"
    return {"always": "always", "as-appropriate": "as appropriate"}.get(field.required, "optional")


def _options(field: Field, lang: str) -> str:
    if field.type == "yesno":
        return "yes or no"
    if field.type in ("date", "datetime"):
        return "2028-03-01" if field.type == "date" else "2028-03-01T09:30Z"
    return "; ".join(f"{option.value} ({option.label.get(lang)})" for option in field.options)


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(" ".join(text.split()), 110)]
