"""How faces stay up to date: each asks, about once a second, whether what it shows has changed.

The page says which version it has seen. Nothing changed: 204, with no template, no session and at most one look at the
database in a fifth of a second for all faces together. Something changed: the fragment of the face, which the script
puts in place panel by panel. Questions are answered before Django where they can be (`unchanged`), because hundreds of
devices ask them.

When everything changes at once, as when a vote is opened or closed, the devices of the many are drawn a few at a time
and the others are told to ask again: the room's screen, the chair and the votes that come in need not wait for them.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from rogatory.conference.meeting.state import State
from rogatory.errors import RogatoryError
from rogatory.node.conference import meetings
from rogatory.node.conference.meetings import Sitting
from rogatory.node.context import Node
from rogatory.web.conference import access
from rogatory.web.conference.access import FaceRequest, Holder
from rogatory.web.conference.aspects import Digests, digest

#: For so long a process answers from what it has read. Seconds.
SITTING_KEPT = 0.2
PASS_KEPT = 1.0
MOST_KEPT = 5_000
#: Whose devices are many, and how many of them a process draws anew at once: half of its threads as they are set.
MANY = ("delegation", "public")
DRAWN_AT_ONCE = 2


def _nothing(_state: State, _of: str) -> object:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face of a meeting: whose it is, what it shows, and how often it asks.

    `aspects` are what it shows of the whole meeting, `own` what it shows of its holder beside them. `context` gives
    what its templates need: the page `web/conference/NAME.html`, which holds `web/conference/parts/NAME_live.html`.
    """

    name: str
    role: str
    aspects: tuple[str, ...]
    context: Callable[[FaceRequest, Sitting], Mapping[str, Any]]
    own: Callable[[State, str], object] = _nothing
    seconds: float = 1.0
    secretary: bool = False  # a secretary may sit here in the holder's name
    anybody: bool = False  # needs no pass; `allowed` is asked instead
    allowed: Callable[[FaceRequest, Sitting], None] | None = None

    @property
    def page(self) -> str:
        """The template of the whole page."""
        return f"web/conference/{self.name}.html"

    @property
    def fragment(self) -> str:
        """The template of what changes."""
        return f"web/conference/parts/{self.name}_live.html"


class Watch:
    """What this process has read of the meetings that are watched, for a moment; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sittings: dict[str, tuple[float, Sitting]] = {}
        self._holders: dict[tuple[str, str], tuple[float, Holder]] = {}
        self._digests: dict[str, Digests] = {}
        self._versions: dict[tuple[str, str, str], tuple[State, str]] = {}
        self._drawing = threading.BoundedSemaphore(DRAWN_AT_ONCE)

    def sitting(self, node: Node, meeting: str) -> Sitting:
        """Where *meeting* stands, at most `SITTING_KEPT` ago; raises as `meetings.sitting` does."""
        held, known = self._sittings.get(meeting), node.sittings.get(meeting)
        if held and time.monotonic() - held[0] < SITTING_KEPT:
            # What this process has done since is known without asking the database.
            return known if known and known.number > held[1].number else held[1]
        with self._lock:
            held = self._sittings.get(meeting)
            if held and time.monotonic() - held[0] < SITTING_KEPT:
                return held[1]
            found = meetings.sitting(node, meeting)
            self._sittings[meeting] = (time.monotonic(), found)
            return found

    def told(self, meeting: str, found: Sitting) -> None:
        """A step was taken in this process: nobody waits to be told."""
        with self._lock:
            held = self._sittings.get(meeting)
            if held is None or held[1].number <= found.number:
                self._sittings[meeting] = (time.monotonic(), found)

    def holder(self, node: Node, value: str, meeting: str, role: str) -> Holder:
        """Who holds the pass in the cookie *value*, as of at most `PASS_KEPT` ago; raises `NoPass`."""
        held = self._holders.get((value, role))
        if held and held[1].meeting == meeting and time.monotonic() - held[0] < PASS_KEPT:
            return held[1]
        found = access.holder_of(node, value, meeting, role)
        if len(self._holders) > MOST_KEPT:
            self._holders.clear()
        self._holders[value, role] = (time.monotonic(), found)
        return found

    def forget_passes(self) -> None:
        """A pass was revoked in this process: ask the database again for every one."""
        self._holders.clear()

    def version(self, face: Face, meeting: str, state: State, of: str) -> str:
        """The name of what *face* shows now to the holder for *of*."""
        key = (face.name, meeting, of)
        held = self._versions.get(key)
        if held and held[0] is state:
            return held[1]
        with self._lock:
            digests = self._digests.setdefault(meeting, Digests())
            parts = [digests.of(state, name) for name in face.aspects]
        found = digest((parts, face.own(state, of)))
        if len(self._versions) > MOST_KEPT:
            self._versions.clear()
        self._versions[key] = (state, found)
        return found

    @contextmanager
    def drawing(self, face: Face | None) -> Iterator[bool]:
        """Whether *face* may be drawn anew now, while this lasts; False for one of the many when enough are drawn."""
        if face is None or face.role not in MANY:
            yield True
            return
        has_place = self._drawing.acquire(blocking=False)
        try:
            yield has_place
        finally:
            if has_place:
                self._drawing.release()


@cache
def watch() -> Watch:
    """The watch of this process."""
    return Watch()


def unchanged(node: Node, environ: Mapping[str, Any], faces: Mapping[str, Face]) -> bool:
    """Whether a request is the question of a pass, and what its face shows is what it has seen; else Django answers."""
    place = asked(environ)
    face = faces.get(place[1]) if place else None
    if face is None or place is None:
        return False
    meeting = place[0]
    seen = parse_qs(environ.get("QUERY_STRING", "")).get("seen", [""])[0]
    try:
        of = "" if face.anybody else watch().holder(node, _cookie(environ, face.role), meeting, face.role).of
        sitting = watch().sitting(node, meeting)
    except RogatoryError:
        return False
    return bool(watch().version(face, meeting, sitting.state, of) == seen)


def asked(environ: Mapping[str, Any]) -> tuple[str, str] | None:
    """The meeting and the face that a request asks about: `/conference/MEETING/live/FACE/`."""
    parts = environ["PATH_INFO"].split("/")
    if len(parts) != 6 or parts[1] != "conference" or parts[3] != "live" or environ["REQUEST_METHOD"] != "GET":
        return None
    return parts[2], parts[4]


def _cookie(environ: Mapping[str, Any], role: str) -> str:
    try:
        found = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(access.cookie_name(role))
    except CookieError:
        return ""
    return found.value if found else ""


def present(request: FaceRequest, face: Face, meeting: str) -> Sitting:
    """Where the meeting stands, for a page: fresh, and with the holder's own part settled."""
    found = meetings.sitting(request.node, meeting)
    watch().told(meeting, found)
    if face.role == "presiding" and request.holder.account:
        request.holder = replace(request.holder, of=found.state.presiding)
    if face.allowed:
        face.allowed(request, found)
    return found
