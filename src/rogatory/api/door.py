"""The door between nodes (spec/node-api.md): plain WSGI, in front of Django's middleware, which it does not need.

What arrives proves itself: an envelope by its own signature, everything about exhibits by a signature on the HTTP
request. The ledger is public: its entries say nothing without their openings. Every refusal is a JSON object with a
stable code, a sentence and what to do next; nothing of a case is ever in it.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Iterable
from typing import Any

from rogatory.api.asked import Asked, Environ, NoLength, TooLarge
from rogatory.errors import BadInput, NotFound, NotPermitted, RogatoryError, Unavailable, Untrusted
from rogatory.kernel import canonical
from rogatory.ledger import witness
from rogatory.node import intake, partners
from rogatory.node.context import MAX_PARTS_LIST, Node
from rogatory.node.evidence import comparing, transfer
from rogatory.node.evidence.storage import mending
from rogatory.node.evidence.transfer import Part
from rogatory.node.ledger import cosigning, proving, witnessing
from rogatory.ports.blobs import StorageFull
from rogatory.sealing.envelope import MAX_ENVELOPE, EnvelopeTooLarge
from rogatory.transports import http_signatures

PREFIX = "/node/v1/"
MAX_PART = 64 * 1024 * 1024
log = logging.getLogger("rogatory.door")

Start = Callable[..., object]
#: What a route answers: the content type, the body and, unless nobody may keep it, how long caches may.
Found = tuple[str, bytes] | tuple[str, bytes, str]
Route = Callable[["Asked", re.Match[str]], Found]

JSON = "application/json"
TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
#: A full tile never changes; a partial one is soon followed by a wider one.
FOR_EVER, SHORTLY = "public, max-age=31536000, immutable", "public, max-age=60"


class NoSuchDoor(NotFound):
    """There is nothing at this address."""

    code = "no-such-address"


#: Which HTTP status tells of which error; the first that fits.
STATUS: tuple[tuple[type[BaseException], int], ...] = (
    (EnvelopeTooLarge, 413),
    (TooLarge, 413),
    (NoLength, 411),
    (http_signatures.BadRequestSignature, 401),
    (StorageFull, 507),
    (NotFound, 404),
    (intake.Replayed, 409),
    (witness.NotContinued, 422),
    (NotPermitted, 409),
    (Untrusted, 403),
    (BadInput, 400),
    (Unavailable, 503),
)
REASON = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    411: "Length Required",
    413: "Content Too Large",
    422: "Unprocessable Content",
    500: "Internal Server Error",
    503: "Service Unavailable",
    507: "Insufficient Storage",
}


def answer(node: Node, environ: Environ, start: Start) -> Iterable[bytes]:
    """The WSGI answer of the door; every path under `PREFIX` comes here."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    try:
        route, match = _find(method, path)
        return _send(start, 200, *route(Asked(node, environ), match))
    except RogatoryError as error:
        status = next((found for family, found in STATUS if isinstance(error, family)), 400)
        log.info("%s %s: %s %s", method, path[:200], status, error.code)
        return _send(start, status, *told(error))
    except Exception:
        log.exception("%s %s failed", method, path[:200])
        trouble = Unavailable("the node failed; its operator finds the reason in the log")
        return _send(start, 500, JSON, problem(trouble))


def _find(method: str, path: str) -> tuple[Route, re.Match[str]]:
    for wanted, pattern, route in ROUTES:
        match = pattern.fullmatch(path)
        if match and method == wanted:
            return route, match
    raise NoSuchDoor(f"there is nothing at {method} {path[:200]}")


def told(error: RogatoryError) -> tuple[str, bytes]:
    """How the other side is told of *error*: as JSON, but a log whose witness holds another size as C2SP says."""
    if isinstance(error, witness.OtherSizeHeld):
        return witness.SIZE_TYPE, f"{error.held}\n".encode()
    return JSON, problem(error)


def problem(error: RogatoryError) -> bytes:
    """What the other side is told of *error*."""
    told: dict[str, Any] = {"code": error.code, "message": error.message, "remedy": error.advice}
    if error.cite:
        told["provision"] = error.cite
    step = getattr(error, "step", None)
    if isinstance(step, int):
        told["step"] = step
    if isinstance(error, intake.Replayed):
        told["receipt"] = error.receipt
    return canonical.dumps(told)


def _envelopes(asked: Asked, _: re.Match[str]) -> tuple[str, bytes]:
    return "application/vnd.rogatory.receipt", intake.receive(asked.node, asked.body(MAX_ENVELOPE)).encode()


