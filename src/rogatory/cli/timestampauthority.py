"""`rogatory timestamp-authority`: a small authority of one's own, for exercises and closed networks."""

from pathlib import Path
from typing import Annotated

import typer

from rogatory.cli.session import session_of
from rogatory.errors import BadInput
from rogatory.transports import timestampauthority

authority_app = typer.Typer(no_args_is_help=True, help="A small time-stamp authority of one's own (needs openssl).")
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the authority is kept.")]
MAX_NAME = 60


@authority_app.command("init")
def init(
    context: typer.Context,
    folder: Folder,
    *,
    name: Annotated[str, typer.Option(metavar="TEXT", help="What its certificate calls it.")] = "Time-stamp authority",
) -> None:
    """Make a time-stamp authority: a key, its certificate, and the root certificate to hand out."""
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        raise BadInput(f"the name has 1 to {MAX_NAME} signs that can be printed")
    root = timestampauthority.make(folder, name)
    told = f"Give {root} to whoever verifies; serve it with: rogatory timestamp-authority serve {folder}"
    session_of(context).answer({"folder": str(folder), "certificate": str(root)}, told)


@authority_app.command("serve")
def serve(
    context: typer.Context,
    folder: Folder,
    *,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes any.")] = 8318,
) -> None:
    """Stamp whatever is sent to it over HTTP, until interrupted."""
    server = timestampauthority.serve(folder, host, port)
    address = f"http://{host}:{server.server_address[1]}/"
    session_of(context).answer({"address": address}, f"Time-stamps at {address}")
    try:
        server.serve_forever()
    finally:
        server.server_close()
