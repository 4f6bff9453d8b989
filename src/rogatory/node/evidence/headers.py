"""The header that opens a sealed exhibit here and now: the file's own, or one made anew for our present keys.

The sealed file never changes, for its parts are signed. When our keys change, a new header is made for the same file
(`sealing.rewrapping`) and stands beside it as `exhibits/<id>/header-<n>.age`; the exhibit's row names the one to use.
It is written first, then named, and only then are older ones destroyed: wherever that is stopped, one header opens,
and doing it again goes on. Only exhibits that were sealed to us have one; those of ours open for the partner alone.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace

from rogatory.evidence import opener
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.evidence import exhibits
from rogatory.node.people import Actor
from rogatory.ports.evidence import ExhibitRow
from rogatory.sealing import age, rewrapping
from rogatory.sealing.keystore import Keystore

#: States of an exhibit of another State whose bytes are here, or on their way.
_HELD = ("receiving", "complete", "received", "returned")
_NAME = "header-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrapped:
    """What became of the exhibits sealed to an authority, by their ids.

    *renewed* got a new header now, *current* open with the present key already, the header of the *waiting* has not
    arrived yet, and no key of this node opens the *closed*.
    """

    renewed: tuple[str, ...] = ()
    current: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def header_of(node: Node, row: ExhibitRow) -> bytes | None:
    """The header made anew for the exhibit, for `opener`; None while the sealed file's own is to be used."""
    if not row.header_blob:
        return None
    with node.blobs.open(row.header_blob) as beside:
        return beside.read(opener.MAX_PREFIX + 1)


def renew_all(
    node: Node, actor: Actor | None, authority: str, *, progress: Callable[[int, int], None] | None = None
) -> Rewrapped:
    """Every exhibit that was sealed to *authority* opens with its newest key; raises as reading blobs does.

    *progress* is called with how many were looked at, and how many there are.
    """
    keys = node.unlock()
    ids = [row.id for state in _HELD for row in node.stores.exhibits.in_state(state) if _for(row, authority)]
    found: dict[str, list[str]] = {"renewed": [], "current": [], "waiting": [], "closed": []}
    for done, exhibit in enumerate(ids, start=1):
        found[_renew(node, actor, authority, keys, exhibit)].append(exhibit)
        if progress:
            progress(done, len(ids))
    return Rewrapped(**{name: tuple(those) for name, those in found.items()})


def _for(row: ExhibitRow, authority: str) -> bool:
    return not row.ours and authority in exhibits.manifest_of(row).receivers


def _renew(node: Node, actor: Actor | None, authority: str, keys: Keystore, id: str) -> str:
    row = exhibits.get(node, id)
    prefix = _prefix(node, row)
    if prefix is None:
        return "waiting"
    present = keys.authority(authority).encryption[-1].identity
    held = header_of(node, row)
    if rewrapping.opens(held or prefix, [present]):
        _shred_others(node, row)
        return "current"
    receivers = [one for one in exhibits.manifest_of(row).receivers if one in keys.authorities]
    identities = [secret.identity for one in receivers for secret in reversed(keys.authority(one).encryption)]
    recipients = [keys.authority(one).encryption[-1].identity.recipient for one in receivers]
    try:
        header = rewrapping.rewrap_header(held or prefix, identities, recipients, node.random)
    except age.NoMatch:
        return "closed"
    # What is forgotten later cannot be mended: the new header is tried on the file before it is named.
    age.open_header(io.BytesIO(prefix), [present], instead=header)
    name = _write(node, id, header)
    with node.stores.atomic():
        row = replace(exhibits.get(node, id), header_blob=name)
        node.stores.exhibits.put(row)
        people.note(node, actor, "exhibit:header:renew", row.case, id)
    _shred_others(node, row)
    return "renewed"


def _prefix(node: Node, row: ExhibitRow) -> bytes | None:
    """The beginning of the sealed file, its header in it; None while that has not arrived."""
    if node.blobs.exists(row.sealed_blob):
        with node.blobs.open(row.sealed_blob) as sealed:
            return sealed.read(opener.MAX_PREFIX)
    first = _parts_of_the_header(row)
    if not first <= node.stores.exhibits.parts(row.id):
        return None
    with node.blobs.open_unfinished(row.sealed_blob) as sealed:
        return sealed.read(opener.MAX_PREFIX)


def _parts_of_the_header(row: ExhibitRow) -> frozenset[int]:
    """The parts in which the header may stand: those of the first mebibyte."""
    cut = exhibits.manifest_of(row).parts
    return frozenset(range(min(cut.count, -(-opener.MAX_PREFIX // cut.size))))


def _write(node: Node, id: str, header: bytes) -> str:
    number = 1
    while node.blobs.exists(name := exhibits.blob_name(id, f"{_NAME}{number}.age")):
        number += 1
    writer = node.blobs.create(name)
    try:
        writer.file.write(header)
        writer.commit()
    finally:
        writer.abort()
    return name


def _shred_others(node: Node, row: ExhibitRow) -> None:
    beginning = exhibits.blob_name(row.id, _NAME)
    for name in list(node.blobs.names(exhibits.blob_name(row.id, "").rstrip("/"))):
        if name.startswith(beginning) and name != row.header_blob:
            node.blobs.shred(name)
