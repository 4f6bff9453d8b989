"""Entries out to open files, and offers in from a table."""

from rogatory.assistance import kinds, tables
from rogatory.assistance.entries import Entry, Visibility
from rogatory.assistance.shape import BadEntry
from rogatory.errors import BadInput
from rogatory.node import people
from rogatory.node.assistance import entries
from rogatory.node.assistance.entries import Wanted
from rogatory.node.context import Node
from rogatory.node.people import Actor


class BadExport(BadInput):
    """An export like this cannot be made."""

    code = "bad-assistance-export"
    remedy = "For whom is one of everybody, partners, us; a CSV file holds one kind of entry."


def export(
    node: Node, actor: Actor, *, kind: str = "", audience: str = tables.EVERYBODY, as_csv: bool = False
) -> bytes:
    """The entries of *kind* (or all) that *audience* may read, as a file.

    For everybody: ours that are public. For partners: ours that all partners may have. For us: all that is here, with
    our own notes. Raises `RoleMissing`, `BadExport` and `UnknownAssistanceKind`.
    """
    if audience not in tables.AUDIENCES or (as_csv and not kind):
        raise BadExport
    found = entries.listed(
        node, actor, Wanted(kind=kind, ours=None if audience == tables.US else True, withdrawn=audience == tables.US)
    )
    kept = [one for one in found if audience == tables.US or _may_read(one, audience)]
    with node.stores.atomic():
        people.note(node, actor, "assist:file:export", kind or "all", f"for {audience}: {len(kept)}")
    return tables.to_csv(kind, kept, audience=audience) if as_csv else tables.to_json(kept, audience=audience)


def import_offers(node: Node, actor: Actor, data: bytes) -> tuple[Entry, ...]:
    """The offers in the CSV file *data*, each a new private entry, all or none.

    Raises `RoleMissing`, `BadOfferTable` with every fault and its line, and `TooManyEntries`.
    """
    people.require(actor, entries.LIAISON)
    bodies = tables.offers_from_csv(data)
    with node.stores.atomic():
        made, faults = [], []
        for line, body in bodies:
            try:
                made.append(entries.make(node, actor, kinds.OFFER, body))
            except BadEntry as error:
                faults += tables.told(line, error)
        tables.require_none(faults)
        people.note(node, actor, "assist:file:import", kinds.OFFER, f"{len(made)} offers")
    return tuple(made)


def _may_read(entry: Entry, audience: str) -> bool:
    if audience == tables.PARTNERS:
        return not entry.withdrawn and entry.visibility in (Visibility.PARTNERS, Visibility.PUBLIC)
    return entry.is_public
