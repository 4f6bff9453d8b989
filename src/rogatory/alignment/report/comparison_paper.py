"""A comparison of two assessments as a paper in one language: the counts, then what changed, by how much it matters."""

from collections.abc import Iterator

from rogatory.alignment.assessment.progress import STATES
from rogatory.alignment.report.checklist import sentences
from rogatory.alignment.report.comparison import CHANGES, Change, Comparison, ElementChange
from rogatory.alignment.report.paper import Fact, Paper, Part, Pen, Table, text_named
from rogatory.alignment.report.values import About


def comparison_paper(comparison: Comparison, lang: str) -> Paper:
    """The paper that says *comparison* in *lang* (`en` or `fr`)."""
    pen = Pen("fr" if lang[:2] == "fr" else "en")
    return Paper(
        lang=pen.lang,
        title=pen.say("compare-title"),
        under=pen.say("compare-under", before=comparison.before.title, after=comparison.after.title),
        warning="",
        lines=(pen.say("made-by-people"),),
        facts=(
            pen.fact("state-name", pen.of(comparison.after.state)),
            _side(pen, "compare-before", comparison.before),
            _side(pen, "compare-after", comparison.after),
        ),
        parts=(_glance(pen, comparison), _states(pen, comparison), *_changes(pen, comparison)),
        contents=pen.say("contents"),
    )


def _side(pen: Pen, name: str, about: About) -> Fact:
    texts = "; ".join(text_named(one) for one in about.texts) or sentences().say("no-texts")
    return pen.fact(name, pen.say("compare-side", title=about.title, at=about.at.date(), texts=texts))


def _glance(pen: Pen, comparison: Comparison) -> Part:
    title = pen.say("glance")
    rows = tuple((pen.say(f"change-{kind}"), str(comparison.counts[kind])) for kind in CHANGES)
    table = Table(about=title, headings=(pen.say("column-change"), pen.say("column-count")), rows=rows, numbers=(1,))
    lines = () if comparison.changed else (pen.say("compare-none"),)
    return Part(anchor="glance", title=title, lines=lines, table=table)


def _states(pen: Pen, comparison: Comparison) -> Part:
    title = pen.say("column-state")
    before, after = comparison.progress_before.count.states, comparison.progress_after.count.states
    rows = tuple((pen.say(f"state-{state}"), str(before[state]), str(after[state])) for state in STATES)
    headings = (title, pen.say("compare-before"), pen.say("compare-after"))
    return Part(anchor="states", title=title, table=Table(about=title, headings=headings, rows=rows, numbers=(1, 2)))


def _changes(pen: Pen, comparison: Comparison) -> Iterator[Part]:
    columns = ("column-number", "column-title", "column-force", "compare-before", "compare-after", "column-elements")
    headings = tuple(pen.say(name) for name in columns)
    for kind in CHANGES:
        found = comparison.of(kind)
        if found and kind != "same":
            said = pen.say(f"change-{kind}")
            title = pen.say("compare-heading", change=said[:1].upper() + said[1:], count=len(found))
            rows = tuple(_row(pen, one) for one in found)
            yield Part(anchor=kind, title=title, table=Table(about=title, headings=headings, rows=rows))


def _row(pen: Pen, one: Change) -> tuple[str, ...]:
    return (
        *(one.number, pen.of(one.title), one.force, pen.say(f"state-{one.before}"), pen.say(f"state-{one.after}")),
        "; ".join(_element(pen, each) for each in one.elements),
    )


def _element(pen: Pen, one: ElementChange) -> str:
    states = {name: sentences().say(f"state-{state}") for name, state in (("before", one.before), ("after", one.after))}
    return pen.say("element-change", what=one.what, **states)
