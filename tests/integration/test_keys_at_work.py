"""Keys that change under a node at work, each command a process of its own: served, and two at once."""

import json
import subprocess
import time
import urllib.request
from typing import Any

import pytest
from tests.support.rogatory_process import Program

from rogatory.exercise.node import free_port
from rogatory.sealing import jws
from rogatory.sealing.cards import TYPE
from rogatory.sealing.keystore import Keystore

pytestmark = pytest.mark.any_database
US = "VNM/contact-point"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A node with an administrator."""
    program = Program(tmp_path_factory.mktemp("keys-at-work"))
    program.init()
    return program


def begun(program: Program, *words: str) -> "subprocess.Popen[str]":
    """A command that runs."""
    return subprocess.Popen(
        program.words("--json", "--as", "giang", *words),
        env=program.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def card(port: int) -> Any:
    """The payload of the card that the node serves, as soon as it answers."""
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/node/v1/card", timeout=10) as answer:
                return jws.read(answer.read(), typ=TYPE).payload
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_a_node_that_is_served_uses_new_keys_and_passphrases_without_a_restart(made: Program) -> None:
    port = free_port()
    process = begun(made, "serve", "--port", str(port))
    try:
        before = card(port)
        told = made.json("--as", "giang", "keys", "rotate", US)
        after = card(port)
        assert after["serial"] == told["serial"] == before["serial"] + 1
        assert after["authorities"][0]["signing"][-1]["kid"] == told["kid"]
        made.json("--as", "giang", "keys", "passphrase", "--new-file", str(made.folder / "secrets" / "served"))
        assert card(port)["serial"] == told["serial"]
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_of_two_who_rotate_at_once_no_rotation_is_lost(made: Program) -> None:
    both = [begun(made, "keys", "rotate", US) for _ in range(2)]
    told = [json.loads(one.communicate()[0]) for one in both]
    won = sorted((answer for answer in told if "error" not in answer), key=lambda answer: answer["serial"])
    assert {answer["error"]["code"] for answer in told if "error" in answer} <= {"keys-being-changed"}
    passphrase = (made.folder / "secrets" / "passphrase").read_text().strip()
    now = Keystore.from_bytes((made.data / "keys.age").read_bytes(), passphrase)
    kids = [secret.key.kid for secret in now.authority(US).signing]
    assert kids[-len(won) :] == [answer["kid"] for answer in won]
    assert f"serial = {won[-1]['serial']}\n" in (made.data / "node.toml").read_text()
