"""`rogatory exhibit extract`: a part of an exhibit, sealed for somebody else as an exhibit of its own."""

import re
import tempfile
from typing import Annotated

import typer

from rogatory.cli import papers, reading
from rogatory.cli.choices import ExhibitId, Regarding
from rogatory.cli.progress import progress_of
from rogatory.cli.session import session_of
from rogatory.cli.steps import regarding_of
from rogatory.errors import BadInput
from rogatory.node import people, record
from rogatory.node.evidence import exhibits, extracts
from rogatory.node.evidence.extracts import ToExtract

_STRETCH = re.compile(r"([0-9]{1,16}):([0-9]{1,16})")


def extract(
    context: typer.Context,
    id: ExhibitId,
    *,
    to: Annotated[str, typer.Option(metavar="CASE", help="The case to whose other side it goes.")],
    purpose: Annotated[str, typer.Option(metavar="TEXT", help="What for; it goes into the custody of the exhibit.")],
    left_out: Annotated[str, typer.Option(metavar="TEXT", help="What of the exhibit is not in the extract, in words.")],
    path: Annotated[
        list[str] | None, typer.Option(metavar="PATTERN", help="A member of the folder: a/b, 'mail/*'. Repeatable.")
    ] = None,
    range_: Annotated[
        str, typer.Option("--range", metavar="START:END", help="Bytes of a divisible file, END not included.")
    ] = "",
    description: Annotated[str, typer.Option(metavar="TEXT", help="What it is; the exhibit is named anyway.")] = "",
    name: Annotated[str, typer.Option(metavar="TEXT", help="The name of the extract's file.")] = "",
    leave: Annotated[str, typer.Option(metavar="DIGEST", help="The message that gave leave, where it is needed.")] = "",
    regarding: Regarding = "",
) -> None:
    """Release a part of a received exhibit as a new exhibit (custodian).

    It brings the proof that each piece is the exhibit's, and nothing else of it. It stays here until its delivery
    was approved. What is sealed as a folder is extracted by paths, what is sealed with --divisible by bytes.
    """
    session = session_of(context)
    node, actor = session.node, session.actor
    people.require(actor, "custodian")
    case = reading.case_of(node, to)
    parent = exhibits.manifest_of(exhibits.get(node, id))
    wanted = ToExtract(
        case=case,
        regarding=regarding_of(session, record.case_file(node, case), regarding, "delivery"),
        purpose=purpose,
        left_out=left_out,
        description=description or f"Extract of {parent.name}",
        name=name or f"extract-of-{parent.name.removesuffix('.tar')[:200]}.tar",
        paths=tuple(path or ()),
        stretch=_stretch(range_, chosen=bool(path)),
        leave=leave or None,
    )
    spool = tempfile.TemporaryFile
    with spool() as lines, spool() as listing, progress_of(session, "sealing", None) as progress:
        row = extracts.extract(node, actor, id, wanted, spools=(lines, listing), progress=progress)
    told = f"It stays here until its delivery is proposed (rogatory exhibit deliver {row.id}) and approved."
    session.answer(papers.exhibit_json(row), papers.view(row), told)


def _stretch(text: str, *, chosen: bool) -> tuple[int, int] | None:
    """The bytes that --range names; raises `BadInput` unless either paths or a range are given."""
    if bool(text) is chosen:
        raise BadInput("say what is extracted: either --path, once or more, or --range START:END")
    if not text:
        return None
    found = _STRETCH.fullmatch(text)
    if found is None:
        raise BadInput(f"{text[:60]!r} is no range of bytes such as 0:1048576")
    return int(found[1]), int(found[2])


COMMANDS = {"extract": extract}
