"""The drafting checklist of an obligation, generated from the law data.

Rules in words. An offence is drafted element by element: what is done and to what, the mental element, what makes it
without right, a further purpose; then what the Convention lets a State add or leave out. A power or an offence is
drafted with the options of its article in view, everything else with those that name it. Definitions of the article,
numbers that the provision sets, safeguards, notices that hang on the article, and what the cross references lead to
follow. `data/companions.toml` names what stands beside an obligation without any cross reference.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rogatory.alignment.assessment.assessment import Assessment
from rogatory.alignment.obligations import HOME, Obligation
from rogatory.alignment.report.values import Item
from rogatory.errors import BadData
from rogatory.law.model import Law, Provision
from rogatory.law.sentences import Sentences, load_sentences
from rogatory.law.words import Words

#: In the order in which a drafter goes through them.
GROUPS = (
    *("element", "mental", "without-right", "purpose", "letter", "value", "definition", "option", "exclusion"),
    *("safeguard", "notice", "companion", "related"),
)
_OWN_GROUP = frozenset({"mental", "without-right", "purpose"})
#: For these the whole article is drafted in one piece.
DRAFTED_WHOLE = frozenset({"offence", "power"})
#: These say what a paper must hold or when help may be refused: no notice hangs on them.
WITHOUT_NOTICE = frozenset({"content", "ground"})
LEFT_TO_THE_STATE = frozenset({"option", "reservation"})


class BadCompanions(BadData):
    """The file that names what stands beside an obligation is wrong."""

    code = "bad-companions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Beside obligations of *kinds* in the articles from *first* to *last*, in *group*: these provisions."""

    group: str
    kinds: frozenset[str]
    first: int
    last: int
    provisions: tuple[str, ...]

    def stands_beside(self, asked: Obligation) -> bool:
        """Whether it is for *asked*."""
        return asked.kind in self.kinds and self.first <= int(asked.article) <= self.last


def checklist(law: Law, asked: Obligation, assessment: Assessment) -> tuple[Item, ...]:
    """The points to cover when national law is drafted for *asked*, by group, each provision once."""
    items = [*_elements(asked, assessment), *_options(law, asked, assessment)]
    taken = {asked.number, *(item.number for item in items)}
    for group, provision in _provisions(law, asked):
        if provision.number not in taken or group == "value":
            taken.add(provision.number)
            items.append(_item(group, provision, assessment))
    return tuple(sorted(items, key=lambda item: GROUPS.index(item.group)))


def sentences() -> Sentences:
    """The sentences of this room."""
    return load_sentences("rogatory.alignment.report")


@cache
def companions() -> tuple[Companion, ...]:
    """What stands beside obligations, read once; raises `BadCompanions`."""
    where = "alignment/report/data/companions.toml"
    told = tomllib.loads((files("rogatory.alignment.report") / "data" / "companions.toml").read_text("utf-8"))
    found = []
    for table in told.get("companion", ()):
        if set(table) != {"group", "kinds", "first", "last", "provisions"} or table["group"] not in GROUPS:
            raise BadCompanions(f"{table!r} must have a known group, kinds, first, last and provisions", where=where)
        found.append(
            Companion(
                group=table["group"],
                kinds=frozenset(table["kinds"]),
                first=table["first"],
                last=table["last"],
                provisions=tuple(table["provisions"]),
            )
        )
    return tuple(found)


def _elements(asked: Obligation, assessment: Assessment) -> Iterator[Item]:
    states = {one.name: one.state for one in assessment.standing(asked.number).elements}
    for name, element in asked.elements:
        yield Item(
            group=element.kind if element.kind in _OWN_GROUP else "element",
            kind=element.kind,
            what=element.what,
            number=asked.number,
            name=name,
            state=states[name],
        )


