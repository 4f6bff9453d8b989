"""The cover sheet: what is not sure, what is due when, and what still lacks, for every paper; it is not sent."""

from collections.abc import Iterator, Sequence

from rogatory.law.words import NO_WORDS, Words
from rogatory.readiness import naming
from rogatory.readiness.papers.drafting import Drafting, say
from rogatory.readiness.papers.model import Block, Paper, heading, text

COVER = "cover-sheet"


def cover(drafting: Drafting, papers: Sequence[Paper]) -> Paper:
    """The cover sheet of *papers*, laid out as they are."""
    names = drafting.names
    blocks = [text(say("cover-opens"))]
    for one in papers:
        blocks += [heading(one.title), Block(kind="points", items=tuple((NO_WORDS, line) for line in _lines(one)))]
    return Paper(
        id=COVER,
        kind=COVER,
        provision="",
        title=say("cover-title", of_state=names["of_state"], convention=names["convention"]),
        blocks=tuple(blocks),
    )


def _lines(paper: Paper) -> Iterator[Words]:
    if paper.when != NO_WORDS:
        yield say("cover-due", when=paper.when)
    if paper.checked != NO_WORDS:
        yield say("cover-checked", provision=naming.provision(paper.provision), checked=paper.checked)
    for remark in paper.remarks:
        if remark.kind != "unsure" or paper.checked == NO_WORDS:
            yield remark.text
    for lack in paper.missing:
        yield say("cover-missing", what=lack.what)
    if paper.ready:
        yield say("cover-ready")
