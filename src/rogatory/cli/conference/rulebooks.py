"""The rulebook that a command was given: one that comes with the program, or a TOML file; with its open choices."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from rogatory.cli import reading
from rogatory.conference.rulebook import loader
from rogatory.conference.rulebook.model import Rule, Rulebook, Sure
from rogatory.errors import BadInput
from rogatory.law.words import Words

RulebookOption = Annotated[
    str, typer.Option("--rulebook", metavar="RULEBOOK", help="untoc, uncac, hanoi-draft, or a TOML file.")
]
ChoiceOption = Annotated[
    list[str] | None,
    typer.Option("--choice", metavar="OPTION=CHOICE", help="With --rulebook: an open question; may be given again."),
]
SURE = {
    Sure.READ: Words("read in a copy of the text", "lue dans une copie du texte"),
    Sure.REPORTED: Words("as reported by others", "rapportée par d’autres"),
    Sure.REMEMBERED: Words("from parallel rules, not read", "d’après des règles parallèles, non lue"),
    Sure.UNSURE: Words("unsure", "incertaine"),
}


def asked_rulebook(given: str, choices: list[str] | None) -> Rulebook:
    """The rulebook that *given* names, read with *choices* (`option=choice`); raises `BadInput` and what it raises."""
    made: dict[str, str] = {}
    for one in choices or []:
        option, equals, choice = one.partition("=")
        if not equals or option.strip() in made:
            raise BadInput(f"{one[:60]!r} is not an option with its choice, each once: observers=open")
        made[option.strip()] = choice.strip()
    if given == "-" or given.endswith(".toml"):
        return loader.read(reading.utf8_of(given), name=reading.shown_name(given), choices=made)
    return loader.delivered(given, choices=made)


def rule_value(rule: Rule) -> dict[str, Any]:
    """*rule* as JSON: how it is named, where it was found, how sure that is."""
    return {"name": rule.name, "source": rule.source, "sure": rule.sure}


def rule_view(rule: Rule, lang: str) -> Iterator[str]:
    """*rule* in a line: what it is called and how sure that is."""
    yield ""
    yield f"{rule.name.get(lang)} ({SURE[rule.sure].get(lang)})"
