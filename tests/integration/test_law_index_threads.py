"""The index of the law under many threads: one index is made, and every thread gets the same answers."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from rogatory.law.loader import load_law
from rogatory.law.lookup.search import Copies, Found, Query
from rogatory.law.lookup.searching import Searches
from rogatory.stores.lawindex import SqliteWordIndex

pytestmark = pytest.mark.any_database

QUERIES = ("sixty days", "42(3)(b)", "conservation", "extradition", "qwxyz", "preservati")


def test_many_threads_make_one_index_and_get_the_same_answers() -> None:
    made: list[int] = []

    def make_index(texts: object) -> SqliteWordIndex:
        made.append(1)
        return SqliteWordIndex(texts)  # type: ignore[arg-type]

    searches, law = Searches(make_index), load_law()

    def ask(words: str) -> tuple[str, Found]:
        return words, searches.of(law, Copies()).search(Query(words=words))

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(ask, QUERIES * 20))
    assert len(made) == 1
    for words in QUERIES:
        given = [found for asked, found in answers if asked == words]
        assert len(given) == 20
        assert all(found == given[0] for found in given)
