"""States in the order of their names, and names as they are searched."""

import unicodedata
from collections.abc import Iterable

from django.utils.translation import get_language

from rogatory.status.model import State


def in_order(states: Iterable[State]) -> list[State]:
    """*states* by name, as the language of the page writes it."""
    lang = get_language() or "en"
    return sorted(states, key=lambda state: folded(state.name.get(lang)))


def folded(text: str) -> str:
    """*text* as it is sorted and searched: without accents or case."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
