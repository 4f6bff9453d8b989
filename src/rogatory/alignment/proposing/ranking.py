"""Which national provisions may carry which obligation: read a law once, then ask for any article or paragraph.

1. The concepts of the glossary are found in every provision (`index`).
2. An article looks at the provisions that have some of its concepts, the most telling ones first.
3. Each of them is given its signs and its score (`scoring`); a paragraph of an article with concepts of its own puts
   them before its article's.
4. The best are handed back with the passages that speak for them. Where none reaches `FOUND`, the law probably has no
   such provision, and that is said.

The machine proposes; whether a provision carries an obligation is for a person to decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

from rogatory.alignment.national.model import NationalText
from rogatory.alignment.obligations import articles, obligation, obligations
from rogatory.alignment.proposing import scoring
from rogatory.alignment.proposing.finding import Finder, Hit
from rogatory.alignment.proposing.glossaries import Subject, glossary, languages, subjects
from rogatory.alignment.proposing.index import Index, Indexed, index
from rogatory.alignment.proposing.lexical import kindred
from rogatory.alignment.proposing.model import Match, Proposal, Proposals
from rogatory.law.model import Law

#: How many provisions an article looks at closely.
LOOKED_AT = 150
#: The score from which on the best proposal counts as found.
FOUND = 0.25
#: The same where only neighbours' words are known: there much is missed, and little can be said to be missing.
FOUND_BY_NEIGHBOURS = 0.1
#: What an article's own names still weigh for a paragraph that has names of its own.
INHERITED = 0.5
MOST_MATCHES = 6
#: A passage of any length is shown with so many words marked.
MOST_SPANS = 60
#: How much a concept in a heading counts besides one in the text, when provisions are chosen to be looked at.
IN_HEADING = 1.0


class Ranker:
    """The index of one national text, and the proposals from it."""

    def __init__(self, text: NationalText) -> None:
        known = text.lang in languages()
        self.how = "glossary" if known else "lexical"
        self._text = text
        self._finder = Finder(glossary(text.lang) if known else kindred(text.lang))
        self._index = index(text, self._finder)
        self._ranked: dict[str, tuple[tuple[float, Indexed], ...]] = {}
        self._words: dict[str, Mapping[int, float]] = {}

    def propose(self, number: str, *, limit: int = 10) -> Proposals:
        """The proposals for the article or the obligation of that *number*, at most *limit*, best first."""
        subject = _subject(number)
        best = self._best(subject)
        return Proposals(
            number=number,
            found=bool(best) and best[0][0] >= (FOUND if self.how == "glossary" else FOUND_BY_NEIGHBOURS),
            how=self.how,
            proposals=tuple(_proposal(score, provision, subject, self._index) for score, provision in best[:limit]),
        )

    def _best(self, subject: Subject) -> tuple[tuple[float, Indexed], ...]:
        if subject.number not in self._ranked:
            words = self._bag_of(subject.number.partition("(")[0])
            looked_at = _looked_at(subject, self._index, words)
            scored = [(scoring.score(subject, one, self._index, words.get(one.order, 0.0)), one) for one in looked_at]
            self._ranked[subject.number] = tuple(sorted(scored, key=lambda pair: (-pair[0], pair[1].order)))
        return self._ranked[subject.number]

    def _bag_of(self, article: str) -> Mapping[int, float]:
        if article not in self._words:
            patterns = self._finder.patterns(_named(subjects()[article]))
            self._words[article] = self._index.bag.scores(patterns)
        return self._words[article]


def propose(
    text: NationalText, law: Law, *, numbers: Sequence[str] | None = None, limit: int = 10
) -> tuple[Proposals, ...]:
    """The proposals of *text* for each of *numbers*, articles or obligations: all of them when none are named.

    Raises `UnknownObligation` for a number that is neither.
    """
    known = articles(law)
    for number in numbers or ():
        if number not in known:
            obligation(law, number)
    ranker = Ranker(text)
    asked = (*known, *(one.number for one in obligations(law))) if numbers is None else numbers
    return tuple(ranker.propose(number, limit=limit) for number in dict.fromkeys(asked))


def _subject(number: str) -> Subject:
    """The subject of *number*: its own with its article's behind it, or that of what it stands under."""
    known = subjects()
    article = known[number.partition("(")[0]]
    place = number
    while place not in known:
        place = place[: place.rindex("(")]
    own = known[place]
    if own is article:
        return article
    inherited = {name: weight * (INHERITED if own.names else 1.0) for name, weight in article.names.items()}
    return Subject(
        number=place,
        names={**inherited, **own.names},
        groups=(*own.groups, *article.groups),
        helps=article.helps,
        hurts=article.hurts,
        offence=article.offence,
        foreign=article.foreign,
    )


def _named(subject: Subject) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*subject.names, *(one for group in subject.groups for one in group))))


def _looked_at(subject: Subject, known: Index, words: Mapping[int, float]) -> list[Indexed]:
    """The provisions that have most of what *subject* is looked for by, in the order of the text."""
    weights = dict(words)
    for group in (*((name,) for name in subject.names), *subject.groups):
        best: dict[int, float] = {}
        for concept in group:
            rare = known.rarity.get(concept, 0.0)
            for order in known.having.get(concept, ()):
                heading = IN_HEADING * rare if concept in known.provisions[order].heading else 0.0
                best[order] = max(best.get(order, 0.0), rare + heading)
        for order, weight in best.items():
            weights[order] = weights.get(order, 0.0) + weight
    chosen = nlargest(LOOKED_AT, weights.items(), key=lambda pair: (pair[1], -pair[0]))
    return [known.provisions[order] for order in sorted(order for order, _ in chosen)]


def _proposal(score: float, provision: Indexed, subject: Subject, known: Index) -> Proposal:
    sought = dict.fromkeys((*_named(subject), *subject.helps))
    found = [concept for concept in sought if concept in provision.hits or concept in provision.heading]
    return Proposal(
        key=provision.key,
        score=round(score, 4),
        concepts=tuple(sorted(found, key=lambda one: -subject.names.get(one, 0.0) - known.rarity[one])),
        matches=_matches(found, provision.hits, known.rarity),
    )


def _matches(
    concepts: Iterable[str], hits: Mapping[str, tuple[tuple[int, Hit], ...]], rarity: Mapping[str, float]
) -> tuple[Match, ...]:
    """The passages in which most of *concepts* stand, in the order of the provision."""
    spans: dict[int, list[tuple[int, int]]] = {}
    weights: dict[int, float] = {}
    for concept in concepts:
        for passage in {passage for passage, _ in hits.get(concept, ())}:
            weights[passage] = weights.get(passage, 0.0) + rarity[concept]
        for passage, hit in hits.get(concept, ()):
            spans.setdefault(passage, []).append((hit.start, hit.end))
    chosen = nlargest(MOST_MATCHES, weights, key=lambda passage: (weights[passage], -passage))
    return tuple(Match(passage=passage, spans=_joined(spans[passage])[:MOST_SPANS]) for passage in sorted(chosen))


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
