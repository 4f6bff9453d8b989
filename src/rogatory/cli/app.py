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

from rogatory.cli import (
    assessing,
    backups,
    bundles,
    courtexports,
    custody,
    depositary,
    extracts,
    failures,
    keys,
    nodes,
    onward,
    outlook,
    people,
    printing,
    registers,
    scrubbing,
    steps,
)
from rogatory.cli.cases import case_app
from rogatory.cli.drafts import draft_app, request_app
from rogatory.cli.exhibits import exhibit_app
from rogatory.cli.laws import law_app
from rogatory.cli.ledger import ledger_app
from rogatory.cli.partners import card_app, partner_app
from rogatory.cli.profiles import profile_app
from rogatory.cli.services import Services
from rogatory.cli.session import Session
from rogatory.cli.statuses import status_app
from rogatory.cli.timestampauthority import authority_app
from rogatory.cli.witness import witness_app
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


app.command("init", rich_help_panel="The node")(nodes.init)
app.command("serve", rich_help_panel="The node")(nodes.serve)
app.command("worker", rich_help_panel="The node")(nodes.worker)
app.command("rebuild", rich_help_panel="The node")(nodes.rebuild)
app.add_typer(card_app, name="card")
app.add_typer(partner_app, name="partner")
app.add_typer(people.user_app, name="user")
app.add_typer(keys.keys_app, name="keys")
app.add_typer(request_app, name="request")
app.add_typer(draft_app, name="draft")
app.add_typer(case_app, name="case")
for name, command in steps.COMMANDS.items():
    app.command(name)(command)
for name, command in {**onward.COMMANDS, **custody.COMMANDS, **extracts.COMMANDS, **courtexports.COMMANDS}.items():
    exhibit_app.command(name)(command)
app.add_typer(exhibit_app, name="exhibit")
app.command("scrub")(scrubbing.scrub_)
app.add_typer(scrubbing.storage_app, name="storage")
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)
app.add_typer(registers.outbox_app, name="outbox")
app.add_typer(ledger_app, name="ledger")
app.add_typer(authority_app, name="timestamp-authority")
app.add_typer(witness_app, name="witness")
app.command("audit")(registers.audit)
app.add_typer(law_app, name="law")
status_app.command("import")(depositary.import_)
status_app.command("forecast")(outlook.forecast)
status_app.command("matrix")(outlook.matrix)
app.add_typer(status_app, name="status")
app.add_typer(profile_app, name="profile")
app.command("assess")(assessing.assess)
app.command("export")(bundles.export)
app.command("demo")(bundles.demo)


def run(arguments: Sequence[str], services: Services) -> int:
    """The exit status of one call of the program."""
    ordered = in_front(arguments)
    as_json = "--json" in ordered[: _options_end(ordered)]
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
