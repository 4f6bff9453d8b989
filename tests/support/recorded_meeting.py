"""A meeting's events signed and chained into a record, as a node would write it."""

from collections.abc import Iterable
from dataclasses import replace

from rogatory.conference.meeting.events import Event
from rogatory.conference.record import entries
from rogatory.conference.record.chain import Signer
from rogatory.sealing.keys import SigningKey

KEY = SigningKey.from_seed(bytes(range(32)))
SIGNER = Signer(state="XOA", authority="XOA/secretariat", key=KEY.public)


def signed(events: Iterable[Event], *, meeting: str) -> list[bytes]:
    """The lines of the record, without line feeds."""
    lines: list[bytes] = []
    previous = ""
    for number, event in enumerate(events, 1):
        told = replace(event, body={**event.body, "signer": SIGNER.row()}) if number == 1 else event
        made = entries.write(told, meeting=meeting, number=number, previous=previous, key=KEY)
        lines.append(made.line)
        previous = made.digest
    return lines
