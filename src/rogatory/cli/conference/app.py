"""`rogatory conference`: rules of procedure, meetings, votes and elections."""

import typer

from rogatory.cli.conference import comparing, counting, documenting, meetings, reporting, rulebooks, standing

conference_app = typer.Typer(no_args_is_help=True, help="Rules of procedure, meetings, votes and elections.")
for name, command in {
    **meetings.COMMANDS,
    **documenting.COMMANDS,
    **standing.COMMANDS,
    **reporting.COMMANDS,
    **counting.COMMANDS,
    **rulebooks.COMMANDS,
    **comparing.COMMANDS,
}.items():
    conference_app.command(name)(command)
conference_app.add_typer(meetings.pass_app, name="pass")
