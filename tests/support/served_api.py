"""A node of the program `rogatory` that is really served, and a program that asks its HTTP API."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from tests.support.rogatory_process import Program


def serve(made: Program, **more: str) -> Iterator[str]:
    """The address of the served node, until the caller ends."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    process = subprocess.Popen(
        made.words("serve", "--port", str(port)),
        env=made.environment(ROGATORY_WORKER="outside", **more),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/api/v1/"
    try:
        deadline = time.monotonic() + 60
        while fetch(f"{address}openapi.json")[0] != 200:
            assert time.monotonic() < deadline, "the node does not answer"
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def fetch(address: str, *, token: str = "", body: Any = None, **headers: str) -> tuple[int, Any]:
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    sent = {**headers, **({"Authorization": f"Bearer {token}"} if token else {})}
    if data is not None:
        sent["Content-Type"] = "application/json"
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data=data, headers=sent), timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        text = error.read()
        return error.code, json.loads(text) if text else None
    except OSError:
        return 0, None
