"""The road to a time-stamp authority: a query and its response over HTTP(S) (RFC 3161, section 3.4).

The response is verified on receipt, with the nonce of the query, against the certificates that the operator gave:
what cannot be proved later is not kept today.
"""

from collections.abc import Callable

import httpx2
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from rogatory.ledger import timestamp
from rogatory.ports.timestamps import TimestampsUnreachable, Token

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
TIMEOUT = httpx2.Timeout(10, connect=5)


class HttpTimestamps:
    """`ports.timestamps.TimestampAuthority` at *address*; *certificates* gives those that are believed (PEM or DER)."""

    def __init__(self, address: str, certificates: Callable[[], bytes]) -> None:
        self.address = address
        self._certificates = certificates

    def stamp(self, data: bytes) -> Token:
        """A token for *data*."""
        roots = [self._certificates()]
        query = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
        answer = self._ask(query.as_bytes())
        return Token(data=answer, stamped=timestamp.verify_token(answer, data, roots, nonce=query.nonce))

    def _ask(self, query: bytes) -> bytes:
        answer = bytearray()
        try:
            with (
                httpx2.Client(trust_env=False, follow_redirects=False, timeout=TIMEOUT) as client,
                client.stream("POST", self.address, content=query, headers={"Content-Type": QUERY}) as response,
            ):
                if response.status_code != 200:
                    raise TimestampsUnreachable(f"the time-stamp authority answered with {response.status_code}")
                for piece in response.iter_bytes():
                    answer += piece
                    if len(answer) > timestamp.MAX_TOKEN_BYTES:
                        raise TimestampsUnreachable("the answer of the time-stamp authority is too long")
        except httpx2.HTTPError as error:
            raise TimestampsUnreachable(f"the time-stamp authority cannot be reached: {error}") from error
        return bytes(answer)
