"""A report as one HTML file: it loads nothing, runs nothing, and prints on A4 as it is."""

from collections.abc import Iterable, Iterator
from html import escape

from rogatory.conference.report.paper import Fact, Paper, Part, Table

_STYLE = """
:root { color-scheme: light; }
body { background: #fff; color: #000; font: 11pt/1.5 system-ui, "Noto Sans", "Liberation Sans", sans-serif;
  margin: 2rem auto; max-width: 60rem; overflow-wrap: anywhere; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
.under { color: #333; font-size: 1.1rem; margin: .3rem 0 1rem; }
.warning { border: 2pt solid; font-weight: 700; padding: .4rem .6rem; }
dl { display: grid; gap: .2rem 1rem; grid-template-columns: minmax(8rem, 13rem) minmax(0, 1fr); margin: .5rem 0; }
dt { font-weight: 600; } dd { margin: 0; }
code { font: .85em/1.4 ui-monospace, "Liberation Mono", monospace; }
.wide { overflow-x: auto; } .wide:focus { outline: 2pt solid #036; }
table { border-collapse: collapse; font-size: .92em; margin: .5rem 0; overflow-wrap: normal; width: 100%; }
caption { font-size: .9em; padding-bottom: .3rem; text-align: start; }
th, td { border-bottom: .5pt solid #999; padding: .25rem .4rem; text-align: start; vertical-align: top; }
thead th { border-bottom: 1.5pt solid #000; font-size: .92em; }
.number { font-variant-numeric: tabular-nums; text-align: end; }
nav ol { columns: 2 18rem; margin: .3rem 0; padding-inline-start: 1.6rem; } nav a { color: #036; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@page { margin: 16mm 14mm; size: A4; }
@media print {
  body { font-size: 9.5pt; margin: 0; max-width: none; padding: 0; } nav { break-after: page; }
  nav a { color: inherit; text-decoration: none; } .wide { overflow: visible; }
  h2, h3 { break-after: avoid; } tr, dt, dd { break-inside: avoid; } thead { display: table-header-group; }
}
"""


def document(paper: Paper) -> bytes:
    """*paper* as a whole HTML file, in UTF-8."""
    return ("\n".join(_document(paper)) + "\n").encode()


def _document(paper: Paper) -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{escape(paper.lang)}">\n<head>\n<meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(paper.title)} · {escape(paper.under)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>"
    yield f'<header>\n<h1>{escape(paper.title)}</h1>\n<p class="under">{escape(paper.under)}</p>'
    if paper.warning:
        yield f'<p class="warning">{escape(paper.warning)}</p>'
    yield from _facts(paper.facts)
    yield "</header>"
    yield from _contents(paper)
    yield "<main>"
    for part in paper.parts:
        yield from _part(part)
    yield "</main>\n</body>\n</html>"


def _contents(paper: Paper) -> Iterator[str]:
    yield f'<nav aria-label="{escape(paper.contents)}">\n<h2>{escape(paper.contents)}</h2>\n<ol>'
    for part in paper.parts:
        if part.level == 2:
            yield f'<li><a href="#{escape(part.anchor)}">{escape(part.title)}</a></li>'
    yield "</ol>\n</nav>"


def _part(part: Part) -> Iterator[str]:
    yield f'<section id="{escape(part.anchor)}">\n<h{part.level}>{escape(part.title)}</h{part.level}>'
    for line in part.lines:
        yield f"<p>{escape(line)}</p>"
    yield from _facts(part.facts)
    if part.table:
        yield from _table(part.table)
    yield "</section>"


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    shown = [f"<dt>{escape(one.name)}</dt><dd>{_value(one)}</dd>" for one in facts]
    if shown:
        yield "\n".join(("<dl>", *shown, "</dl>"))


def _value(fact: Fact) -> str:
    return f"<code>{escape(fact.value)}</code>" if fact.is_code else escape(fact.value)


def _table(table: Table) -> Iterator[str]:
    about = escape(table.about)
    # Whoever has no mouse reaches a table that is wider than the page, and scrolls it.
    yield f'<div class="wide" role="region" aria-label="{about}" tabindex="0">\n<table>\n<caption>{about}</caption>'
    number = [' class="number"' if place in table.numbers else "" for place in range(len(table.headings))]
    head = "".join(
        f'<th scope="col"{sign}>{escape(one)}</th>' for one, sign in zip(table.headings, number, strict=True)
    )
    yield f"<thead><tr>{head}</tr></thead>\n<tbody>"
    for row in table.rows:
        cells = "".join(f"<td{sign}>{escape(one)}</td>" for one, sign in zip(row, number, strict=True))
        yield f"<tr>{cells}</tr>"
    yield "</tbody>\n</table>\n</div>"
