"""What every page of a programme shows: the meeting, whether the person may change it, and what was just removed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rogatory.office.programme.access import OfficeRequest, may_prepare
from rogatory.office.programme.models import Occasion
from rogatory.office.programme.scheduling import KINDS, Thing


def show(
    request: OfficeRequest, page: str, occasion: Occasion | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page *page* of *occasion*."""
    shown = {
        "occasion": occasion,
        "may_prepare": may_prepare(request.actor),
        "removed": just_removed(request, occasion),
        "removed_word": request.GET.get("removed", "").partition("-")[0],
        **more,
    }
    return render(request, f"office/programme/{page}.html", shown, status=status)


def just_removed(request: OfficeRequest, occasion: Occasion | None) -> Thing | None:
    """What the address says was removed a moment ago, to offer it back."""
    word, _dash, number = request.GET.get("removed", "").partition("-")
    return find(word, int(number), occasion) if number.isascii() and number.isdigit() and len(number) < 10 else None


def find(word: str, number: int, occasion: Occasion | None, *, removed: bool = True) -> Thing | None:
    """The row of the kind *word* with this key in *occasion*; *removed*: among those that were removed."""
    kind = KINDS.get(word)
    if kind is None:
        return None
    found: Thing | None = kind.objects.filter(pk=number, removed_at__isnull=not removed).first()
    if found is None or isinstance(found, Occasion):
        return found
    return found if found.occasion == occasion else None


#: The page that lists each kind of thing.
HOMES = {
    "entry": "programme-day",
    "room": "programme-rooms",
    "body": "programme-bodies",
    "line": "programme-budget",
    "task": "programme-tasks",
}


def home_of(word: str, occasion: Occasion) -> str:
    """The address of the page that lists things of the kind *word*."""
    return reverse(HOMES[word], args=[occasion.pk]) if word in HOMES else reverse("programme")


def go(name: str, occasion: Occasion) -> HttpResponse:
    """On to the page *name* of *occasion*."""
    return redirect(reverse(name, args=[occasion.pk]))
