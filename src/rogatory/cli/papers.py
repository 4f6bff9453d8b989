"""What is shown of an exhibit's signed papers; the node verified them before it kept them."""

from typing import Any

from rich.console import Group, RenderableType

from rogatory.cli import printing
from rogatory.evidence import custody
from rogatory.evidence.custody import Entry
from rogatory.node.evidence import exhibits
from rogatory.ports.evidence import ExhibitRow


def exhibit_json(row: ExhibitRow) -> dict[str, Any]:
    """An exhibit as JSON: the row, what its manifest says, its custody."""
    found: dict[str, Any] = printing.plain(row, without=frozenset({"custody", "manifest", "parts_list", "sealed_blob"}))
    said = exhibits.manifest_of(row)
    return {**found, "manifest": said.to_json(), "custody": [printing.plain(entry) for entry in entries(row)]}


def entries(row: ExhibitRow) -> tuple[Entry, ...]:
    """The custody entries of an exhibit, in their order."""
    return tuple(custody.read_entry(signed.encode()).unverified_entry for signed in row.custody)


def view(row: ExhibitRow) -> RenderableType:
    """An exhibit for a person."""
    said = exhibits.manifest_of(row)
    rows = [(one.at, one.act, one.holder, one.person, one.purpose) for one in entries(row)]
    return Group(
        printing.pairs(
            {
                "exhibit": row.id,
                "file": f"{said.name} ({said.size} bytes, {said.media_type})",
                "description": said.description,
                "SHA-256": said.sha256,
                "sealed by": said.sealed_by,
                "use": said.conditions.use,
                "state": f"{row.state}: {row.reason}" if row.reason else row.state,
                "parts here": f"{row.received_parts} of {said.parts.count}" if not row.ours else "",
            }
        ),
        printing.table(("at", "act", "holder", "person", "purpose"), rows, title="custody"),
    )
