"""An assessment, its gaps and a comparison as open data: CSV (RFC 4180, UTF-8) and JSON.

Rules in words. The columns and their names are stable: new ones are only added at the end. Lists stand in one cell,
apart by a semicolon and a space. A program for tables takes a cell that begins with certain signs for a formula, so a
text of people that does gets an apostrophe in front. JSON has both languages; a table has one. What each column and key
holds stands in the manual, `docs/reference/assessment-files.md`.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rogatory.alignment.assessment.assessment import Assessment, Standing
from rogatory.alignment.assessment.model import Evidence
from rogatory.alignment.obligations import Obligation, obligations
from rogatory.alignment.report.comparison import Change, Comparison
from rogatory.alignment.report.values import About, Gap, GapReport
from rogatory.kernel.times import stamp
from rogatory.law.model import Law
from rogatory.law.plain import plain

VERSION = 1
ASSESSMENT_COLUMNS = (
    *("provision", "article", "chapter", "kind", "force", "title", "what", "sure", "state", "disputed", "readers"),
    *("last_judged", "elements", "options", "evidence", "remarks", "settled_by", "reused_from"),
)
GAP_COLUMNS = (
    *("chapter", "force", "provision", "article", "title", "what", "sure", "state", "is_gap", "missing", "amend"),
    *("evidence", "readers", "checklist"),
)
COMPARISON_COLUMNS = (
    *("provision", "article", "chapter", "force", "title", "change", "before", "after", "elements"),
    *("options_before", "options_after"),
)
#: What makes a cell a formula: also in full width, and behind white space.
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n|")


def assessment_csv(law: Law, assessment: Assessment, lang: str) -> bytes:
    """A row for each obligation and how it stands."""
    rows = (_assessed(one, assessment.standing(one.number), lang) for one in obligations(law))
    return written(ASSESSMENT_COLUMNS, rows)


def gaps_csv(report: GapReport, lang: str) -> bytes:
    """A row for each gap, chapter by chapter, the strongest force first."""
    return written(
        GAP_COLUMNS, (_gap(chapter.number, one, lang) for chapter in report.chapters for one in chapter.gaps)
    )


def comparison_csv(comparison: Comparison, lang: str) -> bytes:
    """A row for each obligation and what became of it."""
    return written(COMPARISON_COLUMNS, (_changed(one, lang) for one in comparison.changes))


def assessment_json(law: Law, assessment: Assessment, about: About) -> bytes:
    """The assessment as one object; `assessment.earlier_files` reads it back as earlier answers."""
    told = {
        "version": VERSION,
        **_about(about),
        "obligations": [_standing(one, assessment.standing(one.number)) for one in obligations(law)],
    }
    return _json(told)


def gaps_json(report: GapReport) -> bytes:
    """The gap report as one object."""
    told = {
        "version": VERSION,
        **_about(report.about),
        "readers": list(report.readers),
        "progress": plain(report.progress),
        "chapters": plain(report.chapters),
    }
    return _json(told)


def comparison_json(comparison: Comparison) -> bytes:
    """The comparison as one object; obligations that are the same are left out."""
    told = {
        "version": VERSION,
        "before": _about(comparison.before),
        "after": _about(comparison.after),
        "counts": dict(comparison.counts),
        "progress_before": plain(comparison.progress_before),
        "progress_after": plain(comparison.progress_after),
        "changes": plain(comparison.changed),
    }
    return _json(told)


def _about(about: About) -> dict[str, Any]:
    return {"title": about.title, "state": plain(about.state), "at": stamp(about.at), "texts": plain(about.texts)}


def _standing(asked: Obligation, held: Standing) -> dict[str, Any]:
    return {
        "cite": asked.cite,
        "force": asked.force,
        "state": held.state,
        "disputed": held.is_disputed,
        "elements": plain(held.elements),
        "options": plain(held.options),
        "evidence": plain(held.evidence),
        "judgements": plain(held.counted),
        "history": [one.id for one in held.history],
    }


def _assessed(asked: Obligation, held: Standing, lang: str) -> Sequence[object]:
    return (
        *(asked.number, asked.article, asked.chapter, asked.kind, asked.force, asked.title.get(lang)),
        *(asked.what.get(lang), asked.provision.checked.certainty, held.state, str(held.is_disputed).lower()),
        _listed(one.reader_name for one in held.counted),
        stamp(held.counted[-1].at) if held.counted else "",
        _listed(f"{one.name} {one.state}" for one in held.elements),
        _listed(one.name for one in held.options if one.used),
        _evidence(held.evidence),
        _listed(f"{one.reader_name}: {one.remark}" for one in held.counted if one.remark),
        held.settled_by.reader_name if held.settled_by else "",
        _listed(dict.fromkeys(one.reused_from for one in held.counted if one.reused_from)),
    )


def _gap(chapter: str, gap: Gap, lang: str) -> Sequence[object]:
    points = (
        f"[{'x' if one.state in ('present', 'used', 'implemented') else ' '}] {one.number}: {one.what.get(lang)}"
        for one in gap.checklist
    )
    return (
        *(chapter, gap.force, gap.number, gap.article, gap.title.get(lang), gap.what.get(lang), gap.certainty),
        *(gap.state, str(gap.is_gap).lower(), _listed(f"{one.name} {one.what.get(lang)}" for one in gap.missing)),
        " ".join(one.get(lang) for one in gap.amend),
        _evidence(gap.evidence),
        _listed(f"{one.reader_name}: {one.answer}" for one in gap.readings),
        _listed(points),
    )


def _changed(one: Change, lang: str) -> Sequence[object]:
    return (
        *(one.number, one.article, one.chapter, one.force, one.title.get(lang), one.change, one.before, one.after),
        _listed(f"{each.name} {each.before} > {each.after}" for each in one.elements),
        _listed(one.options_before),
        _listed(one.options_after),
    )


def _evidence(evidence: Sequence[Evidence]) -> str:
    return _listed(f"{one.law} {one.label}: {one.quote}" for one in evidence)


def _listed(several: Iterable[str]) -> str:
    return "; ".join(several)


def _cell(value: object) -> object:
    """*value*, so that no program takes it for a formula."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if {value[:1], value.lstrip()[:1]} & _FORMULA else value


def written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table of *columns* and *rows*, whose cells no program takes for formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(_cells(rows))
    return text.getvalue().encode()


def _cells(rows: Iterable[Sequence[object]]) -> Iterator[list[object]]:
    return ([_cell(value) for value in row] for row in rows)


def _json(told: dict[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
