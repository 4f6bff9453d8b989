"""`rogatory conference`: rules of procedure, meetings, votes and elections."""

import typer

from rogatory.cli.conference import counting, reporting, rulebooks

conference_app = typer.Typer(no_args_is_help=True, help="Rules of procedure, meetings, votes and elections.")
for name, command in {**counting.COMMANDS, **rulebooks.COMMANDS, **reporting.COMMANDS}.items():
    conference_app.command(name)(command)
