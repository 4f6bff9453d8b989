"""What a provision says, and how that was checked."""

from django.http import HttpResponse
from django.shortcuts import render

from rogatory.web.doors import DeskRequest
from rogatory.web.publicpages import readable_by_public


@readable_by_public
def provision(request: DeskRequest, instrument: str, number: str) -> HttpResponse:
    """One provision in our own words."""
    law = request.node.law
    found = law.provision(instrument, number)
    letters = [one for one in law.provisions(instrument) if one.number.startswith(f"{number}(")]
    return render(
        request,
        "web/provision.html",
        {
            "provision": found,
            "instrument": law.instrument(instrument),
            "letters": letters,
            "elements": law.elements(instrument, number),
        },
    )
