"""Checking the node's own log: every entry re-hashed and held against the files, the head, and what was signed before.

Rules in words. 1. The checkpoint is signed by this log's key. 2. It states the tree of the head row. 3. Every entry is
there. 4. Hashed again, they make that tree. 5. The files of derived hashes say the same; where they do not, they are
made anew. 6. The log continues every earlier checkpoint: those that are given, and those that the node saw itself
before it was set back. 7. The entry of every message and letter is the one that its opening opens. All that disagrees
is found; nothing is mended but the files, which are derived.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rogatory.errors import RogatoryError
from rogatory.law.words import Words
from rogatory.ledger import checkpoint, entries, merkle, notes
from rogatory.ledger.checkpoint import Checkpoint
from rogatory.ledger.merkle import Edge, NodeRows
from rogatory.node import record
from rogatory.node.context import Node
from rogatory.ports.correspondence import LetterRow
from rogatory.ports.exchange import MessageRow
from rogatory.ports.record import Head, LedgerDamaged

CHUNK = 8192
LETTERS_AT_ONCE = 100
Progress = Callable[[int], None]

OTHER_KEY = Words(
    "The checkpoint was not signed by this log's key: {error}",
    "Le point de contrôle n’a pas été signé par la clé de ce journal : {error}",
)
OTHER_HEAD = Words(
    "The checkpoint speaks of {signed} entries, the head of the log of {size}, or of another root",
    "Le point de contrôle parle de {signed} entrées, la tête du journal de {size}, ou d’une autre racine",
)
TRUNCATED = Words(
    "The log has {size} entries; those from {first} on are missing in the database",
    "Le journal compte {size} entrées ; celles à partir de {first} manquent dans la base de données",
)
CHANGED = Words(
    "The entries in the database do not make the tree that was signed{first}",
    "Les entrées de la base de données ne forment pas l’arbre qui a été signé{first}",
)
CHANGED_FROM = Words(": the first that differs is {first}", " : la première qui diffère est la {first}")
FILES = Words(
    "The files of derived hashes differed from the entries, first at level {level}, place {place}; they were made anew",
    "Les fichiers des empreintes dérivées différaient des entrées, d’abord au niveau {level}, place {place} ; "
    "ils ont été refaits",
)
SET_BACK = Words(
    "The log has {size} entries, but it signed a checkpoint of {signed}: it was set back to an older state",
    "Le journal compte {size} entrées, mais il a signé un point de contrôle de {signed} : il a été ramené à un état "
    "antérieur",
)
FORKED = Words(
    "The first {signed} entries are not those of a checkpoint that the log signed: its past was rewritten",
    "Les {signed} premières entrées ne sont pas celles d’un point de contrôle que le journal a signé : son passé a été "
    "réécrit",
)
OPENING = Words(
    "The entry {index} is not that of the message {digest} which the database keeps with it",
    "L’entrée {index} n’est pas celle du message {digest} que la base de données garde avec elle",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that disagrees: a stable code, and what it is."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The log as it was checked: size, root in hexadecimal, messages and letters held to it, all that disagrees."""

    size: int
    root: str
    messages: int
    findings: tuple[Finding, ...]


def check(node: Node, earlier: Sequence[str] = (), *, progress: Progress | None = None) -> Checked:
    """What the check finds; *earlier* are checkpoints of this log kept elsewhere, *progress* sees entries hashed.

    Raises nothing for what disagrees. Entries that come meanwhile are left to the next check.
    """
    store = node.stores.ledger
    head = store.head()
    key = record.log_key(node.config.log_origin, node.unlock().ledger.public.raw)
    found = _signature(head, key)
    walk = _Walk(head, progress or (lambda _: None))
    found += walk.entries(node)
    if walk.is_sound:
        found += walk.files(node)
    for text in (*earlier, *store.lost_checkpoints()):
        found += _continues(text, head, key, store.nodes() if walk.is_sound else None)
    count, wrong = _openings(node, head)
    return Checked(size=head.edge.size, root=head.edge.root.hex(), messages=count, findings=(*found, *wrong))


def _signature(head: Head, key: notes.VerifierKey) -> list[Finding]:
    if not head.checkpoint and not head.edge.size:
        return []
    try:
        stated = checkpoint.verify_checkpoint(head.checkpoint, key)
    except RogatoryError as error:
        return [Finding(code=error.code, words=OTHER_KEY.fill(error=error.message))]
    if (stated.size, stated.root) != (head.edge.size, head.edge.root):
        words = OTHER_HEAD.fill(signed=stated.size, size=head.edge.size)
        return [Finding(code="ledger-head-differs", words=words)]
    return []


