"""The same offence in two instruments, by the parallels that the law data names.

A parallel is named once, on either side; an article stands for everything under it. Parallel clauses are alike in what
they forbid, not word for word: whoever relies on one reads both.
"""

from collections.abc import Iterator
from functools import lru_cache

from rogatory.law.model import Law
from rogatory.law.provisions import article_of


@lru_cache(maxsize=16)
def own_offences(law: Law, instrument: str) -> frozenset[str]:
    """The offences that cooperation under *instrument* counts as its own; raises `UnknownInstrument`."""
    return frozenset(one for provision in law.provisions(instrument) for one in provision.offences)


@lru_cache(maxsize=512)
def same_offence(law: Law, instrument: str, article: str, other: str) -> tuple[str, ...]:
    """The articles of *other* parallel to the offence of *article* of *instrument*, those named first before the rest.

    Raises `UnknownInstrument`.
    """
    found = [*_named(law, instrument, article, other), *_naming(law, instrument, article, other)]
    return tuple(dict.fromkeys(found))


def _named(law: Law, instrument: str, article: str, other: str) -> Iterator[str]:
    for provision in law.provisions(instrument, kind="offence"):
        if provision.article == article:
            for parallel in provision.parallels:
                name, _, number = parallel.partition(":")
                if name == other:
                    yield article_of(number)


def _naming(law: Law, instrument: str, article: str, other: str) -> Iterator[str]:
    for provision in law.provisions(other, kind="offence"):
        for parallel in provision.parallels:
            name, _, number = parallel.partition(":")
            if name == instrument and article_of(number) == article:
                yield provision.article
