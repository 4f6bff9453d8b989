"""Obligations, and how each stands, as values that JSON can carry: what commands print is what the HTTP API answers."""

from collections.abc import Iterable
from typing import Any

from rogatory.alignment.assessment.assessment import Standing
from rogatory.alignment.assessment.model import Judgement
from rogatory.alignment.assessment.reuse import Offered
from rogatory.alignment.obligations import Obligation
from rogatory.law.plain import plain


def obligation_value(asked: Obligation) -> dict[str, Any]:
    """What the Convention asks, in our own words, and how surely these were checked."""
    return {
        "number": asked.number,
        "cite": asked.cite,
        "article": asked.article,
        "chapter": asked.chapter,
        "title": plain(asked.title),
        "what": plain(asked.what),
        "kind": asked.kind,
        "force": asked.force,
        "certainty": asked.provision.checked.certainty,
        "elements": [{"name": name, **plain(one)} for name, one in asked.elements],
        "options": [{"name": name, **plain(one)} for name, one in asked.options],
        "exclusions": plain(asked.exclusions),
    }


def standing_value(held: Standing) -> dict[str, Any]:
    """How an obligation stands; `last` is what the next judgement is made upon."""
    return {
        "number": held.number,
        "state": held.state,
        "disputed": held.is_disputed,
        "last": held.last,
        "elements": plain(held.elements),
        "options": plain(held.options),
        "judgements": plain(held.counted),
        "settled_by": held.settled_by.id if held.settled_by else "",
        "history": [one.id for one in held.history],
    }


def judgement_value(made: Judgement, held: Standing) -> dict[str, Any]:
    """A judgement that was just saved, and how its obligation stands after it."""
    return {"judgement": plain(made), "standing": standing_value(held)}


def offers_value(offers: Iterable[Offered]) -> list[dict[str, Any]]:
    """Earlier answers that may hold for an obligation, to be confirmed."""
    return [{"number": one.number, "alike": one.alike, **plain(one.earlier)} for one in offers]
