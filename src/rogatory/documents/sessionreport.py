"""The report of a session as files: a page, a PDF, or open data; each by its name and bytes."""

import json
from collections.abc import Mapping

from rogatory.conference.report import chapters, page, tables
from rogatory.conference.report.values import SessionReport
from rogatory.documents import typesetting
from rogatory.law.plain import plain

FORMATS = ("html", "pdf", "json", "csv")


def made(report: SessionReport, format: str, lang: str) -> Mapping[str, bytes]:
    """*report* as *format* (of `FORMATS`) in *lang*: one file, or the tables of csv; raises as `typesetting.pdf`."""
    if format == "csv":
        return tables.tables(report, lang)
    name = f"report-{lang}.{format}"
    if format == "json":
        # The data has both languages in it.
        return {"report.json": (json.dumps(plain(report), ensure_ascii=False, indent=1) + "\n").encode()}
    paper = chapters.paper(report, lang)
    return {name: page.document(paper) if format == "html" else typesetting.pdf(plain(paper), at=report.until)}
