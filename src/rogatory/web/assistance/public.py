"""The public page of needs and offers, where the operator opens it (`ROGATORY_PUBLIC=assist`).

Only entries of ours that their owner published stand on it, without private fields and without names of people who
made them; what partners sent never does.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rogatory.assistance import kinds
from rogatory.errors import NotFound
from rogatory.node.assistance import entries
from rogatory.node.context import Node

PART = "assist"


class PublicPageClosed(NotFound):
    """This node has no public page of needs and offers."""

    code = "assist-not-public"
    remedy = "Log in, or ask the operator of this node; it is opened by ROGATORY_PUBLIC."


class NodeRequest(HttpRequest):
    """A request to which the wiring has added the node."""

    node: Node


@require_safe
def everything(request: NodeRequest) -> HttpResponse:
    """Every published entry, kind by kind."""
    if PART not in settings.PUBLIC_PARTS:
        raise PublicPageClosed
    found = entries.public(request.node)
    by_kind = [(shape, [one for one in found if one.kind == kind]) for kind, shape in kinds.SHAPES.items()]
    context = {"by_kind": [(shape, several) for shape, several in by_kind if several]}
    return render(request, "web/assist/public.html", context)
