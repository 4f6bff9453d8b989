"""What every page knows: the node's State, whether this is an exercise, who acts, how authorities are called."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from rogatory.law.words import Words
from rogatory.node import partners, people
from rogatory.node.alignment import texts
from rogatory.node.context import Node
from rogatory.node.correspondence import drills
from rogatory.node.ledger import alarms
from rogatory.node.people import Actor


def node(request: HttpRequest) -> dict[str, Any]:
    """The node and the person, for templates; `authorities` is read only on a page that names one."""
    found: Node | None = getattr(request, "node", None)
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "node": found,
        "actor": actor,
        "reads": actor is not None and bool(actor.roles & people.READERS),
        "reads_assessments": actor is not None and bool(actor.roles & texts.READERS),
        "authorities": SimpleLazyObject(lambda: authority_names(found) if found else {}),
        "standing_alarms": SimpleLazyObject(lambda: alarms.standing(found) if found else ()),
        "waiting_drills": SimpleLazyObject(lambda: drills.waiting(found, actor) if found and actor else ()),
        "open_parts": settings.PUBLIC_PARTS,
        "here": request.resolver_match.url_name if request.resolver_match else "",
    }


def authority_names(node: Node) -> dict[str, Words]:
    """Our authorities and those on the cards of our partners, by identifier."""
    names = {one.id: Words(one.name_en, one.name_fr) for one in node.config.authorities}
    for card in partners.all_cards(node).values():
        for authority in card.authorities:
            english = authority.name.get("en") or next(iter(authority.name.values()), authority.id)
            names[authority.id] = Words(english, authority.name.get("fr", english))
    return names
