"""From a form of a face to the body of an event, and from a refusal to the rule that it cites.

A form carries `kind`, what was fixed when it was drawn as JSON (`body`), and what the person filled in, by the names
of the kind's own form. The engine judges all of it; nothing is judged here but the shape.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from rogatory.conference.meeting import engine
from rogatory.conference.meeting.refusals import BadEvent
from rogatory.conference.meeting.state import Seat
from rogatory.conference.rulebook.model import Rule, Rulebook
from rogatory.errors import RogatoryError

MAX_BODY = 20_000


def body(kind: str, sent: QueryDict, seats: Mapping[str, Seat]) -> dict[str, Any]:
    """The body of an event of *kind* as *sent* gives it; raises `BadEvent`.

    A participant may be named by its code in small letters, or by its name.
    """
    known = engine.KINDS.get(kind)
    if known is None:
        raise BadEvent(f"{kind[:60]!r} is no kind of event")
    found = _fixed(sent.get("body", ""))
    for name, wanted in known.form.items():
        value = _read(name, wanted.rstrip("?"), sent)
        if value is not None:
            found[name] = value
    return {name: _known(known.form.get(name, ""), value, seats) for name, value in found.items()}


def _known(wanted: str, value: Any, seats: Mapping[str, Seat]) -> Any:
    if wanted.rstrip("?") == "seat":
        return code_of(value, seats)
    if wanted.rstrip("?") == "list:seat" and isinstance(value, list):
        return [code_of(one, seats) for one in value]
    return value


def code_of(text: Any, seats: Mapping[str, Seat]) -> Any:
    """The code of the one participant that *text* names; *text* itself when none or several are so called."""
    if text in seats or not isinstance(text, str):
        return text
    meant = text.casefold()
    named = [
        code
        for code, one in seats.items()
        if meant in (code.casefold(), one.name.en.casefold(), one.name.fr.casefold())
    ]
    return named[0] if len(named) == 1 else text


def _fixed(text: str) -> dict[str, Any]:
    if not text:
        return {}
    if len(text) > MAX_BODY:
        raise BadEvent("the form is longer than a form of this page can be")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadEvent("the form does not carry what this page put into it") from error
    if not isinstance(found, dict):
        raise BadEvent("the form does not carry what this page put into it")
    return found


def _read(name: str, wanted: str, sent: QueryDict) -> Any:
    """What the person filled in under *name*; None when nothing was."""
    if wanted == "words":
        return _words(name, sent)
    if wanted == "counts":
        return _counts(name, sent)
    if wanted == "row":
        return _row(name, sent)
    if wanted.startswith("list:"):
        return _listed(wanted, [one for one in sent.getlist(name) if one.strip()])
    text = sent.get(name, "").replace("\r\n", "\n").strip()
    if not text:
        return None
    if wanted == "number":
        return _number(name, text)
    return text == "yes" if wanted == "flag" else text


def _listed(wanted: str, values: list[str]) -> list[str] | None:
    """A list: one a field; codes and names may stand in one field, texts one a line."""
    between = r"\n" if wanted == "list:text" else r"[\s,;]+"
    found = [part.strip() for value in values for part in re.split(between, value) if part.strip()]
    return found or None


def _words(name: str, sent: QueryDict) -> dict[str, str] | None:
    english, french = sent.get(f"{name}.en", "").strip(), sent.get(f"{name}.fr", "").strip()
    if not (english or french):
        return None
    return {"en": english or french, "fr": french or english}


def _counts(name: str, sent: QueryDict) -> dict[str, int] | None:
    found = {
        key[len(name) + 1 :]: _number(key, str(value).strip())
        for key, value in sent.items()
        if key.startswith(f"{name}.") and str(value).strip()
    }
    return found or None


def _row(name: str, sent: QueryDict) -> dict[str, Any] | None:
    found: dict[str, Any] = {
        key[len(name) + 1 :]: str(value).strip()
        for key, value in sent.items()
        if key.startswith(f"{name}.") and str(value).strip() and not key.endswith((".en", ".fr"))
    }
    words = _words(f"{name}.name", sent)
    return {**found, **({"name": words} if words else {})} or None


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadEvent(f"{name!r} is a whole number")
    return int(text)


def rule_of(book: Rulebook, error: RogatoryError) -> Rule | None:
    """The rule that a refusal cites."""
    return next((one for one in book.rules.values() if one.cite == error.cite), None) if error.cite else None


def as_json(fixed: Mapping[str, Any]) -> str:
    """What a form carries: *fixed* as JSON."""
    return json.dumps(fixed, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=list)


def about_of(fixed: str) -> str:
    """What kind of question the fixed part of a form puts to the vote."""
    return str(json.loads(fixed).get("about", ""))
