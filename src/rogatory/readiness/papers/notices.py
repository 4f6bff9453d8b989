"""The notices owed to the depositary, one letter each: what it says follows from the kind of notice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from rogatory.law.words import NO_WORDS, Words, listed_words
from rogatory.opinion.profile_entries import language_options
from rogatory.readiness import catalogue, naming
from rogatory.readiness.catalogue import HOME, NoticeKind
from rogatory.readiness.choices import Authority, NationalLaw
from rogatory.readiness.papers.drafting import Drafting, due, lacking, say
from rogatory.readiness.papers.model import Block, Missing, Paper, Remark, text
from rogatory.readiness.staffing import WEEK, coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What one notice says: parts of the letter, the value that enters status, and what is missing."""

    blocks: tuple[Block, ...] = ()
    value: str = ""
    missing: tuple[Missing, ...] = ()
    enclosed: tuple[str, ...] = ()


def notices(drafting: Drafting) -> tuple[Paper, ...]:
    """A letter for each notice that this State owes, or may owe, in the order of the law."""
    owed = [one for one in catalogue.notices(drafting.law) if concerns(drafting, one)]
    return tuple(_letter(drafting, one) for one in owed)


def concerns(drafting: Drafting, kind: NoticeKind) -> bool:
    """Whether *kind* is for a State so placed: organisations, and those that extradite by treaty, have their own."""
    choices = drafting.choices
    if kind.by == "regional-organisation" and not drafting.organisation:
        return False
    if kind.by == "treaty-dependent-party" and choices.treaty_dependent is False:
        return False
    return not kind.manners or (choices.manner or kind.manners[0]) in kind.manners


def _letter(drafting: Drafting, kind: NoticeKind) -> Paper:
    names, choices = drafting.names, drafting.choices
    said = _CONTENTS[kind.content](drafting, kind)
    missing = [*drafting.lacks_frame(), *drafting.lacks_signer(office=False), *said.missing]
    if choices.ministry == NO_WORDS:
        missing.append(lacking("ministry"))
    named = naming.provision(kind.number)
    opens = say("notice-opens", provision=named, of_state=names["of_state"], convention=names["convention"])
    return Paper(
        id=f"notice-{kind.number}",
        kind="notice",
        provision=kind.number,
        title=say("notice-title", provision=named, about=say(f"about-{kind.about}")),
        from_lines=(choices.ministry,) if choices.ministry != NO_WORDS else (),
        to_lines=drafting.addressee(),
        blocks=(text(opens), *said.blocks, text(say("notice-closes"))),
        done=drafting.done(),
        signature=drafting.signature(choices.signer),
        action="notification",
        value=said.value,
        when=due(kind.when),
        checked=kind.provision.checked.words,
        certainty=kind.provision.checked.certainty,
        remarks=tuple(_remarks(drafting, kind)),
        missing=tuple(missing),
    )


def _remarks(drafting: Drafting, kind: NoticeKind) -> Iterator[Remark]:
    yield from drafting.doubt(kind.number)
    choices = drafting.choices
    bodies = [f"authorities[{place}].name" for place, one in enumerate(choices.authorities, start=1)
              if one.provision == kind.number]  # fmt: skip
    laws = [f"laws[{place}]." for place, one in enumerate(choices.laws, start=1) if kind.number in one.provisions]
    own = {"laws": laws, "competence": ["competence"]}.get(kind.content, bodies)
    yield from drafting.single("name", "signer", "ministry", *own)


def _laws(drafting: Drafting, kind: NoticeKind) -> _Said:
    laws = drafting.choices.laws_for(kind.number)
    if not laws:
        return _Said(missing=(lacking("laws", provision=kind.number),))
    blocks: list[Block] = []
    for form in ("copy", "description"):
        mine = [one for one in laws if one.form == form]
        if mine:
            blocks.append(text(say(f"laws-{form}")))
            blocks.append(Block(kind="points", items=tuple((_law_line(one), one.description) for one in mine)))
    described = (one for one in laws if one.form == "description" and one.description == NO_WORDS)
    return _Said(
        blocks=tuple(blocks),
        value="; ".join(one.title.en for one in laws),
        missing=tuple(lacking("laws", "description", title=one.title) for one in described),
    )


