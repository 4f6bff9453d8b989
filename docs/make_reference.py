"""Writes the reference pages that are read from the program: the errors, and the table of audit events' names.

Run it with `make reference`. The sources are parsed, never imported, so it needs no node and no settings. A structure
test fails when a page differs from what this writes.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src" / "rogatory"
ERRORS_PAGE = HERE / "reference" / "errors.md"
ROOT = "RogatoryError"

#: The families of `errors.py`, in the order of the page, and what each means.
FAMILIES = {
    "BadInput": "What a person, or a file, gave us cannot be used.",
    "NotFound": "What was named is not here.",
    "NotPermitted": "The Convention, the state of the case, or the roles do not allow the step now.",
    "Untrusted": "What came from outside does not prove what it must prove. Nothing of it was taken over.",
    "Unavailable": "The road, the disk or the service failed. Nothing was changed.",
    "BadData": "The law or status data that the program reads is wrong.",
    ROOT: "What belongs to no family.",
}

ERRORS_HEAD = """\
# Errors

Every error has a stable code. A code never changes its meaning and is never used again for another one. At the web
desk the family decides the HTTP status, on the command line the exit status; people see the sentence, the provision
where one applies, and what to do next. This page is written by `make reference` from the classes themselves.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorClass:
    """One class of error as its source defines it."""

    name: str
    bases: tuple[str, ...]
    code: str | None
    meaning: str
    remedy: str
    where: str


def error_classes() -> list[ErrorClass]:
    """Every class that descends from `RogatoryError`, ancestors known."""
    every = list(_all_classes())
    return [item for item in every if lineage(every, item)[-1].name == ROOT]


def lineage(classes: list[ErrorClass], item: ErrorClass) -> list[ErrorClass]:
    """*item* and its ancestors, nearest first; of two classes with a base's name, the one in the same module counts."""
    line = [item]
    while True:
        named = [one for one in classes if one.name in line[-1].bases and one not in line]
        if not named:
            return line
        line.append(min(named, key=lambda one: one.where != line[-1].where))


def family(classes: list[ErrorClass], item: ErrorClass) -> str:
    """The family that *item* belongs to."""
    return next(one.name for one in lineage(classes, item) if one.name in FAMILIES)


def remedy(classes: list[ErrorClass], item: ErrorClass) -> str:
    """What to do about *item*: its own remedy, else that of its nearest ancestor that has one."""
    return next((one.remedy for one in lineage(classes, item) if one.remedy), "")


def errors_page() -> str:
    """The text of `reference/errors.md`."""
    classes = error_classes()
    parts = [ERRORS_HEAD]
    for name, meaning in FAMILIES.items():
        members = sorted(
            (item for item in classes if family(classes, item) == name),
            key=lambda item: (item.name != name, item.code or ""),
        )
        parts.append(f"\n## {name}\n\n{meaning}\n\n| code | meaning | what to do | defined in |\n|---|---|---|---|\n")
        for item in members:
            todo = remedy(classes, item)
            parts.append(f"| `{item.code}` | {_cell(item.meaning)} | {_cell(todo)} | `{item.where}` |\n")
    return "".join(parts)


def _all_classes() -> Iterator[ErrorClass]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        where = path.relative_to(SOURCE).with_suffix("").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.bases:
                yield ErrorClass(
                    name=node.name,
                    bases=tuple(_last_name(base) for base in node.bases),
                    code=_text(node, "code"),
                    meaning=(ast.get_docstring(node) or "").splitlines()[0] if ast.get_docstring(node) else "",
                    remedy=_text(node, "remedy") or "",
                    where=where,
                )


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _text(node: ast.ClassDef, attribute: str) -> str | None:
    for line in node.body:
        targets = (
            line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == attribute for target in targets):
            value = line.value  # type: ignore[attr-defined]  # both kinds of assignment have one
            return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
    return None


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write the pages."""
    ERRORS_PAGE.write_text(errors_page(), encoding="utf-8")
    sys.stdout.write(f"wrote {ERRORS_PAGE.relative_to(HERE.parent)}\n")


if __name__ == "__main__":
    main()
