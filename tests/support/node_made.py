"""A node of Viet Nam in the data folder of this process, for programs whose other processes are forks of it."""

import os
from datetime import datetime
from pathlib import Path

from rogatory.cli import setting


def make_node(folder: Path, at: datetime) -> None:
    """Make it in *folder*/VNM, with keys as of *at* and an empty database; Django is started."""
    setting.make(
        folder / "VNM",
        setting.NewNode(
            state="VNM", name="Viet Nam", address="http://127.0.0.1:9", exercise=True, clock_ahead=0, languages=("en",)
        ),
        passphrase=(folder / "passphrase").read_text(encoding="ascii"),
        at=at,
        random=os.urandom,
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