def _options(law: Law, asked: Obligation, assessment: Assessment) -> Iterator[Item]:
    """What the Convention lets a State add, or leave out."""
    used = {one.name: one.used for one in assessment.standing(asked.number).options}
    holders = [one for one in _of_article(law, asked.article) for _ in one.options]
    for (name, option), holder in zip(asked.options, holders, strict=False):
        yield Item(
            group="option",
            kind=option.effect,
            what=option.what,
            number=holder.number,
            name=name,
            state="used" if used[name] else "open",
        )
    for one in _in_view(law, asked):
        for exclusion in one.exclusions:
            what = exclusion.what
            if exclusion.unless.en:
                what = sentences().say("unless", what=what, unless=exclusion.unless)
            yield Item(group="exclusion", kind=exclusion.by, what=what, number=one.number)


def _provisions(law: Law, asked: Obligation) -> Iterator[tuple[str, Provision]]:
    numbers = law.by_number[HOME]
    if asked.provision.values:
        yield "value", asked.provision
    yield from _beside(law, asked)
    for one in _in_view(law, asked):
        if one.kind in LEFT_TO_THE_STATE and not one.options:
            yield "option", one
    for companion in companions():
        if companion.stands_beside(asked):
            yield from ((companion.group, _companion(numbers, number)) for number in companion.provisions)
    for number in (*asked.provision.cross, *_naming(law).get(asked.number, ())):
        if number in numbers:
            yield "definition" if numbers[number].kind == "definition" else "related", numbers[number]


def _beside(law: Law, asked: Obligation) -> Iterator[tuple[str, Provision]]:
    """Its letters, and the definitions and notices of its article."""
    for one in _of_article(law, asked.article):
        if _is_letter(one.number, asked.number):
            yield "letter", one
        elif one.kind == "definition":
            yield "definition", one
        elif one.notice and asked.kind not in WITHOUT_NOTICE:
            yield "notice", one


def _companion(numbers: Mapping[str, Provision], number: str) -> Provision:
    if number not in numbers:
        raise BadCompanions(f"the Convention has no provision {number!r} in our data")
    return numbers[number]


def _item(group: str, provision: Provision, assessment: Assessment) -> Item:
    standing = assessment.standings.get(provision.number)
    return Item(
        group=group,
        kind=provision.kind,
        what=_values(provision) if group == "value" else provision.what,
        number=provision.number,
        state=standing.state if standing and group != "value" else "",
    )


def _values(provision: Provision) -> Words:
    """The numbers that the provision sets now: `90 days`."""
    newest = provision.values[-1]
    said = [sentences().say(f"value-{name}", number=number) for name, number in newest.numbers.items()]
    return Words(", ".join(one.en for one in said), ", ".join(one.fr for one in said))


def _in_view(law: Law, asked: Obligation) -> Iterator[Provision]:
    """The provisions that whoever drafts for *asked* keeps in view: its article's, or those that name it."""
    whole = _of_article(law, asked.article) if asked.kind in DRAFTED_WHOLE else ()
    naming = tuple(law.by_number[HOME][number] for number in _naming(law).get(asked.number, ()))
    held = {one.number: one for one in (*whole, *naming)}
    return (one for number, one in held.items() if number != asked.number)


def _is_letter(number: str, over: str) -> bool:
    """Whether *number* stands right under *over*: `17(2)(a)` under `17(2)`."""
    return number.startswith(f"{over}(") and number.count("(") == over.count("(") + 1


@lru_cache(maxsize=512)
def _of_article(law: Law, article: str) -> tuple[Provision, ...]:
    return tuple(one for one in law.provisions(HOME) if one.article == article)


@lru_cache(maxsize=8)
def _naming(law: Law) -> Mapping[str, tuple[str, ...]]:
    """For each number, the provisions whose cross references lead to it."""
    naming: dict[str, list[str]] = {}
    for one in law.provisions(HOME):
        for number in one.cross:
            naming.setdefault(number, []).append(one.number)
    return {number: tuple(several) for number, several in naming.items()}
