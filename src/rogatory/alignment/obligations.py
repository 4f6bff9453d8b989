"""What the Convention asks of a State's law, read from the law data: the unit of the gap assessment.

An obligation is a provision of Articles 7 to 53 that a State carries out; the depositary's and the Conference's own
business is none. An offence is assessed element by element, and against the options that the Convention leaves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rogatory.errors import NotFound
from rogatory.law.model import Element, ElementOption, Exclusion, Law, Provision
from rogatory.law.words import Words

HOME = "uncc"
FIRST, LAST = 7, 53
#: Whose law or practice an obligation asks something of.
CARRIED_BY = frozenset(
    {
        "state-party",
        "requesting",
        "requested",
        "both",
        "any-state",
        "contact-point",
        "central-authority",
        "service-provider",
    }
)
#: From what must be done to what may be: the order in which gaps are shown.
FORCES = ("shall", "endeavour", "consider", "encouraged", "may", "none")


class UnknownObligation(NotFound):
    """The Convention has no such obligation in our data."""

    code = "unknown-obligation"
    remedy = "Name one of Articles 7 to 53, or a paragraph of one, as `rogatory align obligations` lists them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One provision that asks something of a State's law.

    `elements` and `options` are those of an offence, named by their place: `e1`, `e2` … and `o1`, `o2` …; the options
    of an article hang on each of its offences. `chapter` is the number of its chapter.
    """

    number: str
    article: str
    chapter: str
    title: Words
    what: Words
    kind: str
    force: str
    provision: Provision
    elements: tuple[tuple[str, Element], ...] = ()
    options: tuple[tuple[str, ElementOption], ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    @property
    def cite(self) -> str:
        """The instrument and the number: `uncc:7(1)`."""
        return self.provision.cite


@lru_cache(maxsize=8)
def obligations(law: Law) -> tuple[Obligation, ...]:
    """Every obligation of the Convention, in its order."""
    return tuple(_obligations(law))


def obligation(law: Law, number: str) -> Obligation:
    """The obligation of that number (`25(2)`); raises `UnknownObligation`."""
    for one in obligations(law):
        if one.number == number:
            return one
    raise UnknownObligation(f"{number!r} is not an obligation of the Convention in our data")


def articles(law: Law) -> tuple[str, ...]:
    """The articles that have obligations, in their order."""
    return tuple(dict.fromkeys(one.article for one in obligations(law)))


def of_article(law: Law, article: str) -> tuple[Obligation, ...]:
    """The obligations of *article*; raises `UnknownObligation` for an article that has none."""
    found = tuple(one for one in obligations(law) if one.article == article)
    if not found:
        raise UnknownObligation(f"Article {article} asks nothing of a State's law in our data")
    return found


def _obligations(law: Law) -> Iterator[Obligation]:
    chapters = law.instrument(HOME).chapters
    provisions = law.provisions(HOME)
    for provision in provisions:
        if not FIRST <= int(provision.article) <= LAST or provision.who not in CARRIED_BY:
            continue
        number = int(provision.article)
        offence = provision.kind == "offence"
        choices = tuple(
            choice for other in provisions if other.article == provision.article for choice in other.options
        )
        yield Obligation(
            number=provision.number,
            article=provision.article,
            chapter=next((one.number for one in chapters if one.first <= number <= one.last), ""),
            title=provision.title,
            what=provision.what,
            kind=provision.kind,
            force=provision.force,
            provision=provision,
            elements=tuple(
                (f"e{place}", element)
                for place, element in enumerate(law.elements(HOME, provision.number) if offence else (), 1)
            ),
            options=tuple((f"o{place}", choice) for place, choice in enumerate(choices if offence else (), 1)),
            exclusions=provision.exclusions,
        )
