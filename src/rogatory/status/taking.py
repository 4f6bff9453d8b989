"""What a depositary's list would change in what is held, and what is held once it is taken.

The list speaks for signatures and consents: one that it lacks is *gone*. On reservations, declarations and
notifications it may be silent: those that are held stay unless the list has the very same, and are *kept*.
"""

import csv
import hashlib
import io
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from rogatory.errors import BadData
from rogatory.status.deposits import COLUMNS, read_deposits
from rogatory.status.model import CONSENTS, Deposit, Held

NEW, CHANGED, GONE, KEPT, SAME = "new", "changed", "gone", "kept", "same"
_Key = tuple[str, ...]


class BadHeldFile(BadData):
    """The list of deposits in the data folder cannot be used."""

    code = "bad-held-deposits"
    remedy = "Import the depositary's list again, or take the file out of the folder deposits/."


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What becomes of one act: `new`, `changed`, `gone`, `kept` or `same`; days as they are written."""

    what: str
    state: str
    action: str
    provision: str
    held: str
    given: str


def differences(held: Iterable[Deposit], given: Iterable[Deposit]) -> tuple[Difference, ...]:
    """What taking *given* would change in *held*, State by State."""
    before, after = _by_key(held), _by_key(given)
    found = [_difference(key, before.get(key), after.get(key)) for key in before.keys() | after.keys()]
    return tuple(sorted(found, key=lambda one: (one.state, one.action, one.provision, one.given)))


def taken(held: Iterable[Deposit], given: Iterable[Deposit]) -> tuple[Deposit, ...]:
    """What is held once *given* is taken."""
    every = tuple(given)
    known = _by_key(every)
    kept = [item for item in held if not _speaks_for(item) and _key(item) not in known]
    return tuple(sorted((*every, *kept), key=lambda item: (item.state, item.latest or date.max, item.action)))


def _by_key(deposits: Iterable[Deposit]) -> dict[_Key, Deposit]:
    found: dict[_Key, Deposit] = {}
    for deposit in deposits:
        found.setdefault(_key(deposit), deposit)
    return found


def _key(deposit: Deposit) -> _Key:
    if deposit.action in CONSENTS:
        return (deposit.state, "consent")
    if deposit.action == "signature":
        return (deposit.state, "signature")
    return (deposit.state, deposit.action, deposit.provision, day_text(deposit))


def _speaks_for(deposit: Deposit) -> bool:
    return deposit.action == "signature" or deposit.action in CONSENTS


def _difference(key: _Key, held: Deposit | None, given: Deposit | None) -> Difference:
    if held is None:
        what = NEW
    elif given is None:
        what = GONE if _speaks_for(held) else KEPT
    else:
        what = SAME if _content(held) == _content(given) else CHANGED
    actions = {one.action for one in (held, given) if one is not None}
    return Difference(
        what=what,
        state=key[0],
        action=actions.pop() if len(actions) == 1 else key[1],
        provision=key[2] if len(key) > 2 else "",
        held=_told(held, given),
        given=_told(given, held),
    )


def _content(deposit: Deposit) -> tuple[object, ...]:
    return (deposit.action, deposit.earliest, deposit.latest, deposit.value)


def _told(one: Deposit | None, other: Deposit | None) -> str:
    if one is None:
        return ""
    day = day_text(one) or "day not known"
    return day if other is None or one.action == other.action else f"{one.action} {day}"


def day_text(deposit: Deposit) -> str:
    """The day as a deposits file writes it: a day, a month, or nothing."""
    if deposit.earliest is None or deposit.latest is None:
        return ""
    form = "%Y-%m-%d" if deposit.earliest == deposit.latest else "%Y-%m"
    return deposit.earliest.strftime(form)


def write_held(deposits: Iterable[Deposit], *, as_of: date) -> tuple[bytes, bytes]:
    """The deposits as CSV, and a TOML text beside it that says up to which day they reach."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in deposits:
        row = (item.state, item.action, day_text(item), item.provision, item.value, item.certainty, item.source)
        writer.writerow(row)
    data = out.getvalue().encode("utf-8")
    about = f'as_of = {as_of:%Y-%m-%d}\nsha256 = "{hashlib.sha256(data).hexdigest()}"\n'
    return data, about.encode("ascii")


def read_held(data: bytes, about: bytes, *, instrument: str, states: Collection[str]) -> Held:
    """The deposits that a node holds of its own; raises `BadHeldFile`, or `BadDeposits` with the line.

    Where the text beside them is not about these very deposits, they reach to the last day that they name.
    """
    try:
        text, told = data.decode("utf-8"), tomllib.loads(about.decode("ascii"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadHeldFile(f"{instrument}: {error}", where=f"deposits/{instrument}") from error
    found = read_deposits(text, name=f"deposits/{instrument}.csv", states=states, instrument=instrument)
    if not found:
        raise BadHeldFile(f"deposits/{instrument}.csv lists nothing")
    as_of = told.get("as_of") if told.get("sha256") == hashlib.sha256(data).hexdigest() else None
    last = max((item.earliest for item in found if item.earliest), default=date.min)
    return Held(deposits=found, as_of=as_of if type(as_of) is date else last)
