"""Where a step of the checklist, or something that a paper lacks, is to be done: the page of this desk for it."""

import re
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from rogatory.readiness.steps import Step
from rogatory.web.readiness.questions import section_of

_ITEM = re.compile(r"(authorities|laws|statements)(?:\[(\d+)\])?")
_OF_LISTS = {"authorities": "ready-authority", "laws": "ready-law", "statements": "ready-statement"}


def place_address(place: str) -> str:
    """The page where *place* of the choices, such as `signer.name` or `laws[2].description`, is filled in."""
    found = _ITEM.match(place)
    if found:
        return reverse(_OF_LISTS[found[1]], args=[found[2] or "new"])
    return f"{reverse('ready-section', args=[section_of(place)])}#f-{place.replace('.', '-')}"


def act_of(step: Step) -> tuple[str, str]:
    """The address and the words of the link by which a step is gone on with; empty where there is none."""
    if step.paper:
        return reverse("ready-paper", args=[step.paper]), _("Look at the paper")
    pages = {
        "signature": (reverse("ready-papers"), _("Enter the signature")),
        "law-assessed": (reverse("align"), _("Look at national law")),
        "law-amended": (reverse("align"), _("Look at national law")),
        "manner": (place_address("manner"), _("Decide")),
        "statements-settled": (reverse("ready-statements"), _("Decide")),
        "central-authority": (_naming(step), _("Name it")),
        "extradition-authority": (_naming(step), _("Name it")),
        "contact-point": (reverse("ready-institutions"), _("Plan its hours")),
        "procedures": (reverse("ready-institutions"), _("Look at the institutions")),
        "training": (reverse("ready-institutions"), _("Enter a training")),
        "drill": (reverse("drills"), _("Plan a drill")),
        "in-force": (reverse("ready-day"), _("What the day would change")),
    }
    return pages.get(step.id, ("", ""))


def _naming(step: Step) -> str:
    return f"{reverse('ready-authority', args=['new'])}?provision={quote(step.provision)}"