class _Walk:
    """One pass over all entries, and what it has seen."""

    def __init__(self, head: Head, progress: Progress) -> None:
        self._head, self._progress = head, progress
        self._leaf: int | None = None
        self._node: tuple[int, int] | None = None
        self.is_sound = False

    def entries(self, node: Node) -> list[Finding]:
        """What is wrong with the entries themselves."""
        store, size = node.stores.ledger, self._head.edge.size
        edge, nodes = merkle.EMPTY, _files(node)
        while edge.size < size:
            held = store.entries(edge.size, min(size, edge.size + CHUNK))
            if len(held) < min(size - edge.size, CHUNK):
                words = TRUNCATED.fill(size=size, first=edge.size + len(held))
                return [Finding(code="ledger-truncated", words=words)]
            growth = merkle.append(edge, [merkle.hash_leaf(entry) for entry in held])
            if nodes is not None:
                self._compare(growth, nodes)
            edge = growth.edge
            self._progress(edge.size)
        self.is_sound = edge == self._head.edge
        if self.is_sound:
            return []
        first = CHANGED_FROM.fill(first=self._leaf) if self._leaf is not None else Words("", "")
        return [Finding(code="ledger-entries-changed", words=CHANGED.fill(first=first))]

    def files(self, node: Node) -> list[Finding]:
        """What was wrong with the files, which are made anew then."""
        if self._node is None:
            return []
        node.stores.ledger.rebuild()
        words = FILES.fill(level=self._node[0], place=self._node[1])
        return [Finding(code="ledger-files-differ", words=words)]

    def _compare(self, growth: merkle.Growth, nodes: NodeRows) -> None:
        for level, row in enumerate(growth.rows):
            start = growth.start >> level
            if self._node is None and nodes.row(level, start, len(row)) != b"".join(row):
                place = next(n for n, one in enumerate(row, start) if nodes.get(level, n) != one)
                self._node = (level, place)
                self._leaf = place if level == 0 else None


def _files(node: Node) -> NodeRows | None:
    """The derived hashes; `None` when the entries do not make them."""
    try:
        return node.stores.ledger.nodes()
    except LedgerDamaged:
        return None


def _continues(text: str, head: Head, key: notes.VerifierKey, nodes: NodeRows | None) -> list[Finding]:
    """What is wrong when the log of *head* does not continue the checkpoint in *text*."""
    try:
        before: Checkpoint = checkpoint.verify_checkpoint(text, key)
    except RogatoryError as error:
        return [Finding(code=error.code, words=OTHER_KEY.fill(error=error.message))]
    if before.size > head.edge.size:
        return [Finding(code="log-shrank", words=SET_BACK.fill(size=head.edge.size, signed=before.size))]
    if nodes is not None and _root(before.size, head.edge, nodes) != before.root:
        return [Finding(code="not-consistent", words=FORKED.fill(signed=before.size))]
    return []


def _root(size: int, edge: Edge, nodes: NodeRows) -> bytes:
    return edge.root if size == edge.size else merkle.root(size, nodes)


def _openings(node: Node, head: Head) -> tuple[int, list[Finding]]:
    """How many messages and letters were held against their entries, and those whose entry is another."""
    stores, count, found = node.stores, 0, list[Finding]()
    for row in _carried(node):
        if row.ledger_index >= head.edge.size:
            continue
        count += 1
        held = stores.ledger.entries(row.ledger_index, row.ledger_index + 1)
        if list(held) != [entries.open_entry(row.digest, row.blinding).entry]:
            words = OPENING.fill(index=row.ledger_index, digest=row.digest[:16])
            found.append(Finding(code="ledger-opening-differs", words=words))
    return count, found


def _carried(node: Node) -> Iterator[MessageRow | LetterRow]:
    """Every message and every letter that is kept."""
    for case in node.stores.messages.cases():
        yield from node.stores.messages.of_case(case)
    page = node.stores.letters.newest(limit=LETTERS_AT_ONCE)
    while page:
        yield from page
        page = node.stores.letters.newest(limit=LETTERS_AT_ONCE, before=page[-1].ledger_index)
