"""Which provisions of a national law are proposed, against a known mapping; how long it takes for a whole code.

Quality is measured on a folder of laws with a mapping by people: `gold.csv` (file, provision_label, uncc_article,
strength, number), `coverage.csv` (a column for each article: core, secondary or none) and `sources.csv` (file,
language); each may be parted into several files. Recall counts provisions that a competent assessor should find
(`core`). Compared are BM25 asked with our own descriptions of the obligations (English, French), BM25 asked with the
terms of our glossary as one bag of words, and the full-text search of SQLite asked the same.
"""

import csv
import re
import sqlite3
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bagofwords import BagOfWords
from bench.measure import ROOT, Table, median, spread
from rogatory.alignment.national.model import NationalText
from rogatory.alignment.national.reading import national_text
from rogatory.alignment.obligations import articles, obligations, of_article
from rogatory.alignment.proposing.glossaries import glossary, subjects
from rogatory.alignment.proposing.ranking import Ranker, propose
from rogatory.documents.reading import read_file
from rogatory.law.loader import load_law

LAWS = ROOT.parent / "shared" / "data" / "laws"
LAW = load_law()
#: The order in which a method would have a person look at the provisions of a law.
Order = Callable[[str], Sequence[str]]
DEPTH = 10
ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A law and what people say about it: the core provisions of each article, and how well it is covered."""

    name: str
    text: NationalText
    core: Mapping[str, frozenset[str]]
    coverage: Mapping[str, str]
    unread: int


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts over core provisions: how many there are, and how many stand among the first five and ten."""

    core: int = 0
    five: int = 0
    ten: int = 0

    def add(self, other: "Tally") -> None:
        """Count what *other* counted too."""
        self.core, self.five, self.ten = self.core + other.core, self.five + other.five, self.ten + other.ten

    def shares(self) -> tuple[float, float]:
        """Recall among the first five and the first ten, from 0 to 1."""
        return self.five / (self.core or 1), self.ten / (self.core or 1)


