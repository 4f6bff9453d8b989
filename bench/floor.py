"""The floor of the exchange: the same cryptography, one HTTP POST and one fsynced insert each side, and no more.

The functions of `rogatory.sealing` that a node uses, the same HTTP client and the same server, one table a side. No
case, no ledger, no replay check, no outbox, no people: what remains is what nobody could do without.
"""

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2

from bench.measure import ROOT
from rogatory.exercise.node import free_port
from rogatory.kernel import digests, ids
from rogatory.sealing import cards, envelope, jws, receipts
from rogatory.sealing.cards import CardAuthority, CardLedger
from rogatory.sealing.keyring import KeyRing
from rogatory.sealing.keystore import Keystore, new_keystore

PASSPHRASE = "nothing of this bench is secret"
SENDER, RECEIVER = "VNM/contact-point", "FRA/contact-point"
MESSAGE, LIMIT = "rogatory-message+jws", 2 * 1024 * 1024


class Store:
    """One table in a database that fsyncs every commit; one connection a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._turn = threading.Lock()
        self._connection().execute("CREATE TABLE IF NOT EXISTS kept (id TEXT PRIMARY KEY, data BLOB, answer TEXT)")

    def insert(self, id: str, data: bytes, answer: str) -> None:
        """Keep one row, durably."""
        connection = self._connection()
        with self._turn:  # SQLite has one writer at a time; waiting here is quicker than being refused and sleeping
            connection.execute("INSERT INTO kept VALUES (?, ?, ?)", (id, data, answer))

    def _connection(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._local, "held", None)
        if held is None:
            held = sqlite3.connect(self._path, isolation_level=None, timeout=30)
            held.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
            self._local.held = held
        return held


class Keys:
    """The keys of both sides, as two nodes hold them after exchanging cards."""

    def __init__(self, folder: Path) -> None:
        stores = {state: _keystore(folder / f"{state}.age", state) for state in ("VNM", "FRA")}
        self.sender, self.receiver = stores["VNM"], stores["FRA"]
        self.senders = KeyRing([_card(self.sender, "VNM", SENDER)])
        self.receivers = KeyRing([_card(self.receiver, "FRA", RECEIVER)])
        self.identities = self.receiver.identities()


class Sender:
    """Signs, seals, keeps and posts; then verifies the receipt."""

    def __init__(self, folder: Path, address: str, payload: dict[str, Any]) -> None:
        self._keys = Keys(folder)
        self._store = Store(folder / "sender.sqlite3")
        self._address = address
        self._payload = payload
        self._local = threading.local()

    def send(self, _: int) -> float:
        """Send one message; the seconds until its receipt was verified."""
        begin = time.perf_counter()
        at = datetime.now(UTC)
        key = self._keys.sender.signing_key(SENDER, at)
        message = jws.sign({**self._payload, "id": ids.new_id(os.urandom(17))}, key=key, typ=MESSAGE)
        name = ids.new_id(os.urandom(17))
        sealed = envelope.seal_envelope(
            message,
            id=name,
            sender=SENDER,
            receiver=RECEIVER,
            key=key,
            recipients=self._keys.receivers.recipients(RECEIVER, at),
            at=at,
            random=os.urandom,
        )
        self._store.insert(name, sealed, "")
        answer = self._client().post(f"{self._address}/", content=sealed)
        receipt = receipts.verify_receipt(answer.content, self._keys.receivers, now=datetime.now(UTC))
        if (receipt.envelope, receipt.message) != (name, digests.sha256(message)):
            raise RuntimeError("the receipt is for something else")
        return time.perf_counter() - begin

    def _client(self) -> httpx2.Client:
        client: httpx2.Client | None = getattr(self._local, "client", None)
        if client is None:
            client = self._local.client = httpx2.Client(trust_env=False)
        return client


class Receiver:
    """Verifies, opens, keeps and answers with a signed receipt."""

    def __init__(self, folder: Path) -> None:
        self._keys = Keys(folder)
        self._store = Store(folder / "receiver.sqlite3")

    def take(self, data: bytes) -> bytes:
        """The signed receipt for the envelope *data*, which is now kept."""
        now = datetime.now(UTC)
        verified = envelope.verify_envelope(envelope.read_envelope(data, limit=LIMIT), self._keys.senders, now=now)
        inner = envelope.open_envelope(verified, self._keys.identities)
        read = jws.read(inner, typ=MESSAGE)
        jws.verify_read(read, key=self._keys.senders.signer(read.kid, at=now, authority=verified.sender).key)
        receipt = receipts.make_receipt(
            receipts.Receipt(
                envelope=verified.envelope,
                sealed_sha256=verified.sealed_sha256,
                message=digests.sha256(inner),
                result=receipts.STORED,
                at=now,
                sender=verified.receiver,
                receiver=verified.sender,
            ),
            key=self._keys.receiver.signing_key(verified.receiver, now),
        )
        self._store.insert(verified.envelope, inner, receipt.decode())
        return receipt


def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """The WSGI door of the floor's receiver."""
    receipt = _receiver().take(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
    start("200 OK", [("Content-Length", str(len(receipt)))])
    return [receipt]


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of the receiver, served as a node serves its door."""
    Keys(folder)
    port = free_port()
    command = ["granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4", "--no-ws"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--log-level", "warning", "bench.floor:application"],
        env={**os.environ, "ROGATORY_BENCH_FLOOR": str(folder)},
        cwd=ROOT,
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def measure(folder: Path, payload: dict[str, Any], count: int, at_once: int) -> tuple[float, list[float]]:
    """Seconds for *count* messages, *at_once* of them on their way at any time, and the seconds of each.

    The sender is a process of its own, as a node is.
    """
    with serving(folder) as address:
        done = subprocess.run(
            [sys.executable, "-m", "bench.floor", str(folder), address, str(count), str(at_once)],
            input=json.dumps(payload).encode(),
            capture_output=True,
            cwd=ROOT,
            check=True,
            timeout=600,
        )
    told = json.loads(done.stdout)
    return told["seconds"], told["latencies"]


def _main(folder: str, address: str, count: str, at_once: str) -> None:
    sender = Sender(Path(folder), address, json.load(sys.stdin))
    with ThreadPoolExecutor(int(at_once)) as pool:
        list(pool.map(sender.send, range(max(10, int(count) // 10))))
        begin = time.perf_counter()
        latencies = list(pool.map(sender.send, range(int(count))))
        print(json.dumps({"seconds": time.perf_counter() - begin, "latencies": latencies}))


_held: list[Receiver] = []
_lock = threading.Lock()


def _receiver() -> Receiver:
    with _lock:
        if not _held:
            _held.append(Receiver(Path(os.environ["ROGATORY_BENCH_FLOOR"])))
        return _held[0]


def _keystore(path: Path, state: str) -> Keystore:
    if not path.exists():
        since = datetime.now(UTC) - timedelta(days=1)
        keys = new_keystore(state, [f"{state}/contact-point"], at=since, random=os.urandom)
        path.write_bytes(keys.to_bytes(PASSPHRASE, os.urandom, work=12))
    return Keystore.from_bytes(path.read_bytes(), PASSPHRASE)


def _card(keys: Keystore, state: str, authority: str) -> cards.Card:
    held = keys.authority(authority)
    spoken = CardAuthority(
        id=authority,
        name={"en": "Contact point"},
        functions=("41",),
        languages=("en",),
        signing=held.card_signing(),
        encryption=held.card_encryption(),
    )
    made = cards.make_card(
        identity=keys.identity,
        state=state,
        serial=1,
        issued=datetime.now(UTC),
        exercise=True,
        address="http://127.0.0.1:9",
        authorities=[spoken],
        ledger=CardLedger(origin="bench", key="bench"),
    )
    return cards.read_card(made)


def _wait_for(port: int) -> None:
    import socket

    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("the floor's server did not start")


if __name__ == "__main__":
    _main(*sys.argv[1:])
