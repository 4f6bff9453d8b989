"""Partners' logs for tests: one made of keys and hashes that can go wrong on purpose, and a road to real doors."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.support.partner import Partner

from rogatory.api import door
from rogatory.kernel import canonical
from rogatory.ledger import checkpoint, merkle, tiles
from rogatory.ledger.checkpoint import Checkpoint
from rogatory.ledger.notes import VerifierKey
from rogatory.node.context import Node
from rogatory.ports.world import Answer, PartnerUnreachable
from rogatory.sealing.keys import SigningKey


class PartnerLog:
    """The log of a partner State: it holds *leaves*, and shows as many of them as `size` says."""

    def __init__(self, partner: Partner, leaves: int = 0) -> None:
        self.partner = partner
        self.origin = f"rogatory/{partner.state.lower()}/test"
        self.leaves: list[bytes] = []
        self.signer: SigningKey = partner.keys.ledger
        self.shown: str | None = None
        self.spoilt: dict[str, bytes] = {}
        self.grow(leaves)

    @property
    def key(self) -> VerifierKey:
        """The key on the State's card."""
        return VerifierKey(name=self.origin, public=self.partner.keys.ledger.public.raw)

    def grow(self, count: int, salt: bytes = b"") -> None:
        """Add *count* entries; another *salt* makes other ones."""
        first = len(self.leaves)
        self.leaves += [merkle.hash_leaf(b"entry %d " % number + salt) for number in range(first, first + count)]

    def cut(self, size: int) -> None:
        """Go back to the first *size* entries."""
        del self.leaves[size:]

    def nodes(self) -> "Hashes":
        """All hashes of the tree."""
        growth = merkle.append(merkle.EMPTY, self.leaves)
        return Hashes({(level, index): found for level, index, found in growth.nodes()})

    def head(self, size: int | None = None) -> Checkpoint:
        """The head at *size* entries, or now."""
        count = len(self.leaves) if size is None else size
        return Checkpoint(origin=self.origin, size=count, root=merkle.root(count, self.nodes()))

    def signed(self, size: int | None = None) -> str:
        """That head, signed by the log."""
        key = VerifierKey(name=self.origin, public=self.signer.public.raw)
        return checkpoint.sign_checkpoint(self.head(size), key=key, sign=self.signer.sign)

    def proof(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """The consistency proof between two sizes."""
        return tuple(merkle.consistency_proof(old, len(self.leaves) if new is None else new, self.nodes()))

    def answer(self, path: str) -> Answer:
        """What the State's node says to a question about its log."""
        if path in self.spoilt:
            return Answer(status=200, code="", body=self.spoilt[path])
        if path == "checkpoint":
            if self.shown is None and not self.leaves:
                return Answer(status=404, code="nothing-logged", body=b"")
            return Answer(status=200, code="", body=(self.shown or self.signed()).encode())
        data = tiles.tile_bytes(tiles.parse_tile_path(path), len(self.leaves), self.nodes())
        return Answer(status=200, code="", body=data)


@dataclass
class Hashes:
    """Hashes of a tree by level and index."""

    found: Mapping[tuple[int, int], bytes]

    def get(self, level: int, index: int) -> bytes:
        """The hash of one complete subtree."""
        return self.found[level, index]


@dataclass
class Roads:
    """A road that leads to real doors of nodes in this process, and to logs made for a test, by address."""

    nodes: dict[str, Node] = field(default_factory=dict)
    logs: dict[str, PartnerLog] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    said: dict[str, Answer] = field(default_factory=dict)

    def ledger_checkpoint(self, address: str) -> Answer:
        """The newest checkpoint there."""
        return self._go("GET", address, "ledger/checkpoint")

    def ledger_tile(self, address: str, path: str) -> Answer:
        """One tile there."""
        return self._go("GET", address, f"ledger/{path}")

    def add_checkpoint(self, address: str, submission: bytes) -> Answer:
        """Put a checkpoint before the witness there."""
        return self._go("POST", address, "witness/add-checkpoint", submission)

    def _go(self, method: str, address: str, path: str, body: bytes = b"") -> Answer:
        self.asked.append(f"{method} {address} {path}")
        if address in self.down:
            raise PartnerUnreachable("the road is cut")
        if address in self.said and method == "POST":
            return self.said[address]
        if address in self.logs:
            return self.logs[address].answer(path.removeprefix("ledger/"))
        status, _, told = knock(self.nodes[address], method, f"/node/v1/{path}", body)
        code = str(canonical.loads_object(told).get("code")) if status != 200 and told[:1] == b"{" else ""
        return Answer(status=status, code=code, body=told, message=code)


def knock(node: Node, method: str, path: str, body: bytes = b"", **environ: str) -> tuple[int, str, bytes]:
    """Status, content type and body that the door of *node* answers."""
    told: list[tuple[int, str]] = []

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        told.append((int(status[:3]), dict(headers)["Content-Type"]))

    asked = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        **environ,
    }
    answer = b"".join(door.answer(node, asked, start))
    return told[0][0], told[0][1], answer
