"""`rogatory assist trainee`: the named trainees of a project, which liaisons alone read."""

from typing import Annotated

import typer

from rogatory.cli import printing, reading
from rogatory.cli.assistance import showing
from rogatory.cli.session import session_of
from rogatory.node.assistance import trainees

trainee_app = typer.Typer(no_args_is_help=True, help="Named trainees of a project; they never leave this node.")
ProjectName = Annotated[str, typer.Argument(metavar="PROJECT", help="The project; the beginning of its id will do.")]


@trainee_app.command("add")
def add(
    context: typer.Context,
    project: ProjectName,
    *,
    name: Annotated[str, typer.Option(metavar="NAME", help="The name.")],
    training: Annotated[int, typer.Option(min=1, metavar="N", help="The training, by its number in the project.")] = 1,
    role: Annotated[str, typer.Option(metavar="ROLE", help="judges, prosecutors, police …")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="A note.")] = "",
) -> None:
    """Name a trainee (liaison)."""
    session = session_of(context)
    whole = showing.named(session, project, kind="project")
    found = trainees.add(
        session.node, session.actor, whole, training=training, name=reading.text_of(name), role=role, note=note
    )
    session.answer(printing.plain(found), f"{found.name} is named for training {found.training}.")


@trainee_app.command("list")
def list_(context: typer.Context, project: ProjectName) -> None:
    """List the named trainees; the reading is recorded (liaison)."""
    session = session_of(context)
    found = trainees.of_project(session.node, session.actor, showing.named(session, project, kind="project"))
    rows = [(one.id, one.training, one.name, one.role, one.note) for one in found]
    session.answer(
        printing.plain(found), printing.table(("trainee", "training", "name", "role", "note"), rows, title="trainees")
    )


@trainee_app.command("remove")
def remove(
    context: typer.Context,
    trainee: Annotated[str, typer.Argument(metavar="TRAINEE", help="The trainee, by the whole id.")],
) -> None:
    """Forget a trainee (liaison)."""
    session = session_of(context)
    trainees.remove(session.node, session.actor, trainee)
    session.answer({"removed": trainee}, "The trainee is forgotten.")
