"""What can I ask of that State? Every measure with its footing, from what is known so far, ending in a draft."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from rogatory.casefile.cites import HOME
from rogatory.law.form import Field
from rogatory.law.model import Law
from rogatory.law.words import Answer
from rogatory.node import drafting, partners, people, profiles
from rogatory.node.context import Node
from rogatory.opinion.carrying import carried
from rogatory.opinion.possibilities import Possibility, possibilities
from rogatory.web.doors import DeskRequest, signed_in

#: What can be said before a form is chosen: fields of the forms that decide whether a measure is open at all.
EARLY = ("offence", "max_penalty_years", "in_territory")
MAX_EARLY = 20


@signed_in
def ask(request: DeskRequest) -> HttpResponse:
    """Choose a State and say what is known; then each measure, whether it can be asked, and under what."""
    node, asked = request.node, request.GET.get("requested", "").upper()
    states = sorted(
        (state for state in node.status.states.values() if state.kind != "organisation" and state.iso3 != node.state),
        key=lambda state: state.name.get(request.LANGUAGE_CODE),
    )
    known = _known(request.GET)
    context: dict[str, Any] = {
        "states": states,
        "fields": _fields(node.law),
        "known": known,
        "asked": node.status.state(asked) if asked else None,
    }
    if asked:
        context |= _found(node, asked, known)
    return render(request, "web/ask.html", context)


@require_POST
@signed_in
def draft(request: DeskRequest) -> HttpResponse:
    """A new draft of the measure chosen, with what was said already."""
    people.require(request.actor, "drafter")
    measure, instrument = request.POST.get("measure", ""), request.POST.get("instrument", HOME)
    law = request.node.law
    contents = carried(_known(request.POST), law=law, form=law.form(measure, instrument=instrument))
    made = drafting.start_request(
        request.node,
        request.actor,
        measure=measure,
        receiver=request.POST.get("receiver", ""),
        instrument=instrument,
        contents=contents,
    )
    return redirect("draft-write", made.id)


def _found(node: Node, asked: str, known: Mapping[str, object]) -> dict[str, Any]:
    today = node.clock.now().date()
    found = possibilities(node.state, asked, today, known=known, law=node.law, status=node.status)
    card = next((card for card in partners.all_cards(node).values() if card.state == asked), None)
    return {
        "groups": [(answer, _those(found, answer)) for answer in (Answer.YES, Answer.UNKNOWN, Answer.NO)],
        "today": today,
        "card": card,
        "own_law": any(one.counts_on(today) for one in profiles.in_force(node, asked)),
    }


def _those(found: tuple[Possibility, ...], answer: Answer) -> list[Possibility]:
    return [one for one in found if one.possible is answer]


def _known(sent: QueryDict) -> dict[str, str]:
    given = {key: str(sent.get(key, "")).strip()[:MAX_EARLY] for key in EARLY}
    return {key: value for key, value in given.items() if value}


def _fields(law: Law) -> list[Field]:
    """The early fields as the first form that has them words them."""
    found: dict[str, Field] = {}
    for form in law.forms.values():
        if form.instrument == HOME:
            found |= {key: form.fields_by_key[key] for key in EARLY if key in form.fields_by_key and key not in found}
    return [found[key] for key in EARLY if key in found]
