"""Who may do what on the pages of readiness: everybody with a place reads them, only an assessor writes."""

from django.http import HttpRequest

from rogatory.node.readiness.deciding import ROLE


def may_write(request: HttpRequest) -> bool:
    """Whether the person may save choices, mark steps and enter what was filed."""
    actor = getattr(request, "actor", None)
    return actor is not None and ROLE in actor.roles
