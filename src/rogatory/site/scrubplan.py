"""How often the worker scrubs, and how fast: `[scrub]` in `node.toml`."""

from collections.abc import Mapping
from typing import Any, TypedDict

from rogatory.node.evidence.storage import pacing
from rogatory.site.datafolder import BadNodeFile


class Plan(TypedDict, total=False):
    """What of `node.context.Config` it says."""

    scrub_days: int
    scrub_rate: int


def read(facts: Mapping[str, Any]) -> Plan:
    """What `[scrub]` says, nothing where it says nothing; raises `BadNodeFile` and `BadRate`."""
    table = facts.get("scrub", {})
    if not isinstance(table, Mapping) or not table.keys() <= {"every_days", "rate"}:
        raise BadNodeFile("[scrub] in node.toml knows every_days and rate")
    plan = Plan()
    if "every_days" in table:
        days = table["every_days"]
        if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= 3650:
            raise BadNodeFile("every_days of [scrub] in node.toml is a whole number of days, 0 for never")
        plan["scrub_days"] = days
    if "rate" in table:
        plan["scrub_rate"] = pacing.parse_rate(str(table["rate"]))
    return plan
