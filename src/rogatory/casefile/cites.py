"""Provisions named in the numbers of the instrument that carries the request.

The table cites the Convention. Under a neighbour the same step rests on the parallel provision that the law data
names; where they name none, nothing is cited rather than a provision of another treaty.
"""

from functools import lru_cache

from rogatory.errors import NotFound
from rogatory.law.model import Law

HOME = "uncc"


@lru_cache(maxsize=1024)
def under(law: Law, instrument: str, cite: str) -> str:
    """*cite*, a provision of the Convention, as *instrument* has it: `budapest:29(3)`; empty without a parallel."""
    if instrument == HOME or not cite:
        return cite
    try:
        parallels = law.provision(HOME, cite).parallels
    except NotFound:
        return ""
    return next((one for one in parallels if one.startswith(f"{instrument}:")), "")
