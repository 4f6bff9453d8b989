"""The stage of an exercise: two nodes, the line between them, and what has been learned so far."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rogatory.exercise import mailbox
from rogatory.exercise.cast import FRANCE, VIET_NAM
from rogatory.exercise.line import Line
from rogatory.exercise.node import ExerciseFailed, ExerciseNode, free_port
from rogatory.exercise.transcript import Transcript

PRACTICE_DATE = "2028-03-01"
PATIENCE_SECONDS = 180.0
RETURN_SIZE = 64 * mailbox.MEBIBYTE


@dataclass(kw_only=True)
class Stage:
    """Everything that the scenes of one exercise share; *known* fills up as they are played."""

    folder: Path
    viet_nam: ExerciseNode
    france: ExerciseNode
    line: Line
    transcript: Transcript
    evidence: Path
    known: dict[str, str] = field(default_factory=dict)

    def case(self, node: ExerciseNode) -> Any:
        """The case as *node*'s auditor sees it."""
        return node.run("case", "show", self.known["case"], who=node.country.holder("auditor"))

    def request(self, node: ExerciseNode, name: str) -> Any:
        """One request of the case, `preservation` or `stored-data`, as *node* sees it."""
        found = [one for one in self.case(node)["requests"] if one["digest"] == self.known[name]]
        if not found:
            raise ExerciseFailed(f"{node.state} does not hold the {name} request")
        return found[0]

    def wait(self, what: str, look: Callable[[], Any]) -> Any:
        """What *look* finds once it finds something; raises `ExerciseFailed` when it does not in time."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        trouble = ""
        while time.monotonic() < deadline:
            try:
                found = look()
            except ExerciseFailed as error:
                found, trouble = None, error.message
            if found:
                return found
            time.sleep(0.1)
        raise ExerciseFailed(f"this did not happen within {PATIENCE_SECONDS:.0f} seconds: {what} {trouble}")

    def wait_for_state(self, node: ExerciseNode, name: str, state: str) -> Any:
        """The request *name* once *node* sees it in *state*."""

        def look() -> Any:
            request = self.request(node, name)
            return request if request["state"] == state else None

        return self.wait(f"{node.state} sees the {name} request {state}", look)

    def wait_for_message(self, node: ExerciseNode, digest: str) -> Any:
        """The event of the message *digest* once *node* holds it."""

        def look() -> Any:
            return next((one for one in self.case(node)["timeline"] if one["digest"] == digest), None)

        return self.wait(f"{node.state} holds the message {digest[:16]}", look)

    def wait_for_receipt(self, node: ExerciseNode, digest: str) -> Any:
        """The event of our message *digest* once the partner's receipt for it is here."""

        def look() -> Any:
            event = next((one for one in self.case(node)["timeline"] if one["digest"] == digest), None)
            return event if event and (event["delivery"] or {}).get("state") == "delivered" else None

        return self.wait(f"{node.state} has the receipt for {digest[:16]}", look)

    def close(self) -> None:
        """End both nodes and the line."""
        for node in (self.viet_nam, self.france):
            node.stop()
        self.line.close()


def build(folder: Path, transcript: Transcript, evidence: Path | None) -> Stage:
    """A stage in *folder*; *evidence* is the provider's return, or a mailbox is generated."""
    port, france_port = free_port(), free_port()
    line = Line(("127.0.0.1", port))
    if evidence is None:
        evidence = folder / "mailbox.mbox"
        mailbox.write(evidence, RETURN_SIZE)
    return Stage(
        folder=folder,
        viet_nam=ExerciseNode(VIET_NAM, folder, port=port, address=f"http://127.0.0.1:{line.port}"),
        france=ExerciseNode(FRANCE, folder, port=france_port, address=f"http://127.0.0.1:{france_port}"),
        line=line,
        transcript=transcript,
        evidence=evidence,
    )


def sha256(path: Path) -> str:
    """The SHA-256 of the file *path*."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
