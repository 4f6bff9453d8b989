"""`rogatory ready`: from signature to Party."""

import typer

from rogatory.cli.readiness import deciding, filing, letters, looking

ready_app = typer.Typer(no_args_is_help=True, help="From signature to Party: steps, choices, papers, filings.")
COMMANDS = {
    **looking.COMMANDS,
    **deciding.COMMANDS,
    **letters.COMMANDS,
    **filing.COMMANDS,
}
for name, command in COMMANDS.items():
    ready_app.command(name)(command)
