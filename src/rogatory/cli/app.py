"""The program `rogatory`: its commands, the options that all of them take, and what becomes of an error.

Commands parse, call one use case and show the answer. With --json the answer is one JSON value on standard output
and nothing else; an error is then an object there too. Without it, errors stand on standard error.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError

from rogatory.cli import commands, failures, printing
from rogatory.cli.services import Services
from rogatory.cli.session import Session
from rogatory.errors import BadInput, RogatoryError
from rogatory.law.copies.official import AUTHENTIC

#: Options of the program itself, which may stand anywhere in a call; the value says whether an argument follows.
EVERYWHERE = {"--json": False, "--as": True, "--lang": True, "--data": True}


class Misused(BadInput):
    """The command was not called as it must be."""

    code = "usage"


app = typer.Typer(
    name="rogatory",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Signed, encrypted, treaty-checked requests between States.",
    epilog="The options above may stand anywhere in a call. `rogatory verify BUNDLE` checks a bundle offline.",
)


@app.callback()
def options(
    context: typer.Context,
    *,
    data: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="The data folder of the node; else ROGATORY_DATA.")
    ] = None,
    who: Annotated[
        str, typer.Option("--as", metavar="NAME", envvar="ROGATORY_AS", help="The log-in name of the one who acts.")
    ] = "",
    lang: Annotated[
        str, typer.Option(metavar="LANG", help="The language of provisions and opinions: en (as always) or fr.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON value.")] = False,
) -> None:
    """Take the options of the program itself."""
    services: Services = context.obj
    if data is not None:
        services.use(data)
    text_lang = lang if context.invoked_subcommand == "law" else ""
    if lang not in ("", "en", "fr", *([] if not text_lang else AUTHENTIC)):
        raise Misused(f"the language is en or fr, not {lang!r}")
    spoken = lang if lang in ("en", "fr") else "en"
    context.obj = Session(services=services, as_json=as_json, lang=spoken, who=who or None, text_lang=text_lang)


def run(arguments: Sequence[str], services: Services) -> int:
    """The exit status of one call of the program."""
    ordered = in_front(arguments)
    end = _options_end(ordered)
    as_json = "--json" in ordered[:end]
    commands.add(app, ordered[end] if end < len(ordered) else "")
    try:
        return int(app(ordered, prog_name="rogatory", standalone_mode=False, obj=services) or 0)
    except NoArgsIsHelpError as error:
        typer.echo(error.format_message(), err=True)
        return failures.status_of(Misused())
    except ClickException as error:
        return failures.report(Misused(error.format_message(), remedy="See: rogatory --help"), as_json=as_json)
    except RogatoryError as error:
        return failures.report(error, as_json=as_json)
    except BrokenPipeError:
        # Whoever read the output has gone; that is theirs to decide.
        sys.stdout = None
        return failures.OTHER
    except OSError as error:
        return failures.report(failures.translated(error), as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        printing.console(errors=True).print("interrupted")
        return failures.INTERRUPTED
    except Exception as error:
        known = services.translated(error)
        if known is None:
            raise
        return failures.report(known, as_json=as_json)


def in_front(arguments: Sequence[str]) -> list[str]:
    """*arguments* with the program's own options moved to the front, up to a `--`."""
    front: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        one = waiting.pop(0)
        if one == "--":
            rest += [one, *waiting]
            break
        name, equals, _ = one.partition("=")
        if name not in EVERYWHERE:
            rest.append(one)
            continue
        front.append(one)
        if EVERYWHERE[name] and not equals and waiting:
            front.append(waiting.pop(0))
    return front + rest


def _options_end(ordered: Sequence[str]) -> int:
    place = 0
    while place < len(ordered) and ordered[place].partition("=")[0] in EVERYWHERE:
        name, equals, _ = ordered[place].partition("=")
        place += 2 if EVERYWHERE[name] and not equals else 1
    return place
