"""What the page calls States and bodies, in its language."""

from collections.abc import Callable, Iterable

from django.utils.translation import get_language

from rogatory.node.context import Node
from rogatory.office.programme.models import Body


def state_names(node: Node) -> dict[str, str]:
    """The name of every State by its ISO 3166 alpha-3 code."""
    lang = get_language() or "en"
    return {code: state.name.get(lang) for code, state in node.status.states.items()}


def naming(node: Node) -> Callable[[Body], str]:
    """A function that names a body: a State in the language of the page, any other as it was written."""
    states = state_names(node)
    return lambda body: states.get(body.iso3, body.name)


def by_key(node: Node, bodies: Iterable[Body]) -> dict[int, str]:
    """The names of *bodies* by their keys."""
    name = naming(node)
    return {one.pk: name(one) for one in bodies}