def _law_line(law: NationalLaw) -> Words:
    reference = say("law-reference", reference=law.reference) if law.reference else NO_WORDS
    day = say("law-day", day=law.on) if law.on else NO_WORDS
    return say("law-line", title=law.title, reference=reference, day=day)


def _basis(drafting: Drafting, _kind: NoticeKind) -> _Said:
    choices = drafting.choices
    missing = [lacking("treaty_dependent")] if choices.treaty_dependent is None else []
    if choices.takes_as_basis is None:
        return _Said(missing=(*missing, lacking("takes_as_basis", "basis")))
    answer = "yes" if choices.takes_as_basis else "no"
    said = say(f"basis-{answer}", State=drafting.names["State"])
    return _Said(blocks=(text(said),), value=answer, missing=tuple(missing))


def _authority(drafting: Drafting, kind: NoticeKind) -> _Said:
    bodies = drafting.choices.authority(kind.number)
    if not bodies:
        return _Said(missing=(lacking("authorities", "authority", provision=kind.number),))
    opens = say("authority-named" if len(bodies) == 1 else "authorities-named")
    return _Said(
        blocks=(text(opens), *(_facts(drafting, one) for one in bodies)),
        value="; ".join(one.name.en for one in bodies),
        missing=tuple(lack for one in bodies for lack in _lacks(one)),
    )


def _desk(drafting: Drafting, kind: NoticeKind) -> _Said:
    """A body that must be reached at any hour: the letter says so only once the staffing plan bears it out."""
    found = _authority(drafting, kind)
    thin = []
    for one in drafting.choices.authority(kind.number):
        covered = coverage(one.staffed)
        if not covered.round_the_clock:
            thin.append(
                lacking("authorities", "staff", name=one.name, hours=float(covered.hours), week=float(WEEK / 60))
            )
    reachable = (text(say("desk-reachable")),) if found.blocks else ()
    return replace(found, blocks=(*found.blocks, *reachable), missing=(*found.missing, *thin))


def _facts(drafting: Drafting, one: Authority) -> Block:
    lines = {
        "name": one.name,
        "address": one.address,
        "phone": Words(one.phone, one.phone),
        "email": Words(one.email, one.email),
        "languages": _spoken(drafting, one.languages),
    }
    shown = tuple((say(f"field-{name}"), value) for name, value in lines.items() if value.en)
    return Block(kind="facts", items=shown)


def _lacks(one: Authority) -> Iterator[Missing]:
    if one.address == NO_WORDS:
        yield lacking("authorities", "address", name=one.name)
    if not (one.phone or one.email):
        yield lacking("authorities", "reach", name=one.name)


def _languages(drafting: Drafting, _kind: NoticeKind) -> _Said:
    spoken = drafting.choices.languages
    if not spoken:
        return _Said(missing=(lacking("languages"),))
    said = say("languages-accepted", languages=_spoken(drafting, spoken))
    return _Said(blocks=(text(said),), value=";".join(spoken))


def _spoken(drafting: Drafting, codes: tuple[str, ...]) -> Words:
    options = language_options(drafting.law, HOME)
    names = listed_words([options[code].label for code in codes]) if codes else NO_WORDS
    # The catalogue writes French names of languages with a capital, as a list of choices does; a sentence does not.
    return Words(names.en, names.fr.lower())


def _competence(drafting: Drafting, _kind: NoticeKind) -> _Said:
    competence = drafting.choices.competence
    if competence == NO_WORDS:
        return _Said(missing=(lacking("competence"),))
    return _Said(blocks=(text(competence),), value=competence.en)


_CONTENTS: Mapping[str, Callable[[Drafting, NoticeKind], _Said]] = {
    "laws": _laws,
    "basis": _basis,
    "authority": _authority,
    "desk": _desk,
    "languages": _languages,
    "competence": _competence,
}
