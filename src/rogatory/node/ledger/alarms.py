"""Alarms about logs: what people must see, with the evidence, until one of them says what they found.

An alarm is never taken back and never closes by itself; the database refuses to change one. Somebody acknowledges it
with a remark, and from then on it is shown in the list only. The same kind of alarm about the same State is not
raised again while one stands, nor for a day after it was raised.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from rogatory.errors import BadInput, NotFound
from rogatory.law.words import Words
from rogatory.node import people
from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.ports.witness import AcknowledgementRow, AlarmRow

QUIET = timedelta(days=1)
MAX_REMARK = 2000
#: How much of a piece of evidence is kept, in letters.
MAX_EVIDENCE = 64 * 1024
MOST = 200

FORKED, REWRITTEN, SHRANK, UNCOVERED = "forked", "rewritten", "shrank", "uncovered"
OTHER_KEY, REPLACED, STALLED = "other-key", "replaced", "stalled"
OWN_BEHIND, OWN_FORKED, OWN_REFUSED = "own-behind", "own-forked", "own-refused"
OWN_SET_BACK = "own-set-back"
MEETING_RECORD = "meeting-record"

#: What each kind says, with the alarm's values filled in.
SENTENCES: Mapping[str, Words] = {
    FORKED: Words(
        "The log has two different roots at {size} entries: it was forked. Both checkpoints are signed with its key.",
        "Le registre a deux racines différentes à {size} entrées : il a été dédoublé. Les deux points de contrôle "
        "sont signés avec sa clé.",
    ),
    REWRITTEN: Words(
        "The checkpoint at {new} entries does not continue the one at {old}: entries that stood in the log were "
        "changed. Both checkpoints are signed with its key.",
        "Le point de contrôle à {new} entrées ne prolonge pas celui à {old} : des entrées inscrites au registre ont "
        "été modifiées. Les deux points de contrôle sont signés avec sa clé.",
    ),
    SHRANK: Words(
        "The log had {old} entries and now shows {new}: its end was cut off.",
        "Le registre comptait {old} entrées et n’en montre plus que {new} : sa fin a été coupée.",
    ),
    UNCOVERED: Words(
        "A receipt says that a message stands at entry {index} of the log; the log shows {size} entries only.",
        "Un accusé de réception indique qu’un message figure à l’entrée {index} du registre ; celui-ci ne montre "
        "que {size} entrées.",
    ),
    OTHER_KEY: Words(
        "A checkpoint is not signed as the card of the State says: {reason}.",
        "Un point de contrôle n’est pas signé comme l’indique la carte de l’État : {reason}.",
    ),
    REPLACED: Words(
        "The card of the State now names the log {new} in place of {old}, which is followed no more.",
        "La carte de l’État désigne désormais le registre {new} à la place de {old}, qui n’est plus suivi.",
    ),
    STALLED: Words(
        "The log cannot be read since {since}: {reason}.",
        "Le registre ne peut plus être lu depuis {since} : {reason}.",
    ),
    OWN_BEHIND: Words(
        "The witness has seen {told} entries of our own log, which has {size}: entries of ours are missing.",
        "Le témoin a vu {told} entrées de notre propre registre, qui en compte {size} : des entrées manquent.",
    ),
    OWN_FORKED: Words(
        "The witness holds another root of our own log at {size} entries: two logs were signed with our key.",
        "Le témoin détient une autre racine de notre propre registre à {size} entrées : deux registres ont été "
        "signés avec notre clé.",
    ),
    OWN_SET_BACK: Words(
        "Our own log has {size} entries; it signed a checkpoint of {old} that it does not continue.",
        "Notre propre registre compte {size} entrées ; il a signé un point de contrôle à {old} qu’il ne prolonge pas.",
    ),
    MEETING_RECORD: Words(
        "The record of the meeting {meeting} in our database is not the one that was signed: {reason}.",
        "Le registre de la réunion {meeting} dans notre base de données n’est pas celui qui a été signé : {reason}.",
    ),
    OWN_REFUSED: Words(
        "The witness does not accept that our log at {size} entries continues the one it saw at {old}.",
        "Le témoin n’admet pas que notre registre à {size} entrées prolonge celui qu’il a vu à {old}.",
    ),
}
_ASK = Words(
    "Ask the State by telephone what happened, keep both checkpoints, and rely on none of its proofs before.",
    "Demandez par téléphone à l’État ce qui s’est passé, gardez les deux points de contrôle et ne vous fiez à aucune "
    "de ses preuves avant.",
)
_OWN = Words(
    "Stop the node. Was it restored from an old backup, or does a second one run with the same keys? Restore the "
    "newest backup, and tell the witnesses what happened.",
    "Arrêtez le nœud. A-t-il été restauré d’une ancienne sauvegarde, ou un second fonctionne-t-il avec les mêmes "
    "clés ? Restaurez la sauvegarde la plus récente et dites aux témoins ce qui s’est passé.",
)
_CARD = Words(
    "Ask the State by telephone why its log has changed, and keep the old checkpoint.",
    "Demandez par téléphone à l’État pourquoi son registre a changé, et gardez l’ancien point de contrôle.",
)
_RECORD = Words(
    "Stop the meeting. Who changed the database, or was it restored from an old backup? Keep it as it is, restore the "
    "newest good backup, and compare the head of the record with the one that was announced.",
    "Arrêtez la réunion. Qui a modifié la base de données, ou a-t-elle été restaurée d’une ancienne sauvegarde ? "
    "Gardez-la en l’état, restaurez la dernière bonne sauvegarde et comparez la tête du registre à celle qui a été "
    "annoncée.",
)
_ROAD = Words(
    "Ask the State whether its node runs and where; look at the road between the two nodes.",
    "Demandez à l’État si son nœud fonctionne et à quelle adresse ; examinez la liaison entre les deux nœuds.",
)
REMEDIES: Mapping[str, Words] = {
    **dict.fromkeys((FORKED, REWRITTEN, SHRANK, UNCOVERED, OTHER_KEY), _ASK),
    **dict.fromkeys((OWN_BEHIND, OWN_FORKED, OWN_REFUSED, OWN_SET_BACK), _OWN),
    MEETING_RECORD: _RECORD,
    REPLACED: _CARD,
    STALLED: _ROAD,
}


class NoSuchAlarm(NotFound):
    """There is no alarm of that number."""

    code = "no-such-alarm"
    remedy = "The list of alarms has their numbers: rogatory witness alarms."


class NoRemark(BadInput):
    """Say in a remark what you found."""

    code = "no-remark"
    remedy = "Write what was asked, of whom, and what the answer was, in 1 to 2000 signs."


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What is raised: its kind, about whose log, the values of its sentence, and the evidence."""

    kind: str
    state: str
    origin: str
    values: Mapping[str, str | int]
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An alarm as people see it, and who looked into it, if somebody did."""

    row: AlarmRow
    sentence: Words
    remedy: Words
    seen: AcknowledgementRow | None


def raise_alarm(node: Node, alarm: Alarm) -> bool:
    """Whether *alarm* is new and stands from now on. Call inside `stores.atomic()`."""
    store, now = node.stores.witnesses, node.clock.now()
    newest = store.newest_alarm(alarm.state, alarm.kind)
    if newest is not None:
        known = bool(store.acknowledgements([newest.number]))
        if not known or newest.at <= now < newest.at + QUIET:
            return False
    row = AlarmRow(
        number=node.stores.counters.next("alarm"),
        at=now,
        state=alarm.state,
        origin=alarm.origin,
        kind=alarm.kind,
        values={name: str(value)[:500] for name, value in alarm.values.items()},
        first=alarm.first[:MAX_EVIDENCE],
        second=alarm.second[:MAX_EVIDENCE],
    )
    store.add_alarm(row)
    people.note(node, None, "witness:alarm:raise", alarm.state, f"{row.number} {alarm.kind}")
    return True


def acknowledge(node: Node, actor: Actor, number: int, *, remark: str) -> Shown:
    """The alarm *number*, which *actor* has looked into; raises `NoSuchAlarm`, `NoRemark`, `AlreadyHeld`."""
    said = remark.strip()
    if not 0 < len(said) <= MAX_REMARK:
        raise NoRemark
    with node.stores.atomic():
        row = node.stores.witnesses.alarm(number)
        if row is None:
            raise NoSuchAlarm(f"there is no alarm {number}")
        seen = AcknowledgementRow(number=number, at=node.clock.now(), by=actor.id, name=actor.name, remark=said)
        node.stores.witnesses.acknowledge(seen)
        people.note(node, actor, "witness:alarm:acknowledge", row.state, f"{number} {row.kind}")
    return _shown(row, seen)


def standing(node: Node) -> tuple[Shown, ...]:
    """The alarms that nobody has acknowledged, the oldest first."""
    return tuple(_shown(row, None) for row in node.stores.witnesses.standing())


def newest(node: Node) -> tuple[Shown, ...]:
    """The newest alarms first, acknowledged or not, at most 200."""
    rows = node.stores.witnesses.alarms(MOST)
    seen = {one.number: one for one in node.stores.witnesses.acknowledgements([row.number for row in rows])}
    return tuple(_shown(row, seen.get(row.number)) for row in rows)


def _shown(row: AlarmRow, seen: AcknowledgementRow | None) -> Shown:
    told = SENTENCES[row.kind]
    return Shown(
        row=row,
        sentence=told.fill(**row.values),
        remedy=REMEDIES[row.kind],
        seen=seen,
    )
