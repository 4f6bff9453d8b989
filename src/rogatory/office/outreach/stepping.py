"""Steps and wishes that come as plain values, checked by the same forms as those that come from a page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from rogatory.node.context import Node
from rogatory.node.people import Actor
from rogatory.office.outreach import recording
from rogatory.office.outreach.forms import StepForm
from rogatory.office.outreach.listing import Wish
from rogatory.office.outreach.models import OutreachStep
from rogatory.office.outreach.recording import BadOutreachEntry
from rogatory.office.outreach.reporting import GROUPS


def step(node: Node, actor: Actor, iso3: str, given: Mapping[str, Any], *, correct: int = 0) -> OutreachStep:
    """The step that *given* tells, entered, or in the place of the step *correct*.

    Raises `RoleMissing`, `BadOutreachEntry` and `ChangedMeanwhile`.
    """
    on, codes = node.clock.now().date(), frozenset(node.status.states)
    form = StepForm(dict(given), instance=OutreachStep(iso3=iso3), on=on, law=node.law, codes=codes)
    if not form.is_valid():
        raise BadOutreachEntry("; ".join(f"{name}: {errors.as_text()}" for name, errors in form.errors.items()))
    made: OutreachStep = form.save(commit=False)
    if not correct:
        return recording.enter_step(node, actor, made)
    old = find(correct)
    if old.iso3 != iso3:
        raise BadOutreachEntry(_("Step %(number)s is not one of this State.") % {"number": correct})
    return recording.correct_step(node, actor, old, made)


def undo(node: Node, actor: Actor, number: int) -> OutreachStep:
    """What stood before that step, anew; raises `RoleMissing`, `BadOutreachEntry` and `ChangedMeanwhile`."""
    return recording.undo_step(node, actor, find(number))


def find(number: int) -> OutreachStep:
    """The step of that number; raises `BadOutreachEntry`."""
    found: OutreachStep | None = OutreachStep.objects.filter(pk=number).select_related("corrects").first()
    if found is None:
        raise BadOutreachEntry(_("There is no step %(number)s.") % {"number": number})
    return found


def wish(given: Mapping[str, str]) -> Wish:
    """The filters and the order that *given* names; raises `BadOutreachEntry` for one that nobody offers."""
    found = Wish.read(given, GROUPS)
    for name, value in given.items():
        if value and not getattr(found, name):
            raise BadOutreachEntry(_("%(value)s cannot be chosen for %(name)s.") % {"value": value[:40], "name": name})
    return found
