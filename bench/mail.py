"""The incumbent: S/MIME e-mail. OpenSSL signs and encrypts, SMTP carries, the receiver fsyncs, decrypts and verifies.

RSA with 3072 bits and AES-256 on both sides, `openssl cms` as commands, as a mail gateway script uses them; the SMTP
server is aiosmtpd in a process of its own. No receipt, no copy at the sender, no list of cases: e-mail has none.
"""

import os
import smtplib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from bench.measure import ROOT
from rogatory.exercise.node import free_port

SENDER, RECEIVER = "sender@vnm.example", "receiver@fra.example"


class Mailbox:
    """The SMTP server's handler: every mail is a file, written, fsynced and renamed before it is accepted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        """Keep one mail."""
        content: bytes = envelope.content
        name = content.split(b"Message-ID: <", 1)[1].split(b"@", 1)[0].decode()
        temporary = self._folder / f".{name}"
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(self._folder / name)
        descriptor = os.open(self._folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        return "250 OK"


class Gateway:
    """Both ends of the exchange by e-mail, in *folder*."""

    def __init__(self, folder: Path, port: int, content: bytes) -> None:
        self._folder, self._port, self._content = folder, port, content
        self._local = threading.local()

    def send(self, number: int) -> float:
        """One mail from its text to the verified text; the seconds it took."""
        begin = time.perf_counter()
        signed = _openssl(
            self._content, "-sign", "-signer", "sender.crt", "-inkey", "sender.key", "-nodetach", folder=self._folder
        )
        sealed = _openssl(signed, "-encrypt", "-aes-256-cbc", "receiver.crt", folder=self._folder)
        name = f"{number}-{time.monotonic_ns()}"
        self._post(name, sealed)
        held = (self._folder / "inbox" / name).read_bytes().split(b"\r\n\r\n", 1)[1]
        opened = _openssl(held, "-decrypt", "-recip", "receiver.crt", "-inkey", "receiver.key", folder=self._folder)
        if _openssl(opened, "-verify", "-CAfile", "sender.crt", folder=self._folder) != self._content:
            raise RuntimeError("the mail arrived changed")
        return time.perf_counter() - begin

    def _post(self, name: str, sealed: bytes) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = SENDER, RECEIVER, "Request", f"<{name}@vnm>"
        text = mail.as_bytes().rstrip(b"\n").replace(b"\n", b"\r\n")
        self._client().sendmail(SENDER, [RECEIVER], text + b"\r\n\r\n" + sealed.replace(b"\n", b"\r\n"))

    def _client(self) -> smtplib.SMTP:
        client: smtplib.SMTP | None = getattr(self._local, "client", None)
        if client is None:
            client = self._local.client = smtplib.SMTP("127.0.0.1", self._port, timeout=30)
        return client


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """The port of the SMTP server that stores into `inbox`."""
    (folder / "inbox").mkdir(exist_ok=True)
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.mail", str(folder / "inbox"), str(port)], cwd=ROOT, stdout=subprocess.PIPE
    )
    try:
        if process.stdout is None or process.stdout.readline() != b"ready\n":
            raise RuntimeError("the SMTP server did not start")
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def measure(folder: Path, content: bytes, count: int, at_once: int) -> tuple[float, list[float]]:
    """Seconds for *count* mails, *at_once* of them on their way at any time, and the seconds of each."""
    for name in ("sender", "receiver"):
        if not (folder / f"{name}.crt").exists():
            _certificate(folder, name)
    with serving(folder) as port, ThreadPoolExecutor(at_once) as pool:
        gateway = Gateway(folder, port, content)
        list(pool.map(gateway.send, range(at_once)))
        begin = time.perf_counter()
        latencies = list(pool.map(gateway.send, range(count)))
        return time.perf_counter() - begin, latencies


def _certificate(folder: Path, name: str) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-days", "30", "-subj", f"/CN={name}"]
    usage = ["-addext", "keyUsage=digitalSignature,keyEncipherment", "-addext", "extendedKeyUsage=emailProtection"]
    files = ["-keyout", f"{name}.key", "-out", f"{name}.crt"]
    subprocess.run([*command, *usage, *files], cwd=folder, check=True, capture_output=True, timeout=120)


def _openssl(data: bytes, act: str, *words: str, folder: Path) -> bytes:
    binary = ["-binary"] if act in ("-sign", "-encrypt", "-verify", "-decrypt") else []
    done = subprocess.run(
        ["openssl", "cms", act, *binary, *words], input=data, cwd=folder, capture_output=True, check=False, timeout=60
    )
    if done.returncode:
        raise RuntimeError(f"openssl cms {act}: {done.stderr.decode()}")
    return done.stdout


def _serve(inbox: Path, port: int) -> None:
    controller = Controller(Mailbox(inbox), hostname="127.0.0.1", port=port)
    controller.start()
    print("ready", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), int(sys.argv[2]))
