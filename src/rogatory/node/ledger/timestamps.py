"""Time-stamps of our checkpoints: asked for now and then, kept for ever, found again for whatever is to be proved.

Rules in words. One asks at a time. A checkpoint is stamped when the log has grown since the last token and the time
set in `node.toml` has passed; after a failure, sooner. A failure stops nothing: it is kept, told by
`rogatory ledger show`, and the next attempt comes by itself.
"""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from rogatory.errors import NotFound, NotPermitted, RogatoryError
from rogatory.law.words import Words
from rogatory.ledger import timestamp
from rogatory.ledger.notes import VerifierKey
from rogatory.node import people, record
from rogatory.node.context import Node
from rogatory.node.ledger import proving
from rogatory.node.people import Actor
from rogatory.ports.timestamps import AskedRow, TimestampRow

ACTION = "node:checkpoint:timestamp"
#: How long one may ask before another thinks that he died, and how soon a failure is tried again.
BUSY, AGAIN = timedelta(minutes=2), timedelta(minutes=5)

NONE = Words(
    "No time-stamp authority is set: the time of an entry rests on this State's own clock",
    "Aucune autorité d’horodatage n’est définie : l’heure d’une entrée repose sur la seule horloge de cet État",
)
NOT_YET = Words("No checkpoint has been time-stamped yet", "Aucun point de contrôle n’a encore été horodaté")
STAMPED = Words(
    "{authority} stamped the log of {size} entries on {day} at {time} UTC",
    "{authority} a horodaté le journal de {size} entrées le {day} à {time} UTC",
)
FAILING = Words(
    ". Since {day}, {time} UTC, it gives none: {reason}",
    ". Depuis le {day} à {time} UTC, elle n’en donne plus : {reason}",
)


class NoTimestampAuthority(NotFound):
    """No time-stamp authority is set for this node."""

    code = "no-timestamp-authority"
    remedy = "Set url and certificate under [timestamp] in node.toml."


class TimestampUnderWay(NotPermitted):
    """Somebody else asks for a time-stamp at this moment."""

    code = "timestamp-under-way"
    remedy = "Wait a minute, then look at `rogatory ledger show`."


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOfTimestamps:
    """Whom we ask (empty: nobody), the newest token, how asking goes, and all of it in words."""

    authority: str
    newest: TimestampRow | None
    asked: AskedRow | None
    words: Words


def state_of_timestamps(node: Node) -> StateOfTimestamps:
    """How time-stamping goes."""
    store = node.stores.timestamps
    newest, asked = store.newest(), store.asked()
    authority = node.timestamps.address if node.timestamps else ""
    words = NOT_YET if authority else NONE
    if newest:
        words = STAMPED.fill(authority=newest.authority, size=newest.size, **_when(newest.at))
    if authority and asked and asked.failing_since:
        more = FAILING.fill(reason=asked.reason, **_when(asked.failing_since))
        words = Words(words.en + more.en, words.fr + more.fr)
    return StateOfTimestamps(authority=authority, newest=newest, asked=asked, words=words)


def newest_covering(node: Node, size: int) -> TimestampRow | None:
    """The token of the smallest stamped log of *size* entries or more: the earliest proof that they were there."""
    return node.stores.timestamps.smallest_covering(size)


def of_checkpoint(node: Node, text: str) -> TimestampRow | None:
    """The token for exactly the checkpoint *text* of our log, whoever cosigned it."""
    stamped = timestamp.stamped_bytes(text, _key(node)).decode()
    size = int(stamped.split("\n", 2)[1])
    found = node.stores.timestamps.of_size(size)
    return found if found and found.text == stamped else None


def stamp_now(node: Node, actor: Actor) -> TimestampRow:
    """The token for the newest checkpoint, asked for at once.

    Raises `RoleMissing` for all but an administrator, `NoTimestampAuthority`, `NothingLogged`, `TimestampUnderWay`,
    and what the authority's answer gives cause for.
    """
    people.require(actor, "administrator")
    return _stamp(node, actor)


def due(node: Node) -> tuple[str, ...]:
    """The address of the authority when it is time to ask it; nothing otherwise."""
    if node.timestamps is None:
        return ()
    store, now = node.stores.timestamps, node.clock.now()
    asked = store.asked()
    if asked is not None:
        every = timedelta(minutes=node.config.timestamp_minutes)
        if now < max(asked.busy_until, asked.asked_at + (min(AGAIN, every) if asked.code else every)):
            return ()
    newest = store.newest()
    return (node.timestamps.address,) if node.stores.ledger.size() > (newest.size if newest else 0) else ()


def ask(node: Node, _address: str) -> None:
    """Have the newest checkpoint stamped; a failure is kept, not raised."""
    with contextlib.suppress(RogatoryError):
        _stamp(node, None)


def _stamp(node: Node, actor: Actor | None) -> TimestampRow:
    if node.timestamps is None:
        raise NoTimestampAuthority
    data = timestamp.stamped_bytes(proving.checkpoint_text(node), _key(node))
    now = node.clock.now()
    with node.stores.atomic():
        before = node.stores.timestamps.asked()
        if not node.stores.timestamps.begin(now, now + BUSY):
            raise TimestampUnderWay
    try:
        token = node.timestamps.stamp(data)
    except RogatoryError as error:
        since = before.failing_since if before and before.failing_since else now
        with node.stores.atomic():
            node.stores.timestamps.end(failing_since=since, code=error.code, reason=error.message)
        raise
    row = TimestampRow(
        size=int(data.split(b"\n", 2)[1]),
        text=data.decode(),
        token=token.data,
        authority=token.stamped.authority,
        at=token.stamped.at,
        kept_at=node.clock.now(),
    )
    with node.stores.atomic():
        node.stores.timestamps.add(row)
        node.stores.timestamps.end(failing_since=None, code="", reason="")
        people.note(node, actor, ACTION, node.state, f"{row.size} entries")
    return row


def _key(node: Node) -> VerifierKey:
    return record.log_key(node.config.log_origin, node.unlock().ledger.public.raw)


def _when(at: datetime) -> dict[str, object]:
    return {"day": at.date(), "time": f"{at:%H:%M}"}
