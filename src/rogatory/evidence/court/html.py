"""A court's record as one HTML file: it loads nothing, runs nothing, and prints on A4 as it is."""

from collections.abc import Iterable, Iterator
from html import escape

from rogatory.evidence.court.paper import BAD, GOOD, Fact, Finding, Paper, Part, Table

#: The sign before a finding, so that it does not depend on colour.
_SIGNS = {GOOD: "✓", BAD: "✗"}
_STYLE = """
:root { color-scheme: light; }
body { background: #fff; color: #000; font: 11pt/1.45 system-ui, "Noto Sans", "Liberation Sans", sans-serif;
  margin: 2rem auto; max-width: 52rem; overflow-wrap: anywhere; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.warning { border: 2pt solid; font-weight: 700; padding: .4rem .6rem; }
dl { display: grid; gap: .2rem 1rem; grid-template-columns: 11rem minmax(0, 1fr); margin: .5rem 0; }
dt { font-weight: 600; } dd { margin: 0; } dd p { margin: 0; }
code { font: 9.5pt/1.4 ui-monospace, "Liberation Mono", monospace; }
table { border-collapse: collapse; margin: .5rem 0; width: 100%; }
th, td { padding: .25rem .4rem; text-align: start; vertical-align: top; }
thead th { border-bottom: 1.5pt solid; font-size: .9em; }
tbody { border-bottom: .5pt solid #888; break-inside: avoid; }
tr.below td { color: #333; font-size: .82em; padding-top: 0; }
td:first-child, th:first-child { white-space: nowrap; } td:nth-child(2) { min-width: 6.4em; }
td:nth-child(3) { min-width: 6.8em; } tr.below td { min-width: 0; }
ul.findings { list-style: none; margin: .5rem 0; padding: 0; }
ul.findings li { margin: .3rem 0; padding-inline-start: 1.4rem; text-indent: -1.4rem; }
ul.findings .sign { display: inline-block; font-weight: 700; text-indent: 0; width: 1.4rem; }
ul.findings .bad { font-weight: 700; }
@page { margin: 18mm 16mm; size: A4; }
@media print {
  body { font-size: 9.5pt; margin: 0; max-width: none; padding: 0; }
  code { font-size: 8.5pt; } h2 { break-after: avoid; } .new { break-before: page; }
  thead { display: table-header-group; } dt, dd { break-inside: avoid; }
}
"""


def document(paper: Paper) -> bytes:
    """*paper* as a whole HTML file, in UTF-8."""
    return ("\n".join(_document(paper)) + "\n").encode()


def _document(paper: Paper) -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{escape(paper.lang)}">\n<head>\n<meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(paper.title)} · {escape(paper.case)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    if paper.warning:
        yield f'<p class="warning">{escape(paper.warning)}</p>'
    yield f"<main>\n<h1>{escape(paper.title)}</h1>"
    yield from _facts(paper.facts)
    yield from _lines(paper.lines)
    for part in paper.parts:
        yield from _part(part)
    yield "</main>\n</body>\n</html>"


def _part(part: Part) -> Iterator[str]:
    new = ' class="new"' if part.starts_page else ""
    yield f'<section id="{escape(part.anchor)}"{new}>\n<h2>{escape(part.title)}</h2>'
    yield from _facts(part.facts)
    if part.findings:
        yield '<ul class="findings">'
        yield from map(_finding, part.findings)
        yield "</ul>"
    if part.table:
        yield from _table(part.table)
    yield from _lines(part.lines)
    yield "</section>"


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    shown = [f"<dt>{escape(one.name)}</dt><dd>{''.join(_value(one))}</dd>" for one in facts]
    if shown:
        yield "\n".join(("<dl>", *shown, "</dl>"))


def _value(fact: Fact) -> Iterator[str]:
    for line in fact.value:
        yield f"<p><code>{escape(line)}</code></p>" if fact.is_code else f"<p>{escape(line)}</p>"


def _finding(one: Finding) -> str:
    sign = _SIGNS.get(one.light, "–")
    return f'<li class="{one.light}"><span class="sign">{sign}</span>{escape(one.text)}</li>'


def _table(table: Table) -> Iterator[str]:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in table.headings)
    yield f'<table aria-label="{escape(table.about)}">\n<thead><tr>{head}</tr></thead>'
    for row in table.rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
        yield f"<tbody><tr>{cells}</tr>"
        if row.below:
            below = escape(" ".join(row.below))
            yield f'<tr class="below"><td></td><td colspan="{len(row.cells) - 1}">{below}</td></tr>'
        yield "</tbody>"
    yield "</table>"


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"<p>{escape(line)}</p>"
