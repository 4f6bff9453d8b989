"""What the letters about help say, checked the same way for ours and for theirs.

A letter of the kind of an entry carries the whole entry at one version, without its private fields. An interest tells
the owner of an entry that somebody wants to speak about it, or no longer does. A withdrawal takes an entry back; what
was sent stays with who has it, in the log, and is shown no more. Only its owner sends an entry or withdraws it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from rogatory.assistance import kinds
from rogatory.assistance.entries import Entry, for_partner
from rogatory.assistance.shape import TEXT_LIMIT, BadEntry, read
from rogatory.errors import BadInput
from rogatory.kernel import canonical, ids
from rogatory.sealing import fields
from rogatory.sealing.fields import BadField

INTEREST, WITHDRAWAL = "interest", "withdrawal"
#: A letter may weigh 256 KiB; what stands around its body needs some of it.
MAX_BODY = 200 * 1024
MAX_SAYS = 2000
LAST_VERSION = 1_000_000


class BadAssistanceLetter(BadInput):
    """The letter does not carry what its kind must carry."""

    code = "bad-assistance-letter"
    remedy = "Ask the sender to send the entry again from an up-to-date node."


class EntryTooLarge(BadInput):
    """The entry is too large for a letter."""

    code = "assistance-entry-too-large"
    remedy = "Shorten its texts or its lists, or make two entries of it."


def of_entry(entry: Entry) -> dict[str, Any]:
    """The body of the letter that carries *entry*; raises `EntryTooLarge`."""
    body = {"id": entry.id, "version": entry.version, "entry": for_partner(entry)}
    if len(canonical.dumps(body)) > MAX_BODY:
        raise EntryTooLarge(f"the entry {entry.title[:60]!r} weighs more than {MAX_BODY // 1024} KiB")
    return body


def withdrawal(entry: Entry, *, says: str = "") -> dict[str, Any]:
    """The body of the letter that takes *entry* back at its version."""
    return {"id": entry.id, "version": entry.version, **({"says": says} if says else {})}


def interest(entry: Entry, *, interested: bool, says: str, own: str = "") -> dict[str, Any]:
    """The body of the letter that shows interest in *entry* of a partner; *own* is an entry of ours that fits it."""
    told: dict[str, Any] = {"id": entry.id, "version": entry.version, "interested": interested}
    return {**told, **({"says": says} if says else {}), **({"own": own} if own else {})}


def check_entry(kind: str) -> Callable[[Mapping[str, Any]], None]:
    """What checks the body of a letter that carries an entry of *kind*."""

    def check(body: Mapping[str, Any]) -> None:
        _named(body)
        said = _read(lambda: fields.mapping(body, "entry", kind))
        try:
            read(kinds.shape_of(kind), said, foreign=True)
        except BadEntry as error:
            raise BadAssistanceLetter(error.message) from error
        if len(canonical.dumps(dict(body))) > MAX_BODY:
            raise BadAssistanceLetter(f"the entry weighs more than {MAX_BODY // 1024} KiB")

    return check


def check_withdrawal(body: Mapping[str, Any]) -> None:
    """Nothing, when *body* is that of a withdrawal; raises `BadAssistanceLetter`."""
    _named(body)
    _says(body)


def check_interest(body: Mapping[str, Any]) -> None:
    """Nothing, when *body* is that of an interest; raises `BadAssistanceLetter`."""
    _named(body)
    _read(lambda: fields.flag(body, "interested", INTEREST))
    _says(body)
    if body.get("own") is not None:
        _read(lambda: fields.checked(body, "own", INTEREST, ids.require_id))


def _named(body: Mapping[str, Any]) -> None:
    _read(lambda: fields.checked(body, "id", "letter", ids.require_id))
    if _read(lambda: fields.number(body, "version", "letter", least=1)) > LAST_VERSION:
        raise BadAssistanceLetter(f"'version' is more than {LAST_VERSION}")


def _says(body: Mapping[str, Any]) -> None:
    if body.get("says") is not None:
        _read(lambda: fields.visible(body, "says", "letter", limit=min(MAX_SAYS, TEXT_LIMIT)))


def _read(given: Callable[[], Any]) -> Any:
    try:
        return given()
    except BadField as error:
        raise BadAssistanceLetter(error.message) from error
