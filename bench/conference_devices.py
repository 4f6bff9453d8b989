"""Devices in a hall: what a delegation's phone, the chair's desk and the big screen ask a node over HTTP, and no more.

A device has one connection, which is kept, and does what the page's script does: it asks about once a second whether
what it shows has changed, and sends what is pressed until it is answered, always under the same name. It draws nothing,
so that hundreds of them cost a fraction of what the node that answers them costs.
"""

import asyncio
import contextlib
import json
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

PATIENCE_SECONDS = 60.0
AGAIN_SECONDS = 0.7
_SEEN = re.compile(r'data-seen="([^"]*)"')
_CSRF = re.compile(r'data-csrf="([^"]*)"')


class Refused(Exception):
    """The node answered that the rules do not allow it; the page it sent is the argument."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its status, its headers by name in small letters, and its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Device:
    """One device with the pass *secret* for the *face* of a *meeting*, served on a loopback *port*."""

    port: int
    meeting: str
    face: str
    secret: str = field(repr=False)
    seen: str = ""
    shown: str = ""
    polls: list[float] = field(default_factory=list)
    drawn: int = 0
    _cookies: dict[str, str] = field(default_factory=dict)
    _csrf: str = ""
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    _line: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def place(self) -> str:
        """Where the pages of the meeting are."""
        return f"/conference/{self.meeting}/"

    async def enter(self) -> None:
        """Open the link on the badge, then the page of the face."""
        answer = await self.request("GET", f"{self.place}in/{self.secret}/")
        if answer.status != 302:
            raise RuntimeError(f"the pass was answered with {answer.status}: {answer.body[-400:]!r}")
        page = await self.request("GET", answer.headers["location"])
        self._take_page(page)

    async def ask(self) -> bool:
        """Whether what the face shows has changed; then the new fragment is `shown`."""
        begun = time.perf_counter()
        answer = await self.request("GET", f"{self.place}live/{self.face}/?{urlencode({'seen': self.seen})}")
        self.polls.append(time.perf_counter() - begun)
        if answer.status == 204:
            return False
        self._take_fragment(answer)
        return True

    async def watch(self, over: asyncio.Event, every: float) -> None:
        """Ask every so many seconds, give or take 15 %, until it is *over*, also through a node that is away."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(over.wait(), every * random.random())
        while not over.is_set():
            try:
                await self.ask()
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(AGAIN_SECONDS)
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(over.wait(), every * (0.85 + 0.3 * random.random()))

    async def press(self, kind: str, body: Mapping[str, Any], once: str, **more: str) -> float:
        """The seconds until this was taken, sent again under the name *once* until there is an answer.

        Raises `Refused`, and `TimeoutError` when none comes for a minute.
        """
        begun = time.perf_counter()
        while True:
            try:
                answer = await self.send(kind, body, once, **more)
                if answer.status < 500:
                    break
            except (OSError, asyncio.IncompleteReadError):
                pass
            if time.perf_counter() - begun > PATIENCE_SECONDS:
                raise TimeoutError
            await asyncio.sleep(AGAIN_SECONDS)
        taken = time.perf_counter() - begun
        if answer.status != 200:
            raise Refused(answer.status, answer.body.decode())
        self._take_fragment(answer)
        return taken

    async def send(self, kind: str, body: Mapping[str, Any], once: str, **more: str) -> Answer:
        """The answer to what is pressed, sent one time."""
        return await self.request("POST", f"{self.place}act/{self.face}/", self._form(kind, body, once, more))

    async def send_and_hang_up(self, kind: str, body: Mapping[str, Any], once: str) -> None:
        """Send what is pressed, and drop the connection before anything is answered."""
        async with self._line:
            _, writer = await self._connected()
            form = self._form(kind, body, once, {})
            writer.write(self._head("POST", f"{self.place}act/{self.face}/", form) + form)
            await writer.drain()
            await asyncio.sleep(0.002)
            self.hang_up()

    async def request(self, method: str, path: str, body: bytes = b"") -> Answer:
        """The answer to one request; raises `OSError` or `IncompleteReadError` when the connection breaks."""
        async with self._line:
            reader, writer = await self._connected()
            try:
                writer.write(self._head(method, path, body) + body)
                return await self._read(reader)
            except BaseException:
                self.hang_up()
                raise

    def hang_up(self) -> None:
        """Drop the connection."""
        if self._streams:
            self._streams[1].transport.abort()
            self._streams = None

    def _form(self, kind: str, body: Mapping[str, Any], once: str, more: Mapping[str, str]) -> bytes:
        return urlencode({"kind": kind, "body": json.dumps(body), "once": once, **more}).encode()

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 21)
        return self._streams

    def _head(self, method: str, path: str, body: bytes) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "X-Live: 1", "Accept-Language: en"]
        if self._cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self._cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"X-CSRFToken: {self._csrf}"]
            lines.append(f"Content-Length: {len(body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status, headers = int(head[0].split(" ", 2)[1]), {}
        for line in head[1:-2]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                self._keep(value)
            headers[name.lower()] = value
        size = int(headers.get("content-length", "0"))
        return Answer(status, headers, await reader.readexactly(size) if size else b"")

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.split(";", 1)[0].partition("=")
        self._cookies[name] = value

    def _take_page(self, page: Answer) -> None:
        self.shown = page.body.decode()
        seen, csrf = _SEEN.search(self.shown), _CSRF.search(self.shown)
        if page.status != 200 or not seen or not csrf:
            raise RuntimeError(f"the {self.face} was answered with {page.status}")
        self.seen, self._csrf = seen[1], csrf[1]

    def _take_fragment(self, answer: Answer) -> None:
        if answer.status != 200 or "x-version" not in answer.headers:
            raise RuntimeError(f"the {self.face} was answered with {answer.status}: {answer.body[:300]!r}")
        self.seen, self.shown = answer.headers["x-version"], answer.body.decode()
        self.drawn += 1
