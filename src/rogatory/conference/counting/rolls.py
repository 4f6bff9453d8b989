"""A roll of votes, State by State, from a sheet to its outcome.

Every State stands once. A regional organisation casts as many votes as those of its members that are Parties have, and
only if none of them votes: an organisation and one of its members that both vote are refused together. An abstention
is a vote here: who abstains has used the right to vote. Who is absent is not present; who is there and does not vote
is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rogatory.conference.counting import votes
from rogatory.conference.counting.sheets import BadSheet, Row, folded, rows
from rogatory.conference.counting.thresholds import Base, Threshold
from rogatory.conference.counting.votes import Choice, Outcome
from rogatory.errors import NotPermitted
from rogatory.law.words import Words
from rogatory.status.model import State
from rogatory.status.names import Names, UnknownName

MAX_WEIGHT = 1_000
RIGHTS = "rule on voting rights"


class BothVote(NotPermitted):
    """A regional organisation and one of its members both vote."""

    code = "organisation-and-member-vote"
    remedy = "Ask them which of them exercises the right to vote, and record the others as not voting."


class Said(StrEnum):
    """What stands beside a State."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    NON_VOTING = "non-voting"  # there, and not taking part in the vote
    ABSENT = "absent"

    @property
    def cast(self) -> bool:
        """Whether it uses the right to vote."""
        return self in (Said.YES, Said.NO, Said.ABSTAIN)


