"""Reading a node's public log over HTTP(S), from a machine that is no node: nothing is signed, nothing is sent.

Rules in words. Each answer has a limit and is not read beyond it; no redirect is followed and no proxy, cookie or
password of the machine is used. A road that fails is told as such: it proves nothing, for or against the log.
"""

from typing import NoReturn

import httpx2

from rogatory.errors import BadInput, NotFound, Unavailable, Untrusted
from rogatory.ledger import merkle, notes, tiles
from rogatory.ledger.tiles import Tile
from rogatory.sealing.cards import MAX_CARD

TIMEOUT = httpx2.Timeout(15, connect=5)
MAX_TILE = tiles.WIDTH * merkle.HASH_BYTES


class BadAddress(BadInput):
    """This is not the address of a node, such as https://node.example."""

    code = "bad-node-address"


class LogUnreachable(Unavailable):
    """The node cannot be read now."""

    code = "log-unreachable"
    remedy = "Look whether the address is right, and try again later. This says nothing about the log itself."


class AnswerTooLarge(Untrusted):
    """The node answers with more than such an answer can have."""

    code = "log-answer-too-large"


class NothingThere(NotFound):
    """The node has nothing at that place."""

    code = "log-nothing-there"


class HttpLog:
    """The log of the node at an address; close it after use."""

    def __init__(self, address: str) -> None:
        """The log below *address*; raises `BadAddress`."""
        try:
            url = httpx2.URL(address)
        except httpx2.InvalidURL as error:
            raise BadAddress(f"this is no address: {error}") from error
        if url.scheme not in ("http", "https") or not url.host or url.query or url.fragment or url.userinfo:
            raise BadAddress("the address of a node is http(s)://name, without a password, a query or a fragment")
        self._address = address.rstrip("/")
        self._client = httpx2.Client(trust_env=False, follow_redirects=False, timeout=TIMEOUT)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def card(self) -> bytes:
        """The contact card of the node; raises `LogUnreachable`, `NothingThere` or `AnswerTooLarge`."""
        return self._get("card", MAX_CARD)

    def checkpoint(self) -> bytes:
        """The newest checkpoint; raises as `card`."""
        return self._get("ledger/checkpoint", notes.MAX_NOTE_BYTES)

    def witnessed(self) -> bytes:
        """The newest checkpoint that enough witnesses cosigned; raises as `card`."""
        return self._get("ledger/witnessed", notes.MAX_NOTE_BYTES)

    def tile(self, tile: Tile) -> bytes:
        """The bytes of *tile*; raises as `card`."""
        return self._get(f"ledger/{tile.path}", MAX_TILE)

    def _get(self, path: str, limit: int) -> bytes:
        url = f"{self._address}/node/v1/{path}"
        try:
            with self._client.stream("GET", url, headers={"accept-encoding": "identity"}) as response:
                if response.status_code != 200:
                    _refused(url, response.status_code)
                found = bytearray()
                for block in response.iter_bytes():
                    found += block
                    if len(found) > limit:
                        raise AnswerTooLarge(f"{url} answers with more than {limit} bytes")
                return bytes(found)
        except httpx2.TimeoutException as error:
            raise LogUnreachable(f"{url} did not answer in time ({type(error).__name__})") from error
        except httpx2.HTTPError as error:
            raise LogUnreachable(f"{url}: {error}") from error


def _refused(url: str, status: int) -> NoReturn:
    if status == 404:
        raise NothingThere(f"{url} does not exist")
    raise LogUnreachable(f"{url} answers with HTTP status {status}")
