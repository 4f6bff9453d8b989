"""Removing something after a question, and bringing it back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rogatory.office.programme import scheduling
from rogatory.office.programme.access import OfficeRequest, by_secretary, of_occasion, placed
from rogatory.office.programme.models import Occasion
from rogatory.office.programme.pages import find, home_of, show
from rogatory.office.programme.scheduling import KINDS, StillUsed


@of_occasion
@by_secretary
def remove(request: OfficeRequest, occasion: Occasion, word: str, number: int) -> HttpResponse:
    """Ask first; then remove, and offer it back on the page that listed it."""
    thing = find(word, number, occasion, removed=False)
    if thing is None or (isinstance(thing, Occasion) and thing.pk != occasion.pk):
        raise Http404
    home, problem = home_of(word, occasion), None
    if request.method == "POST":
        try:
            scheduling.remove(request.node, request.actor, thing)
        except StillUsed as error:
            problem = error
        else:
            return redirect(f"{home}?removed={word}-{number}")
    shown = {"thing": thing, "word": word, "home": home, "problem": problem}
    return show(request, "remove", occasion, status=400 if problem else 200, **shown)


@placed
@by_secretary
@require_POST
def restore(request: OfficeRequest, word: str, number: int) -> HttpResponse:
    """Bring it back."""
    kind = KINDS.get(word)
    thing = kind.objects.exclude(removed_at=None).filter(pk=number).first() if kind else None
    if thing is None:
        raise Http404
    if scheduling.bring_back(request.node, request.actor, thing):
        messages.success(request, _("It is back."))
    else:
        messages.warning(request, _("It is back as proposed: its place has been taken meanwhile."))
    return redirect(home_of(word, thing if isinstance(thing, Occasion) else thing.occasion))
