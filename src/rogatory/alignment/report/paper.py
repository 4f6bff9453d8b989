"""A gap report as a paper in one language: titles, facts, tables, quotations and lists to tick.

The page, the PDF and the Word file have the same words, because they stand here. A quotation keeps the direction in
which its language is written.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rogatory.alignment.assessment.assessment import UNSAID
from rogatory.alignment.assessment.model import Evidence
from rogatory.alignment.assessment.progress import STATES, Count
from rogatory.alignment.report.checklist import sentences
from rogatory.alignment.report.gaps import LEFT
from rogatory.alignment.report.values import ChapterGaps, Gap, GapReport, Item, Reading, TextRead
from rogatory.law.words import Words

#: What of a checklist is done: it is there, or nothing more is owed.
DONE = frozenset({"present", "implemented", "not-applicable", "used"})
#: Groups that are the same for many gaps: on paper they stand once a chapter, and are named from then on.
REPEATED = frozenset({"safeguard", "companion"})
MAX_QUOTE = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and what it is."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Headings and rows; *about* is what the table is of, *numbers* which columns hold numbers."""

    about: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A passage of national law: where it stands, its wording, and whether it is written from right to left."""

    where: str
    text: str
    is_rtl: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One point of a checklist, how it stands, and whether it is done."""

    text: str
    state: str
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticks:
    """The points of one group."""

    title: str
    points: tuple[Tick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the paper, in this order: title, sentences, facts, table, quotations, checklist; level 2 to 4."""

    anchor: str
    title: str
    level: int = 2
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    quotes_title: str = ""
    quotes: tuple[Quote, ...] = ()
    ticks_title: str = ""
    ticks: tuple[Ticks, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The whole paper in the language *lang*; *warning* must not be overlooked, and may be empty."""

    lang: str
    title: str
    under: str
    warning: str
    lines: tuple[str, ...]
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    contents: str


def paper(report: GapReport, lang: str) -> Paper:
    """The paper that says *report* in *lang* (`en` or `fr`)."""
    pen = Pen("fr" if lang[:2] == "fr" else "en")
    all_, unseen = report.progress.count.of, report.progress.count.states["unseen"]
    return Paper(
        lang=pen.lang,
        title=pen.say("title"),
        under=report.about.title,
        warning=pen.say("not-finished", unseen=unseen, all=all_) if unseen else "",
        lines=(pen.say("made-by-people"),),
        facts=tuple(_front(pen, report)),
        parts=(_glance(pen, report), *(part for one in report.chapters for part in _chapter(pen, one))),
        contents=pen.say("contents"),
    )


@dataclass(frozen=True, slots=True)
class Pen:
    """What writes in one language."""

    lang: str

    def say(self, name: str, /, **values: object) -> str:
        """The sentence of that name with its places filled."""
        return self.of(sentences().say(name, **values))

    def of(self, words: Words) -> str:
        """*words* in the language, with the spaces that French never breaks at."""
        found = words.get(self.lang)
        if self.lang != "fr":
            return found
        for sign in ":;?!»%":
            found = found.replace(f" {sign}", f"\u00a0{sign}")
        return found.replace("« ", "«\u00a0")

    def fact(self, name: str, value: str) -> Fact:
        """A fact whose name is the sentence *name*."""
        return Fact(name=self.say(name), value=value)


def is_rtl(text: str) -> bool:
    """Whether *text* is written from right to left: its first letter with a direction decides."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((one in ("R", "AL") for one in directions if one in ("L", "R", "AL")), False)


def _front(pen: Pen, report: GapReport) -> Iterator[Fact]:
    about, count = report.about, report.progress.count
    yield pen.fact("state-name", pen.of(about.state))
    yield pen.fact("made-at", f"{about.at:%Y-%m-%d %H:%M} UTC")
    yield pen.fact("texts", "; ".join(text_named(one) for one in about.texts) or pen.say("no-texts"))
    yield pen.fact("readers", ", ".join(report.readers) or "–")
    yield pen.fact("judged", pen.say("judged-of", judged=count.judged, all=count.of, percent=count.percent))
    yield pen.fact("found", str(len(report.gaps)))


def text_named(one: TextRead) -> str:
    """A text by its title, with its version, day and language: `Penal Code (second draft, 2028-05-01, en)`."""
    rest = ", ".join(each for each in (one.version, one.since.isoformat() if one.since else "", one.lang) if each)
    return f"{one.title} ({rest})" if rest else one.title


def _glance(pen: Pen, report: GapReport) -> Part:
    title = pen.say("glance")
    headings = (pen.say("column-chapter"), pen.say("column-all"), *(pen.say(f"state-{state}") for state in STATES))
    rows = [
        *(_counted(f"{one.number} {pen.of(one.name)}", one.count) for one in report.progress.chapters),
        *(_counted(pen.say(f"force-{force}"), count) for force, count in report.progress.forces.items()),
    ]
    numbers = tuple(range(1, len(headings)))
    table = Table(about=title, headings=headings, rows=tuple(rows), numbers=numbers)
    lines = () if report.gaps else (pen.say("no-gaps"),)
    return Part(anchor="glance", title=title, lines=lines, table=table)


def _counted(name: str, count: Count) -> tuple[str, ...]:
    return (name, str(count.of), *(str(count.states[state]) for state in STATES))


def _chapter(pen: Pen, chapter: ChapterGaps) -> Iterator[Part]:
    listed = (("implemented", chapter.implemented), ("not-applicable", chapter.not_applicable),
              ("unseen", chapter.unseen))  # fmt: skip
    further = tuple(
        pen.say("further-line", number=one.number, elements=_together(item.what for item in one.elements))
        for one in chapter.further
    )
    yield Part(
        anchor=f"chapter-{chapter.number}",
        title=pen.say("chapter", number=chapter.number, name=chapter.name),
        lines=() if chapter.gaps or not chapter.implemented else (pen.say("no-gaps"),),
        facts=(
            *(pen.fact(name, ", ".join(numbers)) for name, numbers in listed if numbers),
            *((pen.fact("further", " ".join(further)),) if further else ()),
        ),
    )
    printed: dict[tuple[Item, ...], str] = {}
    for force, gaps in chapter.forces.items():
        anchor, title = f"chapter-{chapter.number}-{force}", pen.say(f"force-{force}")
        if force in LEFT:
            yield Part(anchor=anchor, title=title, level=3, table=_left(pen, title, gaps))
            continue
        yield Part(anchor=anchor, title=title, level=3)
        yield from (_gap(pen, one, printed) for one in gaps)


def _left(pen: Pen, title: str, gaps: Sequence[Gap]) -> Table:
    headings = (pen.say("column-number"), pen.say("column-what"), pen.say("column-answer"))
    rows = tuple((one.number, pen.of(one.what), pen.say(f"state-{one.state}")) for one in gaps)
    return Table(about=title, headings=headings, rows=rows)


def _gap(pen: Pen, gap: Gap, printed: dict[tuple[Item, ...], str]) -> Part:
    sure = pen.say("how-sure-note", sure=gap.sure, note=gap.note) if gap.note else pen.of(gap.sure)
    missing = " ".join(f"{pen.of(one.what)} ({pen.say(f'state-{one.state}')})" for one in gap.missing)
    facts = [
        pen.fact("what-asked", pen.of(gap.what)),
        pen.fact("how-sure", sure),
        pen.fact("answer", pen.say(f"state-{gap.state}")),
        *(pen.fact("answer", _reading(pen, one)) for one in gap.readings),
        *((pen.fact("missing", missing),) if missing else ()),
        *(pen.fact("to-do", pen.of(one)) for one in gap.amend),
    ]
    return Part(
        anchor=f"gap-{gap.number}",
        title=f"{gap.number} {pen.of(gap.title)}",
        level=4,
        facts=tuple(_merged(facts)),
        quotes_title=pen.say("evidence"),
        quotes=tuple(_quote(one) for one in gap.evidence),
        ticks_title=pen.say("checklist"),
        ticks=tuple(_ticks(pen, gap, printed)),
    )


def _reading(pen: Pen, one: Reading) -> str:
    said = {"reader": one.reader_name, "day": one.at.date(), "answer": sentences().say(f"state-{one.answer}")}
    return pen.say("said-because", remark=one.remark, **said) if one.remark else pen.say("said", **said)


def _merged(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts of one name that stand together as one."""
    for name, several in groupby(facts, key=lambda one: one.name):
        yield Fact(name=name, value="\n".join(one.value for one in several))


def _quote(one: Evidence) -> Quote:
    text = one.quote if len(one.quote) <= MAX_QUOTE else f"{one.quote[:MAX_QUOTE]} […]"
    return Quote(where=one.label, text=text, is_rtl=is_rtl(text))


def _ticks(pen: Pen, gap: Gap, printed: dict[tuple[Item, ...], str]) -> Iterator[Ticks]:
    for group, several in groupby(gap.checklist, key=lambda one: one.group):
        items = tuple(several)
        points = tuple(_tick(pen, one) for one in items)
        if group in REPEATED and printed.setdefault(items, gap.number) != gap.number:
            numbers = ", ".join(one.number for one in items)
            said = pen.say("as-under", numbers=numbers, where=printed[items])
            points = (Tick(text=said, state="", is_done=all(one.is_done for one in points)),)
        yield Ticks(title=pen.say(f"group-{group}"), points=points)


def _tick(pen: Pen, item: Item) -> Tick:
    text = pen.of(item.what)
    if item.group in ("option", "exclusion") and item.kind in _EXPLAINED:
        text = f"{text} ({item.number}; {pen.say(f'kind-{item.kind}')})"
    elif not item.name:
        text = f"{text} ({item.number})"
    state = pen.say(f"state-{item.state}") if item.state not in ("", UNSAID) else ""
    return Tick(text=text, state=state, is_done=item.state in DONE)


_EXPLAINED = frozenset({"narrows", "widens", "treaty", "domestic-law", "reservation"})


def _together(several: Iterable[Words]) -> Words:
    kept = tuple(several)
    return Words(" ".join(one.en for one in kept), " ".join(one.fr for one in kept))
