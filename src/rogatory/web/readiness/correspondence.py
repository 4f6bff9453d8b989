"""The signed letters between nodes that belong to no case: every kind in one list, and a thread to read."""

import json

from django.http import HttpResponse
from django.shortcuts import render

from rogatory.node.correspondence import letters
from rogatory.web.doors import DeskRequest, signed_in
from rogatory.web.forms import whole_number

ON_A_PAGE = 100


@signed_in
def every(request: DeskRequest) -> HttpResponse:
    """Letters, ours and theirs, the newest first; raises `RoleMissing`."""
    before = whole_number(request.GET.get("before")) or None
    found = letters.newest(request.node, request.actor, limit=ON_A_PAGE, before=before)
    last = found[-1][0].ledger_index if len(found) == ON_A_PAGE else 0
    return render(request, "web/ready/letters.html", {"found": found, "earlier": last})


@signed_in
def thread(request: DeskRequest, thread: str) -> HttpResponse:
    """The letters of one thread, each with all that was signed; that they were read is recorded."""
    found = letters.thread_page(request.node, request.actor, thread)
    told = [(one, json.dumps(dict(one.body), ensure_ascii=False, indent=2)) for one in found]
    return render(request, "web/ready/thread.html", {"thread": thread, "letters": told})
