"""The check of a running node's log: what it serves over HTTP is computed again, and lies show."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from practice_case import Log, practice_card
from practice_keys import PLAIN, VNM, signing
from test_bundle_cli import rogatory

from rogatory.bundle import log_check, log_words
from rogatory.bundle.log_check import LogReport, Wanted, examine_log
from rogatory.errors import NotFound, Unavailable
from rogatory.ledger import checkpoint, cosignature, merkle, notes, tiles
from rogatory.ledger.tiles import Tile
from rogatory.sealing import cards
from rogatory.sealing.cards import CardLedger, read_card
from rogatory.transports.logs import MAX_TILE, BadAddress, HttpLog, LogUnreachable

SIZE = 700
AT = datetime(2030, 6, 1, 12, 0, tzinfo=UTC)
Answers = dict[str, bytes]


@pytest.fixture(scope="module")
def log() -> Log:
    """A log of some hundred entries."""
    made = Log("VNM")
    for number in range(SIZE):
        made.add(f"{number:064x}")
    return made


@dataclass
class Served:
    """A log as a node serves it, with what a test changes."""

    log: Log
    witnessed_text: bytes | None = None
    changed: Answers = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> bytes | None:
        self.asked.append(path)
        if path in self.changed:
            return self.changed[path]
        if path == "card":
            return practice_card("VNM", self.log, PLAIN[VNM]).jws
        if path == "ledger/checkpoint":
            return self.log.signed.encode()
        if path == "ledger/witnessed":
            return self.witnessed_text
        wanted = tiles.parse_tile_path(path.removeprefix("ledger/"))
        return tiles.tile_bytes(wanted, self.log.size, self.log)

    def card(self) -> bytes:
        return self._known("card")

    def checkpoint(self) -> bytes:
        return self._known("ledger/checkpoint")

    def witnessed(self) -> bytes:
        return self._known("ledger/witnessed")

    def tile(self, tile: Tile) -> bytes:
        return self._known(f"ledger/{tile.path}")

    def _known(self, path: str) -> bytes:
        found = self.answer(path)
        if found is None:
            raise NotFound
        return found


def few(size: int, count: int) -> list[int]:
    return [0, size // 2, size - 1][:count]


def report(served: Served, **wishes: object) -> LogReport:
    return examine_log(served, Wanted(draw=few, **wishes))  # type: ignore[arg-type]


def failures(found: LogReport) -> dict[str, str]:
    return {rung.name: rung.code for rung in found.failures()}


def keys(found: LogReport, step: int) -> list[str]:
    return [note.key for note in found.rungs[step - 1].notes]


def test_a_log_is_computed_again_from_all_its_tiles(log: Log) -> None:
    served = Served(log)
    found = report(served, trust={"VNM": cards.fingerprint(signing("VNM").public)})
    assert not found.failures()
    assert (found.state, found.origin, found.size, found.compared) == ("VNM", log.key.name, SIZE, True)
    assert found.rungs[2].notes[0].values == {"size": SIZE, "tiles": 3}
    assert [one for one in served.asked if "tile" in one] == [
        "ledger/tile/0/000",
        "ledger/tile/0/001",
        "ledger/tile/0/002.p/188",
    ]
    assert keys(found, 4) == ["log-no-earlier"]
    assert keys(found, 5) == ["log-no-witnessed"]
    assert found.verdict("en").startswith("VERIFIED: ")


def test_of_a_large_log_the_right_edge_and_some_entries_are_checked_unless_all_are_wanted(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_check, "ALL_UP_TO", 10)
    found = report(Served(log))
    assert not found.failures()
    assert keys(found, 3) == ["log-edge", "log-sample"]
    assert "3 entries of 700, drawn at random" in found.rungs[2].notes[1].text("en")
    assert keys(report(Served(log), full=True), 3) == ["log-all"]


def altered(data: bytes) -> bytes:
    return bytes([data[0] ^ 1]) + data[1:]


@pytest.mark.parametrize("limit", [10, 65_536])
def test_one_changed_hash_in_a_tile_is_found(log: Log, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(log_check, "ALL_UP_TO", limit)
    data = tiles.tile_bytes(Tile(level=0, index=0), SIZE, log)
    assert failures(report(Served(log, changed={"ledger/tile/0/000": altered(data)}))) == {"log-tree": "not-included"}
    assert failures(report(Served(log, changed={"ledger/tile/0/000": data[:-32]}))) == {"log-tree": "bad-tile"}


def test_a_log_that_was_rewritten_does_not_continue_what_was_kept(log: Log) -> None:
    kept = Log("VNM")
    for number in range(300):
        kept.add(f"{number:064x}")
    grown = report(Served(log), since=kept.signed.encode())
    assert keys(grown, 4) == ["log-grown"]
    other = Log("VNM")
    for number in range(300):
        other.add(f"{number + (number == 7):064x}")
    assert failures(report(Served(log), since=other.signed.encode())) == {"log-growth": "not-consistent"}
    assert failures(report(Served(kept), since=log.signed.encode())) == {"log-growth": "log-shrank"}


def test_a_checkpoint_by_another_key_fails_and_the_steps_on_it_are_not_taken(log: Log) -> None:
    found = report(Served(log, changed={"ledger/checkpoint": signed_by_stranger(log)}))
    assert failures(found) == {"log-head": "note-not-signed"}
    assert keys(found, 3) == ["blocked"]


def signed_by_stranger(log: Log) -> bytes:
    head = checkpoint.read_checkpoint(log.signed).checkpoint
    stranger = signing("stranger")
    key = notes.VerifierKey(name=head.origin, public=stranger.public.raw)
    return checkpoint.sign_checkpoint(head, key=key, sign=stranger.sign).encode()


def test_another_fingerprint_and_another_state_than_told_fail(log: Log) -> None:
    assert failures(report(Served(log), trust={"VNM": "AAAAA-AAAAA"})) == {"log-card": "bundle-fingerprint"}
    assert failures(report(Served(log), trust={"FRA": "AAAAA-AAAAA"})) == {"log-card": "bundle-incomplete"}


def witness_card(state: str) -> cards.Card:
    key = notes.VerifierKey(
        name=f"{state.lower()}.example/ledger/witness",
        public=signing(f"{state} witness").public.raw,
        algorithm=notes.COSIGNATURE_V1,
    )
    log = Log(state)
    made = cards.make_card(
        identity=signing(state),
        state=state,
        serial=1,
        issued=AT,
        exercise=True,
        address=f"https://{state.lower()}.example",
        authorities=[],
        ledger=CardLedger(origin=log.key.name, key=str(log.key), witness=str(key)),
    )
    return read_card(made)


def test_cosignatures_are_told_by_the_cards_that_the_reader_has(log: Log) -> None:
    card = witness_card("FRA")
    assert card.ledger.witness is not None
    key = notes.parse_vkey(card.ledger.witness)
    text = cosignature.cosign(log.signed, key=key, sign=signing("FRA witness").sign, at=AT)
    found = report(Served(log, witnessed_text=text.encode()), witnesses=[card])
    assert keys(found, 5) == ["log-cosigned"]
    assert "fra.example/ledger/witness (FRA) cosigned it at 700 entries" in found.rungs[4].notes[0].text("en")
    assert keys(report(Served(log, witnessed_text=text.encode())), 5) == ["log-other-witnesses"]
    wrong = cosignature.cosign(log.signed, key=key, sign=signing("stranger").sign, at=AT)
    assert failures(report(Served(log, witnessed_text=wrong.encode()), witnesses=[card])) == {
        "log-witnesses": "wrong-note-signature"
    }


def test_an_empty_log_is_told_as_empty() -> None:
    log = Log("VNM")
    head = checkpoint.Checkpoint(origin=log.key.name, size=0, root=merkle.EMPTY_ROOT)
    log.signed = checkpoint.sign_checkpoint(head, key=log.key, sign=signing("VNM ledger").sign)
    found = report(Served(log))
    assert not found.failures()
    assert keys(found, 3) == ["log-empty"]


def test_every_sentence_on_logs_stands_in_both_languages() -> None:
    for sentences in (log_words.TITLES, log_words.NOTES):
        assert all(found.keys() == {"en", "fr"} for found in sentences.values())


@contextmanager
def served_over_http(answer: Callable[[str], bytes | None]) -> Iterator[str]:
    """The address of a server in this process that answers below /node/v1/."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = answer(self.path.removeprefix("/node/v1/"))
            if found == b"redirect":
                self.send_response(302)
                self.send_header("Location", "/node/v1/ledger/checkpoint")
                self.end_headers()
                return
            self.send_response(200 if found is not None else 404)
            self.send_header("Content-Length", str(len(found or b"")))
            self.end_headers()
            try:
                self.wfile.write(found or b"")
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_command_reads_a_node_by_its_address(log: Log, tmp_path: Path) -> None:
    kept = tmp_path / "checkpoint.txt"
    kept.write_text(log.signed, encoding="utf-8")
    with served_over_http(Served(log).answer) as address:
        done = rogatory(address, "--since", kept, "--trust", f"VNM={cards.fingerprint(signing('VNM').public)}")
        assert (done.returncode, done.stderr) == (0, "")
        assert "The root was computed from the hashes of all 700 entries" in done.stdout
        found = json.loads(rogatory(f"{address}/", "--json", "--lang", "fr").stdout)
        assert (found["verified"], found["size"], found["state"]) == (True, SIZE, "VNM")
        assert found["verdict"].startswith("VÉRIFIÉ, si")
        kept.write_text("nothing", encoding="utf-8")
        assert rogatory(address, "--since", kept).returncode == 5


def test_the_road_is_read_within_limits_and_follows_nobody(log: Log) -> None:
    served = Served(log, changed={"ledger/tile/0/000": bytes(MAX_TILE + 1), "ledger/checkpoint": b"redirect"})
    with served_over_http(served.answer) as address:
        road = HttpLog(address)
        with pytest.raises(LogUnreachable, match="status 302"):
            road.checkpoint()
        with pytest.raises(Exception, match="more than 8192 bytes") as caught:
            road.tile(Tile(level=0, index=0))
        assert not isinstance(caught.value, Unavailable)
        road.close()


def test_a_node_that_cannot_be_read_proves_nothing() -> None:
    with served_over_http(lambda _: None) as address:
        pass
    done = rogatory(address)
    assert done.returncode == 6
    assert "log-unreachable" in done.stderr


@pytest.mark.parametrize("address", ["http://", "https://user:secret@node.example", "https://node.example/?a=1"])
def test_what_is_no_address_of_a_node_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        HttpLog(address)
