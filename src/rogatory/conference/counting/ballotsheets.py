"""An election from a file: its candidates and places, its ballots round by round, and what came between them.

As TOML or JSON: `places`, `candidates`, and a list `ballot` of `papers`, `invalid`, `abstentions`, `votes` by name;
`nominated` and `withdrawn` (names, before that ballot), `drawn` (on whom the lot fell, after it). Beside them may stand
what a rulebook would say: `majority`, `more_than`, `pattern`, `tie`, `surplus`, `edge`, `finalists`, `factor`.
As CSV: a row for each ballot and name, with the columns ballot, name, votes; papers, invalid and abstentions in any one
row of a ballot; a column `event` says withdrawn, nominated or drawn instead of votes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from rogatory.conference.counting.ballots import Ballot
from rogatory.conference.counting.elections import Election, begin, count, draw, nominate, withdraw
from rogatory.conference.counting.schemes import OnTie, Scheme, read_pattern
from rogatory.conference.counting.sheets import BadSheet, Row, folded, rows
from rogatory.conference.counting.thresholds import Base, Threshold, share
from rogatory.errors import RogatoryError
from rogatory.kernel import canonical
from rogatory.law.tables import BadLawFile, Source, Table

MAX_BALLOTS = 500
SETTINGS = ("majority", "pattern", "tie", "surplus", "edge")
HEADINGS = {
    "ballot": "ballot",
    "round": "ballot",
    "scrutin": "ballot",
    "tour": "ballot",
    "name": "name",
    "candidate": "name",
    "state": "name",
    "nom": "name",
    "candidat": "name",
    "etat": "name",
    "votes": "votes",
    "voix": "votes",
    "suffrages": "votes",
    "papers": "papers",
    "ballot papers": "papers",
    "bulletins": "papers",
    "invalid": "invalid",
    "nuls": "invalid",
    "abstentions": "abstentions",
    "event": "event",
    "evenement": "event",
}
EVENTS = {
    "withdrawn": "withdrawn",
    "retire": "withdrawn",
    "nominated": "nominated",
    "propose": "nominated",
    "drawn": "drawn",
    "tire au sort": "drawn",
}
#: Where neither a rulebook nor the file says otherwise: more than one half of the valid ballots.
USUAL = Scheme(majority=Threshold(share=Fraction(1, 2), strict=True, of=Base.VALID_BALLOTS))
_NUMBERS = ("papers", "invalid", "abstentions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """One ballot of a file, and what came before and after it."""

    where: str
    ballot: Ballot | None
    nominated: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """An election as a file tells it; 0, or nothing, where it says nothing."""

    places: int = 0
    candidates: tuple[str, ...] = ()
    group: str = ""
    members: int = 0
    pool: frozenset[str] = frozenset()
    settings: Mapping[str, str] = field(default_factory=dict)
    more_than: bool = False
    finalists: int = 0
    factor: int = 0
    ballots: tuple[Cast, ...] = ()


def scheme_from(
    course: Course, settings: Mapping[str, str], *, more_than: bool = False, base: Scheme = USUAL
) -> Scheme:
    """*base* with what the file states put over it, and *settings* over that.

    Raises `BadShare`, `BadScheme` and `BadSheet`.
    """
    said = {**course.settings, **{key: text for key, text in settings.items() if text}}
    majority = base.majority
    if "majority" in said:
        majority = Threshold(share=share(said["majority"]), strict=course.more_than or more_than, of=majority.of)
    if "of" in said:
        majority = replace(majority, of=Base(said["of"]))
    return replace(
        base,
        majority=majority,
        finalists=course.finalists or base.finalists,
        factor=course.factor or base.factor,
        pattern=read_pattern(said["pattern"]) if "pattern" in said else base.pattern,
        tie=_on_tie("tie", said.get("tie", base.tie)),
        surplus=_on_tie("surplus", said.get("surplus", base.surplus)),
        edge=_on_tie("edge", said.get("edge", base.edge)),
    )


def _on_tie(key: str, text: str) -> OnTie:
    known = [one.value for one in OnTie if key == "edge" or one is not OnTie.KEEP]
    if text not in known:
        raise BadSheet(f"{key} is {' or '.join(known)}, not {text[:40]!r}")
    return OnTie(text)


def run(course: Course, scheme: Scheme, *, places: int, candidates: Iterable[str] = ()) -> Election:
    """The election that *course* tells, under *scheme*; an error names the ballot it came at."""
    names = tuple(candidates) or course.candidates or _named(course)
    election = begin(scheme, names, places, group=course.group, pool=course.pool, members=course.members)
    for cast in course.ballots:
        try:
            for name in cast.nominated:
                election = nominate(election, name)
            for name in cast.withdrawn:
                election = withdraw(election, name)
            if cast.ballot is not None:
                election = count(election, cast.ballot)
            if cast.drawn:
                election = draw(election, cast.drawn)
        except RogatoryError as error:
            error.where = cast.where
            raise
    return election


def _named(course: Course) -> tuple[str, ...]:
    """Without a list of candidates: whoever has votes in the first ballot."""
    first = next((cast.ballot for cast in course.ballots if cast.ballot), None)
    return tuple(sorted(name for name, votes in first.votes.items() if votes)) if first else ()


def read_course(text: str, *, name: str) -> Course:
    """The election that a TOML *text*, or a JSON object, tells; raises `BadSheet` with the line, `BadJSON`."""
    source = Source(name, text)
    if text.lstrip()[:1] == "{":
        try:
            return _course(Table(canonical.loads_object(text.encode("utf-8", "surrogatepass")), source=source))
        except BadLawFile as error:  # the lines of JSON are not known
            raise BadSheet(error.message, where=name) from error
    try:
        return _course(source.parse())
    except BadLawFile as error:
        raise BadSheet(error.message, where=error.where) from error


def _course(table: Table) -> Course:
    ballots = [_cast(inner, f"{table.source.name}: ballot {number}") for number, inner in enumerate(_ballots(table), 1)]
    found = Course(
        places=table.number("places", 0),
        candidates=table.texts("candidates"),
        group=table.text("group", ""),
        members=table.number("members", 0),
        pool=frozenset(table.texts("pool")),
        settings={key: table.text(key) for key in (*SETTINGS, "of") if table.has(key)},
        more_than=table.flag("more_than"),
        finalists=table.number("finalists", 0),
        factor=table.number("factor", 0),
        ballots=tuple(ballots),
    )
    if found.settings.get("of", Base.VALID_BALLOTS) not in list(Base):
        raise table.fail(f"of is one of {', '.join(Base)}", "of")
    table.end()
    return found


def _ballots(table: Table) -> Iterator[Table]:
    for number, inner in enumerate(table.tables("ballot")):
        if number >= MAX_BALLOTS:
            raise table.fail(f"more than {MAX_BALLOTS} ballots", "ballot")
        yield inner


def _cast(table: Table, where: str) -> Cast:
    ballot = None
    if table.has("papers") or table.has("votes"):
        ballot = Ballot(
            papers=table.number("papers"),
            invalid=table.number("invalid", 0),
            abstentions=table.number("abstentions", 0),
            votes=table.table("votes").numbers(beside=()) if table.has("votes") else {},
        )
    found = Cast(
        where=where,
        ballot=ballot,
        nominated=table.texts("nominated"),
        withdrawn=table.texts("withdrawn"),
        drawn=table.texts("drawn"),
    )
    table.end()
    return found


def read_course_csv(data: bytes, *, name: str) -> Course:
    """The election that a CSV file tells; raises `BadSheet` with the line."""
    by_ballot: dict[int, list[Row]] = {}
    for row in rows(data, HEADINGS, name=name):
        if not {"ballot", "name", "votes", "papers"} <= set(row.cells):
            raise BadSheet("there must be columns ballot, name, votes and papers", where=f"{name}:1")
        by_ballot.setdefault(row.number("ballot"), []).append(row)
    if sorted(by_ballot) != list(range(1, len(by_ballot) + 1)) or len(by_ballot) > MAX_BALLOTS:
        raise BadSheet(f"ballots must be numbered 1, 2, 3 …, at most {MAX_BALLOTS}", where=name)
    return Course(ballots=tuple(_rows_cast(by_ballot[number]) for number in sorted(by_ballot)))


def _rows_cast(found: list[Row]) -> Cast:
    votes: dict[str, int] = {}
    events: dict[str, list[str]] = {"withdrawn": [], "nominated": [], "drawn": []}
    numbers: dict[str, int] = {}
    for row in found:
        for column in _NUMBERS:
            if row.cells.get(column) and numbers.setdefault(column, row.number(column)) != row.number(column):
                raise BadSheet(f"{column} is {numbers[column]} in another row of this ballot", where=row.where)
        name, event = row.cells["name"], folded(row.cells.get("event", ""))
        if event and event not in EVENTS:
            raise BadSheet(f"{event[:40]!r} is not withdrawn, nominated or drawn", where=row.where)
        if event:
            events[EVENTS[event]].append(name)
        elif name in votes:
            raise BadSheet(f"{name[:60]} stands twice in this ballot", where=row.where)
        elif name or row.cells["votes"]:
            votes[name] = row.number("votes")
    if votes and "papers" not in numbers:
        raise BadSheet("one row of a ballot must say how many papers there were", where=found[0].where)
    ballot = Ballot(votes=votes, **{"papers": 0, **numbers}) if numbers else None
    return Cast(where=found[0].where, ballot=ballot, **{key: tuple(names) for key, names in events.items()})
