"""What is proposed out of one national text, as open data: CSV (RFC 4180, UTF-8) and JSON.

Rules in words. The columns, the keys and their names are stable: new ones are only added at the end. Ranks count from
1, the best first. An article for which nothing came near has `found` false and may still list what came nearest; one
with nothing at all has one row with empty cells. What each column and key holds stands in the manual,
`docs/reference/proposal-files.md`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from rogatory.alignment.national.model import NationalProvision, NationalText
from rogatory.alignment.obligations import articles, obligation, of_article
from rogatory.alignment.proposing.glossaries import languages
from rogatory.alignment.proposing.model import Match, Proposal, Proposals
from rogatory.alignment.report.tables import written
from rogatory.law.model import Law
from rogatory.law.plain import plain

VERSION = 1
COLUMNS = ("file", "provision_label", "uncc_article", "rank", "score", "number", "found")


def proposals_csv(text: NationalText, made: Sequence[Proposals]) -> bytes:
    """A row for each provision that is proposed; `uncc_article` is the article, or the paragraph that was asked for."""
    return written(COLUMNS, (row for one in made for row in _rows(text, one)))


def proposals_object(law: Law, text: NationalText, made: Sequence[Proposals]) -> dict[str, Any]:
    """What is proposed as one object: the text, its articles and its obligations, each in the order of *made*."""
    known = frozenset(articles(law))
    return {
        "version": VERSION,
        "text": about(text),
        "articles": [
            {"article": one.number, "title": plain(of_article(law, one.number)[0].title), **_proposed(text, one)}
            for one in made
            if one.number in known
        ],
        "obligations": [
            {**_asked(law, one.number), **_proposed(text, one)}
            for one in made
            if one.number not in known or _is_whole(law, one.number)
        ],
    }


def about(text: NationalText) -> dict[str, Any]:
    """What a text is, without its provisions: how many there are, and how they are ranked (`Proposals.how`)."""
    return {
        "file": text.file_name,
        "title": text.title,
        "lang": text.lang,
        "format": text.format,
        "sha256": text.sha256,
        "since": plain(text.since),
        "provisions": len(text.provisions),
        "how": "glossary" if text.lang in languages() else "lexical",
        "remarks": plain(text.remarks),
    }


def proposed(provision: NationalProvision, proposal: Proposal, *, rank: int) -> dict[str, Any]:
    """One proposal with what it is about: the passages that speak for it, with spans of characters in their text."""
    return {
        "rank": rank,
        "key": provision.key,
        "label": provision.label,
        "number": provision.number,
        "heading": provision.heading,
        "above": list(provision.above),
        "where": provision.where,
        "score": proposal.score,
        "concepts": list(proposal.concepts),
        "passages": [_passage(provision, one) for one in proposal.matches],
    }


def _is_whole(law: Law, number: str) -> bool:
    """Whether the article *number* is an obligation itself, without paragraphs of its own."""
    return any(one.number == number for one in of_article(law, number))


def _asked(law: Law, number: str) -> dict[str, Any]:
    asked = obligation(law, number)
    return {"number": asked.number, "article": asked.article, "title": plain(asked.title), "force": asked.force}


def _proposed(text: NationalText, made: Proposals) -> dict[str, Any]:
    ranked = enumerate(made.proposals, start=1)
    return {
        "found": made.found,
        "how": made.how,
        "proposals": [proposed(text.by_key[one.key], one, rank=rank) for rank, one in ranked],
    }


def _passage(provision: NationalProvision, match: Match) -> dict[str, Any]:
    passage = provision.passages[match.passage]
    return {
        "place": match.passage,
        "number": passage.number,
        "text": passage.text,
        "spans": [list(span) for span in match.spans],
    }


def _rows(text: NationalText, made: Proposals) -> Iterator[Sequence[object]]:
    found = str(made.found).lower()
    if not made.proposals:
        yield (text.file_name, "", made.number, "", "", "", found)
    for rank, one in enumerate(made.proposals, start=1):
        provision = text.by_key[one.key]
        yield (text.file_name, provision.label, made.number, rank, one.score, provision.number, found)
