"""Changing what `node.toml` says of the node's authorities, and nothing else in it; written durably."""

import re
from collections.abc import Mapping
from pathlib import Path

from rogatory.errors import BadInput
from rogatory.stores.deposits import write_durably

_BLOCK = re.compile(r"(?ms)^\[\[authorities\]\]\n.*?(?=^\[|\Z)")
_SERIAL = re.compile(r"(?m)^serial = \d+$")

Values = Mapping[str, str | tuple[str, ...]]


class NodeFileUnknown(BadInput):
    """The file node.toml is not laid out as this program wrote it."""

    code = "node-file-unknown"
    remedy = "Make the change in node.toml by hand, and raise its serial number by one."


def change_authorities(path: Path, changes: Mapping[str, Values], *, serial: int) -> None:
    """Give each authority, by id, the values named, and the file that serial number; raises `NodeFileUnknown`."""
    text = path.read_text(encoding="utf-8")
    for name, values in changes.items():
        block = next((one for one in _BLOCK.finditer(text) if f'id = "{name}"\n' in one[0]), None)
        if block is None:
            raise NodeFileUnknown(f"no authority {name} is found in {path.name}")
        changed = block[0]
        for key, value in values.items():
            line = re.search(rf"(?m)^{key} = .*$", changed)
            if line is None:
                raise NodeFileUnknown(f"the authority {name} has no line {key} in {path.name}")
            changed = f"{changed[: line.start()]}{key} = {_written(value)}{changed[line.end() :]}"
        text = text[: block.start()] + changed + text[block.end() :]
    if not _SERIAL.search(text):
        raise NodeFileUnknown(f"{path.name} has no line serial")
    write_durably(path, _SERIAL.sub(f"serial = {serial}", text, count=1).encode())


def _written(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return f"[{', '.join(_written(one) for one in value)}]"
