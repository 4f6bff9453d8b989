"""Asking for help with a gap that an assessment shows.

The need takes the number of the obligation, how it was answered and which elements are missing. What the national law
says, who judged it and the remarks stay here: no quotation travels unless a person adds it by hand.
"""

from rogatory.alignment.obligations import Obligation, obligation
from rogatory.assistance import kinds
from rogatory.assistance.entries import Entry
from rogatory.errors import NotPermitted
from rogatory.law.words import Words
from rogatory.node import people
from rogatory.node.alignment import assessments
from rogatory.node.assistance import entries
from rogatory.node.assistance.entries import LIAISON
from rogatory.node.context import Node
from rogatory.node.people import Actor

#: Answers with which nothing is left to ask for.
_SETTLED = frozenset({"implemented", "not-applicable"})
_ANSWERS = {
    "partly": Words("Our law carries it out in part.", "Notre droit l’exécute en partie."),
    "not-implemented": Words("Our law does not carry it out.", "Notre droit ne l’exécute pas."),
    "disputed": Words(
        "Our readers differ on whether our law carries it out.", "Nos lecteurs sont partagés à ce sujet."
    ),
    "unseen": Words("Our law has not been looked at for it yet.", "Notre droit n’a pas encore été examiné à ce sujet."),
}
_TITLE = Words("Help with {number}: {title}", "Aide pour {number} : {title}")
_LIMIT = 300


class NotAGap(NotPermitted):
    """The assessment shows no gap there."""

    code = "not-a-gap"
    remedy = "Ask for help with an obligation that is not carried out, or in part; or write a need by hand."


def need_from_gap(node: Node, actor: Actor, assessment: str, number: str, *, lang: str = "en") -> Entry:
    """A new need, private, for the obligation *number* as the *assessment* stands, in the words of *lang*.

    Raises `RoleMissing`, `NoSuchAssessment`, `UnknownObligation`, `NotAGap` and `TooManyEntries`.
    """
    people.require(actor, LIAISON)
    with node.stores.atomic():
        asked = obligation(node.law, number)
        standing = assessments.held(node, assessment).assessment.standing(number)
        if standing.state in _SETTLED:
            raise NotAGap(f"{number} is {standing.state} in this assessment", cite=asked.cite)
        missing = {one.name for one in standing.elements if one.state in ("missing", "unclear")}
        made = entries.make(
            node, actor, kinds.NEED, _given(asked, standing.state, missing, lang) | {"assessment": assessment}
        )
        people.note(node, actor, "assist:need:from-gap", made.id, number)
    return made


def _given(asked: Obligation, state: str, missing: set[str], lang: str) -> dict[str, object]:
    title = _TITLE.fill(number=asked.number, title=asked.title).get(lang)
    says = (asked.what.get(lang), _ANSWERS[state].get(lang))
    return {
        "title": title[:_LIMIT],
        "what": "\n".join(one for one in says if one),
        "help": ["drafting"],
        "provisions": [asked.number],
        "missing": [element.what.get(lang)[:_LIMIT] for name, element in asked.elements if name in missing],
        "audiences": ["legislators"],
        "languages": [lang],
    }
