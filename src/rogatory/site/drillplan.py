"""How long a drill of a contact point may wait for its answer: `[drill]` in `node.toml`."""

from collections.abc import Mapping
from typing import Any

from rogatory.correspondence.bodies import LONGEST_ANSWER
from rogatory.site.datafolder import BadNodeFile

#: Article 41 sets no time; two hours is a choice of ours, to be changed by who runs the node.
MINUTES = 120


def minutes(facts: Mapping[str, Any]) -> int:
    """How many minutes there are to answer; raises `BadNodeFile`."""
    table = facts.get("drill", {})
    if not isinstance(table, Mapping) or not table.keys() <= {"answer_within_minutes"}:
        raise BadNodeFile("[drill] in node.toml knows answer_within_minutes")
    found = table.get("answer_within_minutes", MINUTES)
    if not isinstance(found, int) or isinstance(found, bool) or not 1 <= found <= LONGEST_ANSWER:
        raise BadNodeFile(f"answer_within_minutes of [drill] in node.toml is a whole number, 1 to {LONGEST_ANSWER}")
    return found