def _card(asked: Asked, _: re.Match[str]) -> tuple[str, bytes]:
    return TEXT, partners.own_card(asked.node)


def _missing(asked: Asked, match: re.Match[str]) -> tuple[str, bytes]:
    sender = asked.sender()
    return JSON, canonical.dumps(transfer.missing(asked.node, sender, match["id"]))


def _parts_list(asked: Asked, match: re.Match[str]) -> tuple[str, bytes]:
    signed = asked.signed()
    body = asked.body(MAX_PARTS_LIST)
    transfer.take_parts_list(asked.node, signed.sent(hashlib.sha256(body).digest()), match["id"], body)
    return JSON, b'{"taken":true}'


def _part(asked: Asked, match: re.Match[str]) -> tuple[str, bytes]:
    signed = asked.signed()
    body, sha256 = asked.large_body(MAX_PART)
    part = Part(number=int(match["number"]), data=body, sha256=sha256)
    new = transfer.take_part(asked.node, signed.sent(sha256), match["id"], part)
    return JSON, canonical.dumps({"taken": True, "new": new})


def _part_back(asked: Asked, match: re.Match[str]) -> tuple[str, bytes]:
    return BYTES, mending.part_for(asked.node, asked.sender(), match["id"], int(match["number"]))


def _parts_list_back(asked: Asked, match: re.Match[str]) -> tuple[str, bytes]:
    return BYTES, mending.part_list_for(asked.node, asked.sender(), match["id"])


def _checkpoint(asked: Asked, _: re.Match[str]) -> Found:
    return TEXT, proving.checkpoint_text(asked.node).encode(), "no-cache"


def _witnessed(asked: Asked, _: re.Match[str]) -> tuple[str, bytes]:
    return TEXT, witnessing.witnessed_text(asked.node).encode()


def _add_checkpoint(asked: Asked, _: re.Match[str]) -> tuple[str, bytes]:
    return TEXT, cosigning.cosign(asked.node, asked.body(witness.MAX_SUBMISSION)).encode()


def _tile(asked: Asked, match: re.Match[str]) -> Found:
    path = match["tile"]
    return BYTES, proving.tile(asked.node, path), SHORTLY if ".p/" in path else FOR_EVER


def _proof(asked: Asked, match: re.Match[str]) -> tuple[str, bytes]:
    sender = asked.sender()
    return JSON, canonical.dumps(proving.proof_for(asked.node, sender, match["digest"]).to_json())


def _custody(asked: Asked, match: re.Match[str]) -> tuple[str, bytes]:
    sender = asked.sender()
    return JSON, canonical.dumps(comparing.custody_for(asked.node, sender, match["id"], int(match["start"] or 0)))


_EXHIBIT = r"/node/v1/exhibits/(?P<id>[0-9A-Z]{26})"
ROUTES: tuple[tuple[str, re.Pattern[str], Route], ...] = (
    ("POST", re.compile(r"/node/v1/envelopes"), _envelopes),
    ("PUT", re.compile(_EXHIBIT + r"/parts/(?P<number>[0-9]{1,7})"), _part),
    ("PUT", re.compile(_EXHIBIT + r"/parts-list"), _parts_list),
    ("GET", re.compile(_EXHIBIT + r"/parts/(?P<number>[0-9]{1,7})"), _part_back),
    ("GET", re.compile(_EXHIBIT + r"/parts-list"), _parts_list_back),
    ("GET", re.compile(_EXHIBIT), _missing),
    ("GET", re.compile(_EXHIBIT + r"/custody(?:/(?P<start>[0-9]{1,5}))?"), _custody),
    ("GET", re.compile(r"/node/v1/card"), _card),
    ("GET", re.compile(r"/node/v1/ledger/checkpoint"), _checkpoint),
    ("GET", re.compile(r"/node/v1/ledger/witnessed"), _witnessed),
    ("POST", re.compile(r"/node/v1/witness/add-checkpoint"), _add_checkpoint),
    ("GET", re.compile(r"/node/v1/ledger/(?P<tile>tile/[0-9a-z./]{1,100})"), _tile),
    ("GET", re.compile(r"/node/v1/proofs/(?P<digest>[0-9a-f]{64})"), _proof),
)


def _send(start: Start, status: int, content_type: str, body: bytes, kept: str = "no-store") -> Iterable[bytes]:
    start(
        f"{status} {REASON[status]}",
        [
            ("Content-Type", content_type),
            ("Content-Length", str(len(body))),
            ("Cache-Control", kept),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
    return [body]
