"""The open questions of a rulebook: choices put into its tables, by path, before anything else is read.

A path such as `participant.ngo-other.admission.objection` leads to one value that is there already; a choice replaces
it. Two options never set one value differently, so the order in which they are applied does not matter. Every option
has exactly one choice that holds unless another one is made.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations as combinations_of
from itertools import product
from math import prod
from typing import Any

from rogatory.conference.rulebook.model import Option, OptionChoice
from rogatory.errors import BadInput
from rogatory.law.tables import Table

MAX_OPTIONS = 40
MAX_CHOICES = 20
#: What no choice may set: the name of the rulebook, and the questions themselves.
FIXED = ("format", "id", "option")


class UnknownOption(BadInput):
    """The rulebook leaves no such question open."""

    code = "unknown-option"
    remedy = "Use one of the options that the message lists, or none."


class UnknownChoice(BadInput):
    """The question has no such answer in this rulebook."""

    code = "unknown-choice"
    remedy = "Use one of the choices that the message lists."


def read(table: Table) -> tuple[Option, ...]:
    """The options of a rulebook's table; raises `BadLawFile` with the line of what is not right."""
    found = tuple(_option(one) for one in table.tables("option", anchored_by="id"))
    if len(found) > MAX_OPTIONS:
        raise table.fail(f"{len(found)} options are more than the limit of {MAX_OPTIONS}", "option")
    names = [one.id for one in found]
    if twice := [name for name in names if names.count(name) > 1]:
        raise table.fail(f"option {twice[0]} stands twice", "option")
    return found


def _option(table: Table) -> Option:
    found = Option(
        id=table.text("id"),
        question=table.words("question"),
        rule=table.text("rule"),
        choices=tuple(_choice(one) for one in table.tables("choice", anchored_by="id")),
    )
    names = [one.id for one in found.choices]
    if not 2 <= len(names) <= MAX_CHOICES or len(set(names)) != len(names):
        raise table.fail(f"option {found.id} needs 2 to {MAX_CHOICES} choices, each with its own name", "choice")
    table.end()
    return found


def _choice(table: Table) -> OptionChoice:
    sets = table.table("sets").plain() if table.has("sets") else {}
    found = OptionChoice(id=table.text("id"), name=table.words("name"), default=table.flag("default"), sets=sets)
    table.end()
    return found


def defaults(options: Sequence[Option]) -> dict[str, str]:
    """The choice of each option that holds unless another is made: the first so marked, else the first."""
    found = {}
    for option in options:
        marked = [one.id for one in option.choices if one.default]
        found[option.id] = marked[0] if marked else option.choices[0].id
    return found


def chosen(options: Sequence[Option], choices: Mapping[str, str]) -> dict[str, str]:
    """One choice for every option: that of *choices*, else the default; raises `UnknownOption`, `UnknownChoice`."""
    known = {one.id: one for one in options}
    for name, choice in choices.items():
        if name not in known:
            there = f"there are {', '.join(known)}" if known else "it leaves none open"
            raise UnknownOption(f"there is no option {name!r}; {there}")
        answers = [one.id for one in known[name].choices]
        if choice not in answers:
            raise UnknownChoice(f"option {name} has no choice {choice!r}; there are {', '.join(answers)}")
    return {**defaults(options), **choices}


def missing_path(values: Mapping[str, Any], path: str) -> bool:
    """Whether *path* leads to no value that a choice may replace."""
    *steps, last = path.split(".")
    if (steps or [last])[0] in FIXED:
        return True
    here: Any = values
    for step in steps:
        here = here.get(step) if isinstance(here, Mapping) else None
    return not isinstance(here, Mapping) or last not in here


def applied(table: Table, options: Sequence[Option], made: Mapping[str, str]) -> dict[str, Any]:
    """The values of *table* with the choices *made* put in; raises `BadLawFile` for a path that leads nowhere."""
    values = table.plain()
    for option in options:
        choice = next(one for one in option.choices if one.id == made[option.id])
        for path, value in choice.sets.items():
            if missing_path(values, path):
                raise table.fail(f"choice {choice.id} of option {option.id} sets {path}, which is not there", path)
            values = _with(values, path.split("."), value)
    return values


def _with(values: Mapping[str, Any], steps: Sequence[str], value: object) -> dict[str, Any]:
    """A copy of *values* with *value* at the end of *steps*; what does not lie on the way is shared."""
    first, *rest = steps
    return {**values, first: _with(values[first], rest, value) if rest else value}


def number_of_combinations(options: Sequence[Option]) -> int:
    """In how many ways all the questions can be answered."""
    return prod(len(one.choices) for one in options)


def combinations(options: Sequence[Option], *, limit: int) -> Iterator[dict[str, str]]:
    """Every way to answer all the questions, the defaults first.

    Where there are more than *limit*, every pair of answers to two questions instead, the others by default.
    """
    first = defaults(options)
    yield first
    answers = _all if number_of_combinations(options) <= limit else _pairs
    seen = {tuple(first.items())}
    for made in answers(options):
        found = {**first, **made}
        if tuple(found.items()) not in seen:
            seen.add(tuple(found.items()))
            yield found


def _all(options: Sequence[Option]) -> Iterator[dict[str, str]]:
    names = [one.id for one in options]
    for answers in product(*([choice.id for choice in one.choices] for one in options)):
        yield dict(zip(names, answers, strict=True))


def _pairs(options: Sequence[Option]) -> Iterator[dict[str, str]]:
    for one, other in combinations_of(options, 2):
        for here, there in product(one.choices, other.choices):
            yield {one.id: here.id, other.id: there.id}