def run(*, folders: Sequence[Path], provisions: int) -> Table:
    """The table over the laws in *folders*, and the time for a code of so many *provisions*."""
    laws = [law for folder in folders if (folder / "sources.csv").exists() for law in laws_with_a_mapping(folder)]
    rows, languages = _quality(laws)
    notes = [] if laws else ["no laws with a known mapping are here (--laws FOLDER): quality was not measured"]
    if laws:
        notes += [_averaged(languages), _said_missing(laws)]
    notes += _speed(laws, provisions)
    return Table(
        name="Proposals of national provisions",
        command="python -m bench alignment",
        headings=(
            "law",
            "language",
            "provisions",
            "core",
            "recall@5",
            "recall@10",
            "BM25, descriptions",
            "BM25",
            "SQLite",
        ),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _quality(laws: Sequence[Mapped]) -> tuple[list[tuple[str, ...]], Mapping[str, Mapping[str, Tally]]]:
    rows: list[tuple[str, ...]] = []
    languages: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for law in laws:
        mine = {name: tally(law, order) for name, order in _methods(law.text).items()}
        for name, counted in mine.items():
            total = languages[law.text.lang][name]
            total.add(counted)
        five, ten = mine["ours"].shares()
        rows.append(
            (
                law.name[:40] + (f" ({law.unread} not read)" if law.unread else ""),
                law.text.lang,
                str(len(law.text.provisions)),
                str(mine["ours"].core),
                f"{five:.3f}",
                f"{ten:.3f}",
                *(f"{counted.shares()[1]:.3f}" for name, counted in mine.items() if name != "ours"),
            )
        )
    return rows, languages


def _methods(text: NationalText) -> dict[str, Order]:
    ranker, bag, full_text = Ranker(text), BagOfWords(text), _full_text(text)
    return {
        "ours": lambda article: _keys(ranker, article),
        "BM25 with descriptions": lambda article: bag.order(_described(article, text.lang)),
        "BM25 with the glossary": lambda article: bag.order(_asked(article, text.lang)),
        "SQLite with the glossary": lambda article: _found(full_text, _asked(article, text.lang)),
    }


def tally(law: Mapped, order: Order) -> Tally:
    tally = Tally()
    for article, keys in law.core.items():
        found = order(article)
        tally.core += len(keys)
        tally.five += len(keys & set(found[:5]))
        tally.ten += len(keys & set(found[:DEPTH]))
    return tally


def _averaged(languages: Mapping[str, Mapping[str, Tally]]) -> str:
    """Recall averaged over languages, and the others' as a share of it."""
    said = []
    for name in next(iter(languages.values())):
        shares = [tallies[name].shares() for tallies in languages.values()]
        five, ten = (sum(share[place] for share in shares) / len(shares) for place in (0, 1))
        said.append(f"{name} {five:.3f} and {ten:.3f}")
    return f"recall@5 and @10, averaged over {len(languages)} languages: " + "; ".join(said)


def _said_missing(laws: Sequence[Mapped]) -> str:
    """How often an article that is said to have no provision has none."""
    missing: list[str] = []
    covered = none = 0
    for law in laws:
        ranker = Ranker(law.text)
        for article, coverage in law.coverage.items():
            covered += coverage == "core"
            none += coverage == "none"
            if not ranker.propose(article).found:
                missing.append(coverage)
    right = missing.count("none")
    return (
        f"said to be missing: {len(missing)}; truly missing {right / (len(missing) or 1):.3f} of them, none or "
        f"secondary {1 - missing.count('core') / (len(missing) or 1):.3f}; seen of what is missing "
        f"{right / (none or 1):.3f}; core articles wrongly said to be missing {missing.count('core')} of {covered}"
    )


def _speed(laws: Sequence[Mapped], provisions: int) -> list[str]:
    """Time and memory for a code of many provisions: to read it from a file, and to propose for all obligations."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "code.txt"
        path.write_text(_code(provisions), encoding="utf-8")
        begin = time.perf_counter()
        ours = national_text(read_file(path), lang="en")
        reading = time.perf_counter() - begin
    said = [f"import of {len(ours.provisions):,} provisions from a text file: {reading:.1f} s; aimed at: under 30 s"]
    codes = [ours]
    if laws:
        longest = max((law.text for law in laws), key=lambda text: len(text.provisions))
        codes.append(_repeated(longest, provisions))
    return said + [_proposed(code) for code in codes]


def _proposed(code: NationalText) -> str:
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        found = propose(code, LAW)
        times.append(time.process_time() - begin)
    tracemalloc.start()
    propose(code, LAW)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    begin = time.process_time()
    bag = BagOfWords(code)
    for article in articles(LAW):
        bag.order(_asked(article, code.lang))
    other = time.process_time() - begin
    size = sum(len(one.text) for one in code.provisions) / 1e6
    return (
        f"{len(code.provisions):,} provisions ({code.lang}, {size:.1f} million characters), {len(found)} articles and "
        f"obligations: {median(times):.1f} s of one core ({spread(times, 1)}), {peak:.0f} MB; aimed at: under 10 s and "
        f"500 MB; BM25 takes {other / median(times):.1f} times as long for the {len(articles(LAW))} articles alone"
    )


def _repeated(text: NationalText, provisions: int) -> NationalText:
    many = (
        replace(text.provisions[place % len(text.provisions)], key=f"p{place}", number=str(place))
        for place in range(provisions)
    )
    return replace(text, provisions=tuple(many))


def _code(provisions: int) -> str:
    """A code in our own words: every provision has what several obligations are about."""
    said = [one.what.en for one in obligations(LAW)]
    return "\n".join(
        f"Article {place + 1}. {said[place * 7 % len(said)]}\n"
        + "\n".join(f"({number + 1}) {said[(place * 5 + number) % len(said)]}" for number in range(5))
        + "\n"
        for place in range(provisions)
    )


def _keys(ranker: Ranker, article: str) -> Sequence[str]:
    return [one.key for one in ranker.propose(article, limit=DEPTH).proposals]


def _described(article: str, lang: str) -> str:
    """What the obligations of *article* are called and what they ask, in French for a French law, else in English."""
    known = of_article(LAW, article)
    return " ".join(
        f"{one.title.fr} {one.what.fr}" if lang == "fr" else f"{one.title.en} {one.what.en}" for one in known
    )


def _asked(article: str, lang: str) -> str:
    """The same, and the terms of the glossary for the article: what a search without our ranking would be asked."""
    subject = subjects()[article]
    named = [*subject.names, *(one for group in subject.groups for one in group)]
    terms = (term.written for concept in named for term in glossary(lang).terms.get(concept, ()))
    return f"{_described(article, lang)} {' '.join(terms)}"


def _full_text(text: NationalText) -> sqlite3.Connection:
    kept = sqlite3.connect(":memory:")
    kept.execute("create virtual table provision using fts5(key unindexed, said, tokenize='unicode61')")
    rows = ((one.key, f"{one.heading}\n{one.text}") for one in text.provisions)
    kept.executemany("insert into provision values (?, ?)", rows)
    return kept


def _found(kept: sqlite3.Connection, asked: str) -> Sequence[str]:
    query = " OR ".join(f'"{word}"' for word in dict.fromkeys(re.findall(r"\w+", asked)))
    sought = "select key from provision where provision match ? order by bm25(provision) limit ?"
    return [str(key) for (key,) in kept.execute(sought, (query, DEPTH))]


def laws_with_a_mapping(folder: Path) -> Iterator[Mapped]:
    languages = {row["file"]: row["language"] for row in _table(folder, "sources")}
    coverage = {row.pop("file"): row for row in _table(folder, "coverage")}
    mapping: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _table(folder, "gold"):
        if row["strength"] == "core":
            mapping[row["file"]].append(row)
    for name, rows in mapping.items():
        text = national_text(read_file(folder / name), lang=languages.get(name, "")[:2])
        by_label = {_plain(one.label): one.key for one in reversed(text.provisions)}
        by_number = {_plain(one.number): one.key for one in reversed(text.provisions)}
        core: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            key = by_label.get(_plain(row["provision_label"])) or by_number.get(_plain(row["number"]))
            core[row["uncc_article"]].add(key or f"unread {row['number']}")
        unread = sum(key.startswith("unread") for keys in core.values() for key in keys)
        known = set(articles(LAW))
        yield Mapped(
            name=Path(name).stem,
            text=text,
            core={article: frozenset(keys) for article, keys in core.items() if article in known},
            coverage={article: said for article, said in coverage.get(name, {}).items() if article in known},
            unread=unread,
        )


def _table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of *name*, which may be parted into several files."""
    rows: list[dict[str, str]] = []
    for path in sorted(folder.glob(f"{name}*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows.extend(csv.DictReader(lines))
    return rows


def _plain(label: str) -> str:
    return re.sub(r"[^\w]+", " ", label).strip().casefold()
