"""How near a provision of another instrument stands to an obligation, by the parallels that the law data names.

A parallel is named once, on either side. An article, or a paragraph, stands for everything under it: what was said of
the whole of it bears on its letters, and the other way round, but less surely than on the very provision that is named.
"""

from collections.abc import Mapping
from functools import lru_cache

from rogatory.alignment.obligations import HOME, obligations
from rogatory.law.model import Law

#: How near: the very provision that the data names, or one that stands over or under it in the same article.
SAME_PROVISION = "same-provision"
SAME_ARTICLE = "same-article"


def alike(law: Law, number: str, cite: str) -> str:
    """How near the provision *cite* (`budapest:6(1)`) stands to the obligation *number*; empty when it does not.

    An answer for the Convention itself (`uncc:7(1)`) is near the obligation of that very number only.
    """
    if cite == f"{HOME}:{number}":
        return SAME_PROVISION
    named = _named(law).get(number, ())
    if cite in named:
        return SAME_PROVISION
    return SAME_ARTICLE if any(_holds(one, cite) or _holds(cite, one) for one in named) else ""


@lru_cache(maxsize=8)
def _named(law: Law) -> Mapping[str, tuple[str, ...]]:
    """The parallels of each obligation: those that it names, and the provisions that name it."""
    named: dict[str, list[str]] = {one.number: list(one.provision.parallels) for one in obligations(law)}
    for instrument in law.instruments:
        for provision in law.provisions(instrument) if instrument != HOME else ():
            for parallel in provision.parallels:
                name, _, number = parallel.partition(":")
                if name == HOME and number in named:
                    named[number].append(provision.cite)
    return {number: tuple(dict.fromkeys(cites)) for number, cites in named.items()}


def _holds(over: str, under: str) -> bool:
    """Whether *under* is a paragraph or letter of *over*: `budapest:6` holds `budapest:6(1)`, not `budapest:60`."""
    return under.startswith(f"{over}(")
