"""The road to partners: HTTP(S), with the signature of RFC 9421 on everything that does not carry its own.

An envelope proves itself. Requests about the parts of an exhibit are signed with the key of an authority of ours, so
the partner's door opens only to the State that sends the exhibit.
"""

import hashlib
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2

from rogatory.errors import RogatoryError
from rogatory.kernel import canonical
from rogatory.ports.world import Answer, PartnerUnreachable
from rogatory.transports import http_signatures
from rogatory.transports.http_signatures import Signer

MAX_ANSWER = 8 * 1024 * 1024
#: A part that is fetched back has at most as many bytes as one that is taken in.
MAX_FETCHED = 64 * 1024 * 1024
#: A signed note with the most that it may have, or a tile.
MAX_BRIEF = 64 * 1024
ENVELOPE_TYPE = "application/vnd.rogatory.envelope"
TIMEOUT = httpx2.Timeout(15, connect=5)
TIMEOUT_PART = httpx2.Timeout(120, connect=5)


class HttpTransport:
    """`ports.world.Transport`; one keep-alive client a thread."""

    def __init__(self, signer: Callable[[], Signer], *, ca_file: Path | None = None) -> None:
        """The road for requests signed by *signer*; partners' certificates may also rest on those in *ca_file*."""
        self._signer = signer
        self._trust: ssl.SSLContext = httpx2.create_ssl_context(trust_env=False)
        if ca_file is not None:
            self._trust.load_verify_locations(cafile=ca_file)
        self._local = threading.local()

    def post_envelope(self, address: str, envelope: bytes) -> Answer:
        """Deliver *envelope*; raises `PartnerUnreachable`."""
        return self._send("POST", f"{address}/node/v1/envelopes", envelope, ENVELOPE_TYPE, timeout=TIMEOUT)

    def missing_parts(self, address: str, exhibit: str) -> Answer:
        """Ask which parts of *exhibit* the partner lacks."""
        return self._signed("GET", f"{address}/node/v1/exhibits/{exhibit}", b"")

    def put_parts_list(self, address: str, exhibit: str, data: bytes) -> Answer:
        """Give the partner the list of part digests."""
        return self._signed("PUT", f"{address}/node/v1/exhibits/{exhibit}/parts-list", data)

    def put_part(self, address: str, exhibit: str, number: int, data: bytes, *, sha256: bytes) -> Answer:
        """Give the partner one part, whose digest is known."""
        return self._signed("PUT", f"{address}/node/v1/exhibits/{exhibit}/parts/{number}", data, sha256=sha256)

    def get_parts_list(self, address: str, exhibit: str) -> Answer:
        """The list of part digests of an exhibit that the partner holds too."""
        return self._signed("GET", f"{address}/node/v1/exhibits/{exhibit}/parts-list", b"", limit=MAX_FETCHED)

    def get_part(self, address: str, exhibit: str, number: int) -> Answer:
        """One part of an exhibit that the partner holds too."""
        return self._signed("GET", f"{address}/node/v1/exhibits/{exhibit}/parts/{number}", b"", limit=MAX_FETCHED)

    def ledger_checkpoint(self, address: str) -> Answer:
        """The newest checkpoint of the partner's log, signed by the log itself."""
        return self._brief("GET", f"{address}/node/v1/ledger/checkpoint")

    def ledger_tile(self, address: str, path: str) -> Answer:
        """A tile of the partner's log, which proves itself against a signed root."""
        return self._brief("GET", f"{address}/node/v1/ledger/{path}")

    def add_checkpoint(self, address: str, submission: bytes) -> Answer:
        """Put a checkpoint of ours, which proves itself, before the partner as a witness."""
        return self._brief("POST", f"{address}/node/v1/witness/add-checkpoint", submission)

    def _brief(self, method: str, url: str, body: bytes = b"") -> Answer:
        """The answer to a question about a log: no more of it is read than such an answer can have."""
        sent = {"content-type": "text/plain; charset=utf-8"} if body else {}
        try:
            with self._client().stream(method, url, content=body or None, headers=sent, timeout=TIMEOUT) as response:
                taken = bytearray()
                for chunk in response.iter_bytes():
                    taken += chunk
                    if len(taken) > MAX_BRIEF:
                        raise PartnerUnreachable(f"the partner's node answered with more than {MAX_BRIEF} bytes")
                return _answer(response.status_code, bytes(taken))
        except httpx2.TimeoutException as error:
            raise PartnerUnreachable(f"the partner's node did not answer in time ({type(error).__name__})") from error
        except httpx2.HTTPError as error:
            raise PartnerUnreachable(f"the partner's node cannot be reached: {error}") from error

    def custody(self, address: str, exhibit: str, start: int) -> Answer:
        """Ask for the partner's chain of custody of *exhibit*, from entry *start* on."""
        return self._signed("GET", f"{address}/node/v1/exhibits/{exhibit}/custody/{start}", b"")

    def _signed(
        self, method: str, url: str, body: bytes, *, sha256: bytes | None = None, limit: int = MAX_ANSWER
    ) -> Answer:
        headers = http_signatures.sign(method, url, sha256 or hashlib.sha256(body).digest(), self._signer())
        kind = "application/octet-stream"
        return self._send(method, url, body, kind, timeout=TIMEOUT_PART, headers=headers, limit=limit)

    def _send(
        self,
        method: str,
        url: str,
        body: bytes,
        content_type: str,
        *,
        timeout: httpx2.Timeout,
        headers: dict[str, str] | None = None,
        limit: int = MAX_ANSWER,
    ) -> Answer:
        sent = {"content-type": content_type, **(headers or {})} if body else headers or {}
        try:
            response = self._client().request(method, url, content=body or None, headers=sent, timeout=timeout)
        except httpx2.TimeoutException as error:
            raise PartnerUnreachable(f"the partner's node did not answer in time ({type(error).__name__})") from error
        except httpx2.HTTPError as error:
            raise PartnerUnreachable(f"the partner's node cannot be reached: {error}") from error
        return _answer(response.status_code, response.content[:limit])

    def _client(self) -> httpx2.Client:
        client: httpx2.Client | None = getattr(self._local, "client", None)
        if client is None:
            client = httpx2.Client(trust_env=False, follow_redirects=False, verify=self._trust)
            self._local.client = client
        return client


def _answer(status: int, body: bytes) -> Answer:
    if status == 200:
        return Answer(status=status, code="", body=body)
    problem: dict[str, Any] = {}
    try:
        problem = canonical.loads_object(body)
    except RogatoryError:
        problem = {}
    return Answer(
        status=status,
        code=_short(problem.get("code")),
        body=body,
        message=_short(problem.get("message")) or f"the partner's node answered with HTTP status {status}",
        remedy=_short(problem.get("remedy")),
    )


def _short(value: object) -> str:
    return value[:500] if isinstance(value, str) else ""
