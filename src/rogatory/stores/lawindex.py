"""The index of the law's words: SQLite's FTS5 in memory, whatever database the node keeps its rows in.

It is fed with words that `law.wording` has evened out, so the engine only splits at spaces. Four columns: stems and
forms of the title, stems and forms of the text; a word of the title counts for more, a stem for more than a form.
Nothing that a person types reaches the engine's query language: a word is letters and digits, and stands in quotes.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence

from rogatory.law.lookup import wording
from rogatory.law.lookup.search import Term, Text

_TABLE = """
CREATE VIRTUAL TABLE texts USING fts5(
    title_stems, title_forms, said_stems, said_forms, content = '', tokenize = 'ascii', detail = 'full'
)
"""
_WEIGHTS = "3.0, 2.0, 2.0, 1.0"
_FIND = f"SELECT rowid, bm25(texts, {_WEIGHTS}) FROM texts WHERE texts MATCH ?"  # noqa: S608 - two constants


class SqliteWordIndex:
    """A `law.search.WordIndex`."""

    def __init__(self, texts: Iterable[Text]) -> None:
        # One connection for every thread: queries take a few milliseconds and are asked one after the other.
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._connection.execute(_TABLE)
        self._connection.execute("BEGIN")
        self._connection.executemany(
            "INSERT INTO texts(rowid, title_stems, title_forms, said_stems, said_forms) VALUES (?, ?, ?, ?, ?)",
            (
                (place, *_columns(text.title, text.lang), *_columns(text.said, text.lang))
                for place, text in enumerate(texts)
            ),
        )
        self._connection.execute("COMMIT")

    def find(self, terms: Sequence[Term], *, every: bool) -> Sequence[tuple[int, float]]:
        """The places of the texts that have *every* term, or any, with the bm25 score."""
        if not terms:
            return ()
        asked = (" AND " if every else " OR ").join(f"({' OR '.join(_asked(term))})" for term in terms)
        with self._lock:
            return self._connection.execute(_FIND, (asked,)).fetchall()


def _columns(text: str, lang: str) -> tuple[str, str]:
    """The stems and the forms of *text*, each as one line of words."""
    found = [wording.entries(written, lang) for written in wording.spelled(text)]
    return " ".join(stems for stems, _ in found), " ".join(forms for _, forms in found)


def _asked(term: Term) -> Iterator[str]:
    """*term* in the engine's language, in alternatives."""
    if term.stems:
        yield f"{{title_stems said_stems}} : ({' OR '.join(map(_quoted, term.stems))})"
    if term.forms:
        yield f"{{title_forms said_forms}} : ({' OR '.join(map(_quoted, term.forms))})"
    if term.run:
        yield f"{{title_stems said_stems}} : {_quoted(' '.join(term.run))}"
    if term.beginning:
        yield f"{{title_forms said_forms}} : {_quoted(term.beginning)} *"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
