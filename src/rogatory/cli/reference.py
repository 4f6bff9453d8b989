"""The page docs/reference/commands.md, written from the program itself: `python -m rogatory.cli.reference > FILE`."""

from collections.abc import Iterator

import typer
from typer._click.core import Command
from typer.core import TyperGroup

from rogatory.bundle import verify_page
from rogatory.cli import commands, failures, verify
from rogatory.cli.app import app

WIDTH = 100
INTRODUCTION = """\
# Commands

This page is written by `python -m rogatory.cli.reference > docs/reference/commands.md`.
A test fails when it differs from the program.

`rogatory verify BUNDLE` is a program of its own: it needs no node, no database and no network. It stands at the end.

## Who acts

Every command that reads or changes a case asks who acts: `--as NAME` (or `ROGATORY_AS`).
The password is read from the file that `ROGATORY_PASSWORD_FILE` names, else from `ROGATORY_PASSWORD`, else at the
terminal. It is checked at every call; there is no other way in.

## Environment

| variable | meaning |
|---|---|
| `ROGATORY_DATA` | the data folder, as `--data` |
| `ROGATORY_PASSPHRASE_FILE` | the file with the passphrase that opens the node's keys |
| `ROGATORY_AS` | who acts, as `--as` |
| `ROGATORY_PASSWORD_FILE`, `ROGATORY_PASSWORD` | the password of the one who acts |
| `ROGATORY_NEW_PASSWORD_FILE`, `ROGATORY_NEW_PASSWORD` | the password of an account that is being made |
| `DATABASE_URL` | PostgreSQL instead of SQLite in the data folder |

## Answers and exit statuses

A person gets tables and sentences.
With `--json` the answer is one JSON value on standard output and nothing else; an error is
`{"error": {"code", "message", "provision", "remedy"}}` there.
Without `--json` an error stands on standard error: what happened, the provision, and after `→` what to do next.

| status | meaning |
|---|---|
| 0 | done |
"""
MEANINGS = {
    "BadInput": "what was given cannot be used",
    "NotFound": "there is no such thing here",
    "NotPermitted": "the Convention, the state of the case, or the person's role does not allow it",
    "Untrusted": "what was received does not prove what it must prove",
    "Unavailable": "the road or the disk failed; trying again may help",
    "BadData": "the program's own law data is wrong",
}


def page() -> str:
    """The whole page, in Markdown."""
    rows = [f"| {status} | {MEANINGS[family.__name__]} |" for family, status in failures.STATUSES]
    rows += [f"| {failures.INTERRUPTED} | interrupted by Ctrl-C |", f"| {failures.OTHER} | anything else |"]
    return INTRODUCTION + "\n".join([*rows, *_blocks(), _verifier()]) + "\n"


def _verifier() -> str:
    """The verifier, which has its own arguments, and the SHA-256 of the page that it knows."""
    told = (
        f"The page `verify.html` of this version, without a case, has the SHA-256\n`{verify_page.template_digest()}`."
    )
    return f"\n## rogatory verify\n\n```text\n{verify.parser(width=WIDTH).format_help().rstrip()}\n```\n\n{told}"


def _blocks() -> Iterator[str]:
    commands.add(app, "")
    for words, text in help_texts(typer.main.get_command(app), ("rogatory",), None):
        yield f"\n## {' '.join(words)}\n\n```text\n{text.rstrip()}\n```"


def help_texts(
    command: Command, words: tuple[str, ...], parent: typer.Context | None
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each command with what its `--help` says, *command* first and then those below it."""
    context = typer.Context(command, info_name=words[-1], parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)
    yield words, command.get_help(context)
    if isinstance(command, TyperGroup):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from help_texts(inner, (*words, name), context)


if __name__ == "__main__":
    typer.echo(page(), nl=False)
