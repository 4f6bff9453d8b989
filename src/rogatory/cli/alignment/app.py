"""`rogatory align`: a State's law against the obligations of the Convention."""

import typer

from rogatory.cli.alignment import assessing, lawtexts, proposing, reporting, reviewing

align_app = typer.Typer(no_args_is_help=True, help="A State's law against the obligations of the Convention.")
for name, command in {
    **lawtexts.COMMANDS,
    **proposing.COMMANDS,
    **reviewing.COMMANDS,
    **assessing.COMMANDS,
    **reporting.COMMANDS,
}.items():
    align_app.command(name)(command)
