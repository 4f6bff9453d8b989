"""The depositary's lists that a node took: `deposits/<instrument>.csv` and `.toml` in its data folder."""

from pathlib import Path

from rogatory.law.loader import INSTRUMENTS
from rogatory.status.model import Held
from rogatory.status.taking import BadHeldFile, read_held
from rogatory.status.treaties import every_state

FOLDER = "deposits"
MAX_BYTES = 4 * 1024 * 1024


def held_deposits(data: Path) -> dict[str, Held]:
    """What the node in the folder *data* took, by instrument; raises `BadHeldFile` or `BadDeposits`."""
    found: dict[str, Held] = {}
    for name in INSTRUMENTS:
        path = data / FOLDER / f"{name}.csv"
        if not path.is_file():
            continue
        about = path.with_suffix(".toml")
        texts = [_read(path), _read(about) if about.is_file() else b""]
        found[name] = read_held(*texts, instrument=name, states=every_state())
    return found


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise BadHeldFile(f"{path.name} is larger than {MAX_BYTES} bytes", where=f"{FOLDER}/{path.name}")
    return data
