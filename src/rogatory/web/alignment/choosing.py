"""Which obligations a page shows: by chapter, article, force, state, kind, reader, what was found, and by words.

The same choice is carried from the overview to the review page, so that "next" walks through what was chosen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language

from rogatory.alignment.assessment.assessment import Standing
from rogatory.alignment.obligations import Obligation, obligations
from rogatory.law.model import Law
from rogatory.node.alignment.assessments import Held
from rogatory.web.alignment.finding import folded

MAX_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is chosen; an empty one chooses everything. `state` also takes `any-dispute`, `found` `yes` or `no`."""

    chapter: str = ""
    article: str = ""
    force: str = ""
    state: str = ""
    kind: str = ""
    reader: str = ""
    found: str = ""
    q: str = ""

    @property
    def address(self) -> str:
        """What stands in an address behind its question mark; empty when everything is chosen."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def query(self) -> str:
        """The same with its question mark."""
        return f"?{self.address}" if self.address else ""

    @property
    def chooses(self) -> bool:
        """Whether anything is left out."""
        return bool(self.address)


def choice(values: QueryDict) -> Choice:
    """The choice that an address makes."""
    names = ("chapter", "article", "force", "state", "kind", "reader", "found")
    return Choice(**{name: values.get(name, "")[:40] for name in names}, q=values.get("q", "").strip()[:MAX_WORDS])


def chosen(law: Law, held: Held, asked: Choice, near: Mapping[str, bool]) -> tuple[Obligation, ...]:
    """The obligations that *asked* chooses, in their order; *near* says for which something was found."""
    return tuple(one for one in obligations(law) if _fits(one, held.assessment.standing(one.number), asked, near))


def beside(all_: Sequence[Obligation], shown: Sequence[Obligation], number: str) -> tuple[str, str]:
    """The numbers of those among *shown* that stand before and after *number* in the order of *all_*."""
    places = {one.number: place for place, one in enumerate(all_)}
    here = places[number]
    before = [one.number for one in shown if places[one.number] < here]
    after = [one.number for one in shown if places[one.number] > here]
    return (before[-1] if before else "", after[0] if after else "")


def _fits(one: Obligation, standing: Standing, asked: Choice, near: Mapping[str, bool]) -> bool:
    state = standing.is_disputed if asked.state == "any-dispute" else asked.state in ("", standing.state)
    found = not asked.found or near.get(one.number, False) == (asked.found == "yes")
    same = all(
        wanted in ("", has)
        for wanted, has in (
            (asked.chapter, one.chapter),
            (asked.article, one.article),
            (asked.force, one.force),
            (asked.kind, one.kind),
        )
    )
    judged = not asked.reader or any(each.reader == asked.reader for each in standing.history)
    return state and found and same and judged and _says(one, asked.q)


def _says(one: Obligation, query: str) -> bool:
    if not query:
        return True
    lang = get_language() or "en"
    said = folded(f"{one.number} {one.title.get(lang)} {one.what.get(lang)}")
    return all(word in said for word in folded(query).split())
