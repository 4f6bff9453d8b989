"""Two assessments side by side: of two dates, or of two drafts of a bill. What got better, what worse, what is new.

Rules in words. Better and worse are said only between not, partly and fully implemented; from or to *not applicable* an
obligation has changed. Where the answer stays the same, an element that is there now and was not makes it better, one
that is gone makes it worse; both at once is a change. Judged for the first time, no longer judged, disputed now and
disputed no more are told as such.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rogatory.alignment.assessment.assessment import Assessment, Standing
from rogatory.alignment.assessment.model import DISPUTED, UNSEEN
from rogatory.alignment.assessment.progress import Progress, progress
from rogatory.alignment.obligations import Obligation, obligations
from rogatory.alignment.report.values import About
from rogatory.law.model import Law
from rogatory.law.words import Words

#: What can have become of an obligation, what matters most first.
CHANGES = ("worse", "disputed", "better", "settled", "judged", "unjudged", "other", "same")
_RANK = {"not-implemented": 0, "partly": 1, "implemented": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementChange:
    """An element of an offence that stands otherwise than before."""

    name: str
    what: Words
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one obligation: one of `CHANGES`, its states, its elements that changed, its options."""

    number: str
    article: str
    chapter: str
    title: Words
    what: Words
    force: str
    change: str
    before: str
    after: str
    elements: tuple[ElementChange, ...]
    options_before: tuple[str, ...]
    options_after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every obligation in its order and what became of it; *counts* has how many of each of `CHANGES`."""

    before: About
    after: About
    changes: tuple[Change, ...]
    counts: Mapping[str, int]
    progress_before: Progress
    progress_after: Progress

    def of(self, *kinds: str) -> tuple[Change, ...]:
        """The changes of those kinds, in the order of the obligations."""
        return tuple(one for one in self.changes if one.change in kinds)

    @property
    def changed(self) -> tuple[Change, ...]:
        """Everything that is not the same."""
        return tuple(one for one in self.changes if one.change != "same")


def compare(law: Law, before: tuple[About, Assessment], after: tuple[About, Assessment]) -> Comparison:
    """What became of each obligation from *before* to *after*."""
    (about_before, first), (about_after, second) = before, after
    changes = tuple(_change(one, first.standing(one.number), second.standing(one.number)) for one in obligations(law))
    counted = Counter(one.change for one in changes)
    return Comparison(
        before=about_before,
        after=about_after,
        changes=changes,
        counts=MappingProxyType({kind: counted[kind] for kind in CHANGES}),
        progress_before=progress(law, first),
        progress_after=progress(law, second),
    )


def _change(asked: Obligation, before: Standing, after: Standing) -> Change:
    words = {name: element.what for name, element in asked.elements}
    was = {one.name: one.state for one in before.elements}
    elements = tuple(
        ElementChange(name=one.name, what=words[one.name], before=was[one.name], after=one.state)
        for one in after.elements
        if one.state != was[one.name]
    )
    return Change(
        number=asked.number,
        article=asked.article,
        chapter=asked.chapter,
        title=asked.title,
        what=asked.what,
        force=asked.force,
        change=_kind(before.state, after.state, elements),
        before=before.state,
        after=after.state,
        elements=elements,
        options_before=tuple(one.name for one in before.options if one.used),
        options_after=tuple(one.name for one in after.options if one.used),
    )


def _kind(before: str, after: str, elements: tuple[ElementChange, ...]) -> str:
    if before == after:
        return _by_elements(elements)
    if UNSEEN in (before, after):
        return "judged" if before == UNSEEN else "unjudged"
    if DISPUTED in (before, after):
        return "disputed" if after == DISPUTED else "settled"
    if before in _RANK and after in _RANK:
        return "better" if _RANK[after] > _RANK[before] else "worse"
    return "other"


def _by_elements(elements: tuple[ElementChange, ...]) -> str:
    gained = any(one.after == "present" for one in elements)
    lost = any(one.before == "present" for one in elements)
    if gained or lost:
        return "other" if gained and lost else "better" if gained else "worse"
    return "other" if elements else "same"
