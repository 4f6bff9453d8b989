"""Rulebooks: the one that a command was given, delivered or a TOML file, with its choices; what is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated

import typer
from rich.console import RenderableType

from rogatory.cli import printing, reading
from rogatory.cli.session import session_of
from rogatory.conference.rulebook import answers, lint, loader
from rogatory.conference.rulebook.findings import Severity
from rogatory.conference.rulebook.lint import Report
from rogatory.conference.rulebook.model import Rule, Rulebook, Sure
from rogatory.errors import BadInput
from rogatory.law.loader import load_law
from rogatory.law.words import Words

RulebookOption = Annotated[
    str, typer.Option("--rulebook", metavar="RULEBOOK", help="untoc, uncac, hanoi-draft, or a TOML file.")
]
ChoiceOption = Annotated[
    list[str] | None,
    typer.Option("--choice", metavar="OPTION=CHOICE", help="With --rulebook: an open question; may be given again."),
]
RulebookArgument = Annotated[
    str, typer.Argument(metavar="RULEBOOK", help="untoc, uncac, hanoi-draft, or a TOML file; - reads input.")
]
SURE = {
    Sure.READ: Words("read in a copy of the text", "lue dans une copie du texte"),
    Sure.REPORTED: Words("as reported by others", "rapportée par d’autres"),
    Sure.REMEMBERED: Words("from parallel rules, not read", "d’après des règles parallèles, non lue"),
    Sure.UNSURE: Words("unsure", "incertaine"),
}
SEVERITIES = {
    Severity.ERROR: Words("error", "erreur"),
    Severity.WARNING: Words("warning", "attention"),
    Severity.NOTE: Words("note", "note"),
}
HEADINGS = {
    "how-bad": Words("how bad", "gravité"),
    "code": Words("code", "code"),
    "where": Words("where", "où"),
    "what": Words("what", "quoi"),
    "under": Words("only with", "seulement avec"),
    "rule": Words("rule", "règle"),
    "sure": Words("how sure", "certitude"),
    "name": Words("name", "nom"),
    "standing": Words("standing", "état"),
    "as-of": Words("as of", "au"),
}
RULES = Words(
    "{rules} rules, {shown} with a number that is shown; {sure}.",
    "{rules} règles, dont {shown} avec un numéro montré ; {sure}.",
)
TRIED = Words(
    "Tried with {tried} of {all} combinations of answers to the open questions.",
    "Essayé avec {tried} combinaisons de réponses aux questions ouvertes, sur {all}.",
)
SOUND = Words("A meeting can be held under it.", "Une réunion peut se tenir selon ce règlement.")
UNSOUND = Words(
    "No meeting can be held under it: {errors} errors.",
    "Aucune réunion ne peut se tenir selon ce règlement : {errors} erreurs.",
)


def asked_rulebook(given: str, choices: list[str] | None) -> Rulebook:
    """The rulebook that *given* names, read with *choices* (`option=choice`); raises `BadInput` and what it raises."""
    made = asked_choices(choices)
    if _is_file(given):
        text, name = asked_text(given)
        return loader.read(text, name=name, choices=made)
    return loader.delivered(given, choices=made)


def asked_choices(given: list[str] | None) -> dict[str, str]:
    """The choices that were *given* as `option=choice`; raises `BadInput`."""
    made: dict[str, str] = {}
    for one in given or []:
        option, equals, choice = one.partition("=")
        if not equals or option.strip() in made:
            raise BadInput(f"{one[:60]!r} is not an option with its choice, each once: observers=open")
        made[option.strip()] = choice.strip()
    return made


def asked_text(given: str) -> tuple[str, str]:
    """The TOML text of the rulebook that *given* names, and its file’s name; raises `BadFile`, `NoSuchRulebook`."""
    if _is_file(given):
        return reading.utf8_of(given), reading.shown_name(given)
    return loader.delivered_text(given), f"{given}.toml"


def _is_file(given: str) -> bool:
    return given == "-" or given.endswith(".toml") or "/" in given


def rule_view(rule: Rule, lang: str) -> Iterator[str]:
    """*rule* in a line: what it is called and how sure that is."""
    yield ""
    yield f"{rule.name.get(lang)} ({SURE[rule.sure].get(lang)})"


def lint_(context: typer.Context, rulebook: RulebookArgument) -> None:
    """Look for gaps and contradictions in a rulebook, under every answer to its open questions."""
    session = session_of(context)
    text, name = asked_text(rulebook)
    known = {f"{law}:{number}" for law, numbers in load_law().by_number.items() for number in numbers}
    report = lint.lint(text, name=name, provisions=known)
    session.answer({**printing.plain(report), "sound": not report.errors}, *_lint_view(report, session.lang))
    if report.errors:
        raise typer.Exit(1)


def _lint_view(report: Report, lang: str) -> Iterator[RenderableType | str]:
    rows = [
        (SEVERITIES[one.severity].get(lang), one.code, one.where, one.says.get(lang), _under(one.choices))
        for one in report.findings
    ]
    yield report.name.get(lang)
    yield printing.table([HEADINGS[name].get(lang) for name in ("how-bad", "code", "where", "what", "under")], rows)
    yield ""
    sure = ", ".join(f"{SURE[one].get(lang)}: {number}" for one, number in report.sure.items())
    yield RULES.fill(rules=report.rules, shown=report.numbers_shown, sure=sure).get(lang)
    yield TRIED.fill(tried=report.tried, all=report.combinations).get(lang)
    yield (UNSOUND.fill(errors=len(report.errors)) if report.errors else SOUND).get(lang)


def _under(choices: Mapping[str, str]) -> str:
    return ", ".join(f"{option}={choice}" for option, choice in choices.items())


def rulebook_(
    context: typer.Context,
    rulebook: Annotated[
        str, typer.Argument(metavar="[RULEBOOK]", help="untoc, uncac, hanoi-draft, or a TOML file.")
    ] = "",
    *,
    choice: ChoiceOption = None,
    toml: Annotated[bool, typer.Option("--toml", help="The file itself, to write one's own from.")] = False,
) -> None:
    """List the rulebooks that come with the program, or show one: its rules, how sure each is, its open questions."""
    session = session_of(context)
    if not rulebook:
        books = [loader.delivered(name) for name in loader.DELIVERED]
        lines = [(one.id, one.name.get(session.lang), one.standing, one.as_of) for one in books]
        headings = [HEADINGS[name].get(session.lang) for name in ("name", "what", "standing", "as-of")]
        session.answer([answers.named(one) for one in books], printing.table(headings, lines))
        return
    if toml:
        text, name = asked_text(rulebook)
        session.answer({"name": name, "toml": text}, text.rstrip("\n"))
        return
    book = asked_rulebook(rulebook, choice)
    session.answer(answers.rulebook(book), *_book_view(book, session.lang))


def _book_view(book: Rulebook, lang: str) -> Iterator[RenderableType | str]:
    yield f"{book.name.get(lang)}: {book.body.get(lang)}"
    rules = [(one.name.get(lang), one.says.get(lang), SURE[one.sure].get(lang)) for one in book.rules.values()]
    yield printing.table([HEADINGS[name].get(lang) for name in ("rule", "what", "sure")], rules)
    for option in book.options:
        yield ""
        yield f"{option.id}: {option.question.get(lang)}"
        for choice in option.choices:
            mark = "*" if book.chosen[option.id] == choice.id else "-"
            yield f"  {mark} {choice.id}: {choice.name.get(lang)}"


COMMANDS: dict[str, Callable[..., None]] = {"lint": lint_, "rulebook": rulebook_}
