"""How far an assessment is, at a glance: by chapter, by force and by article.

Rules in words. An article is implemented only when each obligation of its strongest force is (with `shall` there, only
those with `shall` count): what a State may do never makes a gap. One that does not apply is left out of that count. As
long as some of them are judged and others are not, the article is under way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rogatory.alignment.assessment.assessment import Assessment, Standing
from rogatory.alignment.assessment.model import ANSWERS, DISPUTED, UNSEEN
from rogatory.alignment.obligations import FORCES, HOME, Obligation, articles, obligations, of_article
from rogatory.law.model import Law
from rogatory.law.words import Words

STATES = (*ANSWERS, DISPUTED, UNSEEN)
#: Some obligations of the article are judged, others are not.
UNDER_WAY = "under-way"
#: States of an obligation in which the law falls short, or readers differ on whether it does.
SHORT = frozenset({"partly", "not-implemented", DISPUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many obligations there are, and how many stand in each of `STATES`."""

    of: int
    states: Mapping[str, int]

    @property
    def judged(self) -> int:
        """How many somebody has judged."""
        return self.of - self.states[UNSEEN]

    @property
    def percent(self) -> int:
        """How many of a hundred are judged, rounded down: 100 only when all are."""
        return 100 * self.judged // self.of if self.of else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleProgress:
    """An article: one of `STATES` or `under-way`; `count` is of all its obligations, `decisive` of those that count.

    `gaps` are the numbers of the decisive ones in which the law falls short.
    """

    article: str
    chapter: str
    state: str
    count: Count
    decisive: Count
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterProgress:
    """A chapter: its articles, and its obligations by state and by force."""

    number: str
    name: Words
    count: Count
    forces: Mapping[str, Count]
    articles: tuple[ArticleProgress, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The whole assessment at a glance."""

    count: Count
    forces: Mapping[str, Count]
    chapters: tuple[ChapterProgress, ...]

    @property
    def articles(self) -> Mapping[str, ArticleProgress]:
        """Every article by its number."""
        return {one.article: one for chapter in self.chapters for one in chapter.articles}


def progress(law: Law, assessment: Assessment) -> Progress:
    """How far *assessment* is."""
    rolled = [_article(law, article, assessment) for article in articles(law)]
    chapters = []
    for chapter in law.instrument(HOME).chapters:
        asked = [one for one in obligations(law) if one.chapter == chapter.number]
        if asked:
            chapters.append(
                ChapterProgress(
                    number=chapter.number,
                    name=chapter.name,
                    count=_count(asked, assessment),
                    forces=_by_force(asked, assessment),
                    articles=tuple(one for one in rolled if one.chapter == chapter.number),
                )
            )
    asked = list(obligations(law))
    return Progress(count=_count(asked, assessment), forces=_by_force(asked, assessment), chapters=tuple(chapters))


def decisive(asked: Sequence[Obligation]) -> tuple[Obligation, ...]:
    """Those of the obligations of one article that decide whether it is implemented: those of its strongest force."""
    strongest = min((FORCES.index(one.force) for one in asked), default=0)
    return tuple(one for one in asked if FORCES.index(one.force) == strongest)


def _article(law: Law, article: str, assessment: Assessment) -> ArticleProgress:
    asked = of_article(law, article)
    deciding = [assessment.standing(one.number) for one in decisive(asked)]
    return ArticleProgress(
        article=article,
        chapter=asked[0].chapter,
        state=_rolled_up(deciding),
        count=_count(asked, assessment),
        decisive=_count(decisive(asked), assessment),
        gaps=tuple(one.number for one in deciding if one.state in SHORT),
    )


def _rolled_up(deciding: Sequence[Standing]) -> str:
    states = {one.state for one in deciding}
    if DISPUTED in states:
        return DISPUTED
    if UNSEEN in states:
        return UNSEEN if len(states) == 1 else UNDER_WAY
    bearing = states - {"not-applicable"}
    if not bearing:
        return "not-applicable"
    return bearing.pop() if len(bearing) == 1 else "partly"


def _by_force(asked: Sequence[Obligation], assessment: Assessment) -> Mapping[str, Count]:
    return MappingProxyType(
        {
            force: _count([one for one in asked if one.force == force], assessment)
            for force in FORCES
            if any(one.force == force for one in asked)
        }
    )


def _count(asked: Iterable[Obligation], assessment: Assessment) -> Count:
    found = Counter(assessment.standing(one.number).state for one in asked)
    return Count(of=found.total(), states=MappingProxyType({state: found[state] for state in STATES}))
