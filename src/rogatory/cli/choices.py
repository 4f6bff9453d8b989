"""Options and arguments that more than one command takes."""

from pathlib import Path
from typing import Annotated

import typer

CaseName = Annotated[str, typer.Argument(metavar="CASE", help="The case; the beginning of its name will do.")]
DraftId = Annotated[str, typer.Argument(metavar="ID", help="The draft.")]
ExhibitId = Annotated[str, typer.Argument(metavar="ID", help="The exhibit.")]
Regarding = Annotated[
    str,
    typer.Option(
        "--regarding",
        metavar="DIGEST",
        help="The request, by 8 or more digits of its digest; may be left out when only one request fits.",
    ),
]
OutFile = Annotated[Path, typer.Option("--out", metavar="FILE", help="A new file; nothing is ever overwritten.")]
