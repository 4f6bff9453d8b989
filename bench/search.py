"""Search of the law over four instruments and twenty loaded texts, against a plain scan of the same texts.

The scan looks through every text for every word of the query, in lower case, and knows no inflection, accents or order
of the hits: the least that a program without an index would have to do.
"""

import random
import time
from collections.abc import Callable, Sequence
from functools import partial

from bench import lawtexts
from bench.lawtexts import Vocabulary
from bench.measure import Table, median, percentile
from rogatory.law.browse import Sorting
from rogatory.law.loader import load_law
from rogatory.law.lookup.search import Copies, Query, Text
from rogatory.law.lookup.searching import Searches, our_texts
from rogatory.law.provisions import KINDS
from rogatory.stores.lawindex import SqliteWordIndex

SEED = 42
AIM = 30.0


def run(*, count: int, words: int) -> Table:
    """The table over *count* queries and texts of *words* words each."""
    chance = random.Random(SEED)
    known = lawtexts.vocabularies(chance)
    law = load_law()
    copies = tuple(lawtexts.texts(chance, known, words=words))
    begin = time.perf_counter()
    search = Searches(SqliteWordIndex).of(law, Copies(version=SEED, read=lambda: copies))
    building = time.perf_counter() - begin
    ours = tuple(our_texts(law))
    queries = _queries(chance, known, ours, count)
    scan = _scan([*ours, *copies])
    for query in queries[:20]:
        search.search(query)
    found = [_timed(partial(search.search, query)) for query in queries]
    worded = [query for query in queries if query.words]
    by_words = [taken for taken, query in zip(found, queries, strict=True) if query.words]
    scanned = [_timed(partial(scan, query.words)) for query in worded]
    hits = sum(1 for query in queries if search.search(query).total)
    rows = [
        _row("search, all queries", found),
        _row("search, those with words", by_words),
        _row("a plain scan, those with words", scanned),
    ]
    distinct = len({word for text in copies for word in text.said.split()})
    return Table(
        name="Search of the law",
        command="python -m bench search",
        headings=("what", "median ms", "p99 ms", "worst ms"),
        rows=tuple(rows),
        notes=(
            f"{len(queries):,} queries, one thread, {hits:,} with hits; p99 aimed at: under {AIM:.0f} ms",
            f"{len(ours):,} texts of ours and {len(copies):,} in {len(lawtexts.COPIES)} invented copies",
            f"{sum(len(text.said) for text in copies) / 1e6:.1f} million characters, {distinct:,} distinct words",
            f"the scan takes {median(scanned) / median(by_words):.1f} times as long by the median",
            f"the index was made in {building:.1f} s, once a process, at the first search",
        ),
    )


def _row(name: str, times: Sequence[float]) -> tuple[str, ...]:
    return (name, f"{median(times):.2f}", f"{percentile(times, 0.99):.2f}", f"{max(times):.2f}")


def _timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1e3


def _queries(chance: random.Random, known: dict[str, Vocabulary], ours: Sequence[Text], count: int) -> list[Query]:
    """Words of every language in other endings, words of ours, beginnings, numbers, sorts, and what is nowhere."""
    makers: list[Callable[[], Query]] = [
        lambda: Query(words=" ".join(_drawn(chance, known).draw(chance, chance.randint(1, 4)))),
        lambda: Query(words=" ".join(_drawn(chance, known).draw(chance, 2)), reader="fr"),
        lambda: Query(words=" ".join(chance.choice(ours).said.split()[: chance.randint(1, 6)])),
        lambda: Query(words=_drawn(chance, known).draw(chance, 1)[0][:3]),
        lambda: Query(words=f"{chance.choice(('art.', 'article', 'uncac', ''))} {chance.choice(ours).number}"),
        lambda: Query(words=f"{chance.choice(('data', 'State', 'request'))} {chance.choice(ours).said.split()[0]}"),
        lambda: Query(words=chance.choice(("of the", "the State", "la", "в", "data", "国"))),
        lambda: Query(sorting=Sorting(kind=chance.choice(KINDS))),
        lambda: Query(words="State", sorting=Sorting(kind="duty", instrument=chance.choice(("uncc", "untoc")))),
        lambda: Query(words="qwx zzyx"),
    ]
    return [chance.choice(makers)() for _ in range(count)]


def _drawn(chance: random.Random, known: dict[str, Vocabulary]) -> Vocabulary:
    return known[chance.choice(sorted(known))]


def _scan(texts: Sequence[Text]) -> Callable[[str], list[tuple[str, str]]]:
    """A search without an index: every word of the query somewhere in the lower-case text."""
    lowered = [(text.instrument, text.number, f"{text.title} {text.said}".casefold()) for text in texts]

    def scan(query: str) -> list[tuple[str, str]]:
        words = query.casefold().split()
        return [(name, number) for name, number, said in lowered if all(word in said for word in words)]

    return scan
