"""What changed between two texts of a law, as values that JSON can carry; provisions that stayed are only counted."""

from collections.abc import Sequence
from typing import Any

from rogatory.alignment.national.model import NationalProvision
from rogatory.alignment.national.versions import UNCHANGED, Change, counted
from rogatory.law.plain import plain


def changes_value(found: Sequence[Change]) -> dict[str, Any]:
    """How many provisions became what, and each that changed, with its words that are the same, gone and new."""
    return {
        "counts": dict(counted(found)),
        "changes": [
            {
                "what": one.what,
                "before": _provision(one.before),
                "after": _provision(one.after),
                "differences": plain(one.differences),
            }
            for one in found
            if one.what != UNCHANGED
        ],
    }


def _provision(one: NationalProvision | None) -> dict[str, Any] | None:
    """A provision whole, since a repealed or added one has no differences to show."""
    return None if one is None else dict(plain(one))
