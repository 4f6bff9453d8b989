"""`rogatory assist`: needs and offers, projects and money, pledges and good practices (Articles 54 to 56)."""

import typer

from rogatory.cli.assistance import exchanging, filing, making, trainees

assist_app = typer.Typer(
    no_args_is_help=True, help="Needs and offers of help, projects, funds, pledges, good practices."
)
for _kind, _word in making.WORDS.items():
    assist_app.add_typer(making.app_of(_kind), name=_word)
assist_app.add_typer(trainees.trainee_app, name="trainee")
for _name, _command in {**exchanging.COMMANDS, **filing.COMMANDS}.items():
    assist_app.command(_name)(_command)
