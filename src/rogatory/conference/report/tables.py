"""Open data of a session in CSV (RFC 4180, UTF-8): decisions, votes by State, attendance and elections.

Rules in words. The columns and their names are stable: new ones are only added at the end. Lists stand in one cell,
apart by a semicolon. A program for tables takes a cell that begins with certain signs for a formula, so a text of
people that does gets an apostrophe in front.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from rogatory.conference.report.values import SessionReport
from rogatory.kernel.times import stamp

#: What makes a cell a formula: also in full width, and behind white space.
_FORMULA = frozenset("=+-@＝＋－＠\t\r\n|")
DECISION_COLUMNS = (
    *("meeting", "number", "symbol", "decision", "about", "target", "how", "rule", "rule_sure", "present", "needed"),
    *("base", "vote", "election", "at"),
)
VOTE_COLUMNS = ("meeting", "vote", "question", "target", "method", "adopted", "State", "name", "vote_cast", "weight")
ATTENDANCE_COLUMNS = ("meeting", "State", "name", "as", "group", "credentials", "meetings", "delegates")
ELECTION_COLUMNS = (
    *("meeting", "election", "office", "group", "seats", "ballot", "kind", "papers", "invalid", "abstentions"),
    *("valid", "needed", "State", "name", "votes", "elected"),
)
Line = Sequence[object]


def tables(report: SessionReport, lang: str) -> dict[str, bytes]:
    """Each table by the name of its file; names of States and questions in *lang*."""
    return {name: _written(columns, make(report, lang)) for name, (columns, make) in _TABLES.items()}


def _decisions(report: SessionReport, lang: str) -> Iterator[Line]:
    for one in report.decisions:
        yield (
            *(report.id, one.number, one.symbol, _text(one.what.get(lang)), one.about, one.target, one.how),
            *(_text(one.rule.name.get(lang)), one.rule.sure, one.quorum.present, one.quorum.needed, one.quorum.base),
            *(one.vote, one.contest, stamp(one.at)),
        )


def _votes(report: SessionReport, lang: str) -> Iterator[Line]:
    for one in report.votes:
        for choice, several in one.by.items():
            for who in several:
                yield (
                    *(report.id, one.id, _text(one.question.get(lang)), one.target, one.method),
                    *(str(one.adopted).lower(), who.code, _text(who.name.get(lang)), choice, who.weight),
                )


def _attendance(report: SessionReport, lang: str) -> Iterator[Line]:
    papers = {one.who.code: one.standing for one in report.credentials}
    for one in report.attendance:
        yield (
            *(report.id, one.who.code, _text(one.who.name.get(lang)), one.kind.get(lang), one.group.get(lang)),
            *(papers.get(one.who.code, ""), ";".join(str(number) for number in one.meetings)),
            ";".join(_text(name) for name in one.delegates),
        )


def _elections(report: SessionReport, lang: str) -> Iterator[Line]:
    for one in report.elections:
        head = (report.id, one.id, one.post.get(lang), one.group.get(lang), one.seats)
        if not one.ballots:
            for who in one.elected:
                yield (*head, "", one.how, "", "", "", "", "", who.code, _text(who.name.get(lang)), "", "true")
        for ballot in one.ballots:
            for each in ballot.votes:
                yield (
                    *(*head, ballot.number, _text(ballot.heading.get(lang)), ballot.papers, ballot.invalid),
                    *(ballot.abstentions, ballot.valid, ballot.needed, each.who.code, _text(each.who.name.get(lang))),
                    *(each.votes, str(each.elected).lower()),
                )


_TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[SessionReport, str], Iterator[Line]]]] = {
    "decisions.csv": (DECISION_COLUMNS, _decisions),
    "votes.csv": (VOTE_COLUMNS, _votes),
    "attendance.csv": (ATTENDANCE_COLUMNS, _attendance),
    "elections.csv": (ELECTION_COLUMNS, _elections),
}
NAMES = tuple(_TABLES)


def _text(written: str) -> str:
    """*written* by people, so that no program takes it for a formula."""
    is_formula = bool({written[:1], written.lstrip()[:1]} & _FORMULA)
    return f"'{written}" if is_formula else written


def _written(columns: Sequence[str], lines: Iterable[Line]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return text.getvalue().encode()
