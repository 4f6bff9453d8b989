"""A gap report, and a comparison, as files to print and to work in: PDF, tagged for who does not see it, and Word.

Both say what `alignment.report` has as a paper, in the same order. Texts of people stand in them as text, never as a
command, a field or a link; signs that no file can hold are left out. The same report makes the same bytes.

National laws are written in every script, and a node need not have fonts for each. What no font here draws is named
where it would stand in the PDF, and a warning says so on the first page; a Word file is drawn by its reader's fonts.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any

from rogatory.alignment.report.checklist import sentences
from rogatory.alignment.report.comparison import Comparison
from rogatory.alignment.report.comparison_paper import comparison_paper
from rogatory.alignment.report.paper import Paper, paper
from rogatory.alignment.report.values import GapReport
from rogatory.documents import typesetting, wordfile
from rogatory.documents.typesetting import NoFont
from rogatory.law.plain import plain

TEMPLATE = "gapreport.typ"
#: After so many scripts without a font there is no use in a PDF.
MAX_SCRIPTS = 12


def gap_report_pdf(report: GapReport, lang: str) -> bytes:
    """*report* in *lang* (`en` or `fr`) as PDF/UA-1; raises as `typesetting.pdf`."""
    return _pdf(paper(report, lang), report.about.at)


def gap_report_docx(report: GapReport, lang: str) -> bytes:
    """*report* in *lang* (`en` or `fr`) as a Word file."""
    return wordfile.docx(paper(report, lang), at=report.about.at)


def comparison_pdf(comparison: Comparison, lang: str) -> bytes:
    """*comparison* in *lang* (`en` or `fr`) as PDF/UA-1; raises as `typesetting.pdf`."""
    return _pdf(comparison_paper(comparison, lang), comparison.after.at)


def comparison_docx(comparison: Comparison, lang: str) -> bytes:
    """*comparison* in *lang* (`en` or `fr`) as a Word file."""
    return wordfile.docx(comparison_paper(comparison, lang), at=comparison.after.at)


def _pdf(said: Paper, at: datetime) -> bytes:
    made = _every(plain(said), wordfile.kept)
    for _ in range(MAX_SCRIPTS):
        try:
            return typesetting.pdf(made, at=at, template=TEMPLATE)
        except NoFont as error:
            made = _without(made, _script(error.sign[0]))
    return typesetting.pdf(made, at=at, template=TEMPLATE)


def _without(made: dict[str, Any], script: str) -> dict[str, Any]:
    """The paper with every run of *script* named instead of drawn, and a warning that says so."""
    lang = made["lang"]
    instead = f"[{sentences().say('no-font', script=script.lower()).get(lang)}]"

    def named(text: str) -> str:
        marked = "".join("\ufffc" if _script(sign) == script else sign for sign in text)
        return re.sub("\ufffc(?:[\\s\u200b-\u200d]*\ufffc)*", instead, marked)

    changed: dict[str, Any] = _every(made, named)
    warning = sentences().say("no-font-warning").get(lang)
    if warning not in changed["warning"]:
        changed["warning"] = f"{changed['warning']} {warning}".strip()
    return changed


def _script(sign: str) -> str:
    """What a sign belongs to: the first word of its name (`KHMER`, `ETHIOPIC`); pictures are all one."""
    if unicodedata.category(sign) in ("So", "Sk", "Cn", "Co"):
        return "PICTURES"
    return unicodedata.name(sign, "UNNAMED").partition(" ")[0]


def _every(value: Any, change: Callable[[str], str]) -> Any:
    """*value* with each text in it changed; the names of its parts stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _every(inner, change) for name, inner in value.items()}
    return [_every(inner, change) for inner in value] if isinstance(value, list) else value