SAID = {
    Said.YES: Words("yes", "pour"),
    Said.NO: Words("no", "contre"),
    Said.ABSTAIN: Words("abstaining", "abstention"),
    Said.NON_VOTING: Words("not voting", "ne participe pas au vote"),
    Said.ABSENT: Words("absent", "absent"),
}
#: The usual spellings, folded.
SPELLINGS = {
    Said.YES: "yes|y|in favour|in favor|favour|favor|for|oui|pour|o|vote pour",
    Said.NO: "no|n|against|non|contre|vote contre",
    Said.ABSTAIN: "abstain|abstains|abstained|abstaining|abstention|abstentions|abst|abstenu|abstenue"
    "|s abstient|s est abstenu|s est abstenue",
    Said.NON_VOTING: "non voting|not voting|nonvoting|no vote|did not vote|not participating|non votant|non votante"
    "|ne vote pas|n a pas vote|ne participe pas|ne participe pas au vote|present not voting",
    Said.ABSENT: "absent|absente|not present|away",
}
_MEANT = {word: said for said, words in SPELLINGS.items() for word in words.split("|")}
HEADINGS = {
    "state": "state",
    "states": "state",
    "state party": "state",
    "delegation": "state",
    "member": "state",
    "party": "state",
    "etat": "state",
    "etat partie": "state",
    "partie": "state",
    "membre": "state",
    "country": "country",
    "pays": "country",
    "iso2": "iso2",
    "iso 2": "iso2",
    "alpha 2": "iso2",
    "iso3": "iso3",
    "iso 3": "iso3",
    "alpha 3": "iso3",
    "code": "iso3",
    "vote": "vote",
    "voix": "vote",
    "choice": "vote",
    "weight": "weight",
    "poids": "weight",
}
NAMING = ("iso3", "iso2", "state", "country")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a roll: the State's code (or its name as given), its name, what it said, and how much that weighs."""

    where: str
    state: str
    name: Words
    said: Said
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came out of a roll, and who said what, by name."""

    outcome: Outcome
    by: Mapping[Said, tuple[Entry, ...]]


class Electorate:
    """Who may stand in a roll: the States that are known, and others by name alone where that is wanted."""

    def __init__(self, states: Mapping[str, State], *, any_names: bool = False) -> None:
        self._states = states
        self._any_names = any_names
        self._names = Names.of(states)
        self._short = {one.iso2: code for code, one in states.items() if one.iso2 and one.kind != "former"}

    def code(self, given: str) -> str:
        """The code of the State that *given* names or abbreviates; raises `UnknownName`."""
        if len(given) == 2 and given.upper() in self._short:
            return self._short[given.upper()]
        return given.upper() if given.upper() in self._states else self._names.code(given)

    def name(self, code: str) -> Words:
        """What the one with this code is called."""
        return self._states[code].name if code in self._states else Words(code, code)

    def organisation(self, code: str) -> bool:
        """Whether it is a regional organisation."""
        return code in self._states and self._states[code].kind == "organisation"

    def of_row(self, row: Row) -> str:
        """The code that a row gives in any of its columns, or its name; raises `BadSheet`."""
        given = [row.cells[column] for column in NAMING if row.cells.get(column)]
        for one in given:
            try:
                return self.code(one)
            except UnknownName:
                continue
        if not given:
            raise BadSheet("the row names no State", where=row.where)
        if self._any_names:
            return given[-1]
        raise BadSheet(f"{given[-1][:60]!r} is not the name of a State we know", where=row.where)


def read_roll(data: bytes, electorate: Electorate, *, name: str) -> tuple[Entry, ...]:
    """The roll in a CSV file; raises `BadSheet` with the line (both lines for a State that stands twice)."""
    found: list[Entry] = []
    seen: dict[str, str] = {}
    for row in rows(data, HEADINGS, name=name):
        if not found and ("vote" not in row.cells or not set(NAMING) & set(row.cells)):
            raise BadSheet("there must be a column `vote`, and one of state, country, iso2, iso3", where=f"{name}:1")
        code = electorate.of_row(row)
        key = folded(code)
        if key in seen:
            raise BadSheet(f"{electorate.name(code).en} stands twice, here and at {seen[key]}", where=row.where)
        seen[key] = row.where
        weight = row.number("weight", 1)
        if not 1 <= weight <= MAX_WEIGHT:
            raise BadSheet(f"the weight is 1 to {MAX_WEIGHT}, not {weight}", where=row.where)
        found.append(Entry(where=row.where, state=code, name=electorate.name(code), said=_said(row), weight=weight))
    if not found:
        raise BadSheet("nobody stands in it", where=name)
    return tuple(found)


def _said(row: Row) -> Said:
    text = row.cells["vote"]
    found = _MEANT.get(folded(text))
    if found is None:
        hint = "a blank vote could mean anything" if not text else f"{text[:40]!r} is not a vote we know"
        words = "yes, no, abstain, non-voting or absent (oui, non, abstention, non votant, absent)"
        raise BadSheet(f"{hint}: write {words}", where=row.where)
    return found


def with_organisations(
    roll: tuple[Entry, ...],
    members: Mapping[str, tuple[str, ...]],
    electorate: Electorate,
    *,
    cite: str = RIGHTS,
) -> tuple[Entry, ...]:
    """*roll* with each regional organisation weighing as many votes as it has *members* that are Parties.

    Raises `BadSheet` for an organisation whose members are not given, and `BothVote`.
    """
    by_code = {entry.state: entry for entry in roll}
    for code in members:
        if code not in by_code:
            raise BadSheet(f"{electorate.name(code).en} does not stand in the roll", cite=cite)
    found = []
    for entry in roll:
        if entry.state not in members:
            if electorate.organisation(entry.state) and entry.said.cast:
                remedy = f"Say which of its members are Parties: --members-of {entry.state}=FRA,DEU"
                raise BadSheet(
                    f"{entry.name.en} votes for its members, and they are not given",
                    where=entry.where,
                    cite=cite,
                    remedy=remedy,
                )
            found.append(entry)
            continue
        weight = _weight(entry, members[entry.state], by_code, cite=cite)
        found.append(replace(entry, weight=weight))
    return tuple(found)


def _weight(entry: Entry, members: tuple[str, ...], by_code: Mapping[str, Entry], *, cite: str) -> int:
    voting = [by_code[code] for code in members if code in by_code and by_code[code].said.cast]
    if entry.said.cast and voting:
        both = ", ".join(f"{one.name.en} ({one.where})" for one in voting[:5])
        raise BothVote(
            f"{entry.name.en} votes for its members, and so do members: {both}", where=entry.where, cite=cite
        )
    if entry.weight not in (1, len(members)):
        said = f"{entry.name.en} weighs {entry.weight} here, and has {len(members)} members that are Parties"
        raise BadSheet(said, where=entry.where, cite=cite)
    return len(members) if entry.said.cast else 0


def tally(
    roll: tuple[Entry, ...],
    threshold: Threshold,
    *,
    counted: frozenset[Choice] = frozenset({Choice.YES, Choice.NO}),
    number: int | None = None,
) -> Tally:
    """The outcome of *roll*; *number* is that of the base, where the roll does not give it.

    Raises `BadSheet` for a number that is missing, or smaller than the votes cast.
    """
    entitled = sum(entry.weight for entry in roll)
    cast = [(Choice(entry.said.value), entry.weight) for entry in roll if entry.said.cast]
    there = sum(entry.weight for entry in roll if entry.said is not Said.ABSENT)
    of_votes = threshold.of in (Base.PRESENT_AND_VOTING, Base.VALID_BALLOTS)
    if number is None and threshold.of is Base.PRESENT:
        number = there
    if not of_votes and number is None:
        raise BadSheet(f"the share is taken of {threshold.of}: say how many they are", remedy="Give --number.")
    if number is not None and number < (there if threshold.of is Base.PRESENT else sum(one for _, one in cast)):
        raise BadSheet(f"{number} cannot be the number of {threshold.of}: more stand in the roll")
    found = votes.count(cast, entitled=entitled)
    bases = {} if number is None else {threshold.of: number}
    return Tally(
        outcome=votes.outcome(found, threshold, counted=counted, bases=bases),
        by={
            said: tuple(sorted((one for one in roll if one.said is said), key=lambda one: one.name.en)) for said in Said
        },
    )
