"""Operations that count and check what is sent, and keep none of it: rolls of votes, elections, records, rulebooks."""

import csv
import io
import json
from typing import Annotated, Any

from ninja import Router
from pydantic import BaseModel, Field

from rogatory.api import bodies, countingshapes
from rogatory.api.answering import answered
from rogatory.api.bodies import MAX_RECORD, Body
from rogatory.api.readers import ApiRequest
from rogatory.conference.counting import ballotsheets
from rogatory.conference.counting.rolls import Electorate
from rogatory.conference.record import verify, votes
from rogatory.conference.record.summary import summary
from rogatory.conference.record.verify import Verified
from rogatory.conference.rulebook import answers, compare, counted, lint, loader
from rogatory.conference.rulebook.counted import ElectionAsked, TallyAsked
from rogatory.conference.rulebook.model import Rulebook
from rogatory.kernel import digests
from rogatory.kernel.times import stamp
from rogatory.law.model import Law
from rogatory.law.plain import plain
from rogatory.sealing import cards
from rogatory.status.treaties import every_state

router = Router(tags=["counting"])

RULEBOOK = "The name of a rulebook that comes with the program, or the TOML text of another."
CHOICES = "Answers to open questions of the rulebook: option to choice."
VOTES = "A table as CSV with the columns state and vote, or an object: State to vote."
RECORD = "The lines of a meeting's signed record."
ELECTION = (
    "The ballots: an object with places, candidates and a list `ballot` (papers, votes by name …), or a table in CSV."
)
Chosen = Annotated[dict[str, str], Field(description=CHOICES, default_factory=dict)]


class AskedRulebook(Body):
    """A rulebook and the answers with which it is read."""

    rulebook: Annotated[str, Field(description=RULEBOOK, max_length=loader.MAX_CHARACTERS)]
    choices: Chosen

    def read(self, where: str) -> Rulebook:
        """The rulebook; raises `BadRulebook`, `UnsoundRulebook`, `NoSuchRulebook`, `UnknownOption`, `UnknownChoice`."""
        return _rulebook(self.rulebook, self.choices, where)


class LintAsked(Body):
    """A rulebook to be looked through."""

    rulebook: Annotated[str, Field(description=RULEBOOK, max_length=loader.MAX_CHARACTERS)]


class CompareAsked(Body):
    """Two rulebooks, and perhaps the record of a meeting whose votes are asked under both."""

    a: AskedRulebook
    b: AskedRulebook
    everything: Annotated[bool, Field(description="Also what is the same in both.")] = False
    record: Annotated[str, Field(description=RECORD)] = ""


class TallyBody(Body):
    """A roll of votes, and what majority it needs: by a rulebook, or by a share."""

    votes: Annotated[str | dict[str, str], Field(description=VOTES)]
    rulebook: Annotated[str, Field(description=RULEBOOK, max_length=loader.MAX_CHARACTERS)] = ""
    choices: Chosen
    subject: Annotated[str, Field(description="With a rulebook: what is voted on.")] = "substance"
    majority: Annotated[str, Field(description="The share needed, such as 2/3; else more than one half.")] = ""
    more_than: Annotated[bool, Field(description="The share must be passed; else reaching it is enough.")] = False
    of: Annotated[str, Field(description="What the share is taken of: present-and-voting, present, parties …")] = ""
    number: Annotated[int | None, Field(ge=1, le=1_000_000, description="How many they are.")] = None
    abstentions_count: Annotated[bool, Field(description="Abstentions count as present and voting.")] = False
    members: Annotated[
        dict[str, list[str]],
        Field(description="The members that are Parties, by regional organisation that votes.", default_factory=dict),
    ]
    any_names: Annotated[bool, Field(description="Take names that are no State's we know, as they stand.")] = False


class ElectBody(Body):
    """The ballots of an election round by round, and how it is counted."""

    election: Annotated[dict[str, Any] | str, Field(description=ELECTION)]
    rulebook: Annotated[str, Field(description=RULEBOOK, max_length=loader.MAX_CHARACTERS)] = ""
    choices: Chosen
    places: Annotated[int, Field(ge=0, le=1000, description="How many are to be elected; 0: as the ballots say.")] = 0
    candidates: Annotated[list[str], Field(default_factory=list, description="Who stands; else as the ballots say.")]
    settings: Annotated[
        dict[str, str],
        Field(default_factory=dict, description="What is set beside them: majority, pattern, tie, surplus, edge."),
    ]
    more_than: Annotated[bool, Field(description="The share must be passed; else reaching it is enough.")] = False


class VerifyBody(Body):
    """The record of a meeting, and what it is held against."""

    record: Annotated[str, Field(description=RECORD)]
    head: Annotated[str, Field(description="The SHA-256 of the last entry, as it was announced.")] = ""
    card: Annotated[str, Field(description="The contact card of the State that signed.")] = ""


def _takes(body: type[BaseModel], example: dict[str, Any]) -> dict[str, Any]:
    """How the description tells of the body that an operation reads by itself."""
    content = {"application/json": {"schema": body.model_json_schema(), "example": example}}
    return {"requestBody": {"required": True, "content": content}}


@router.post(
    "/lint",
    response=countingshapes.LintReport,
    summary="Look through a rulebook",
    operation_id="lint_rulebook",
    openapi_extra=_takes(LintAsked, {"rulebook": "uncac"}),
)
@answered
def lint_rulebook(request: ApiRequest) -> Any:
    """Gaps and contradictions of a rulebook, looked for under every answer to its open questions."""
    text, name = _text(bodies.read(request, LintAsked).rulebook, "rulebook")
    report = lint.lint(text, name=name, provisions=_provisions(request.node.law))
    return {**plain(report), "sound": not report.errors}


@router.post(
    "/compare",
    response=countingshapes.Compared,
    summary="Compare two rulebooks",
    operation_id="compare_rulebooks",
    openapi_extra=_takes(CompareAsked, {"a": {"rulebook": "untoc"}, "b": {"rulebook": "uncac"}}),
)
@answered
def compare_rulebooks(request: ApiRequest) -> Any:
    """Two rulebooks side by side; with a record, what its votes would have come to under each."""
    asked = bodies.read(request, CompareAsked, limit=MAX_RECORD)
    one, other = asked.a.read("a"), asked.b.read("b")
    rows = compare.compare(one, other, everything=asked.everything)
    taken = votes.read(_lines(asked.record))[1] if asked.record else ()
    return {
        "a": answers.named(one),
        "b": answers.named(other),
        "rows": rows,
        "votes": [answers.replayed(each) for each in compare.outcomes(taken, one, other)],
    }


@router.post(
    "/tally",
    response=countingshapes.TallyAnswer,
    summary="Count a roll of votes",
    operation_id="tally_votes",
    openapi_extra=_takes(TallyBody, {"votes": {"FRA": "yes", "VNM": "yes", "KEN": "no"}, "majority": "2/3"}),
)
@answered
def tally_votes(request: ApiRequest) -> Any:
    """Whether a vote carried, under which majority, with the arithmetic, and who voted how."""
    body = bodies.read(request, TallyBody)
    asked = TallyAsked(
        book=_rulebook(body.rulebook, body.choices, "rulebook") if body.rulebook else None,
        subject=body.subject,
        majority=body.majority,
        more_than=body.more_than,
        of=body.of,
        number=body.number,
        abstentions_count=body.abstentions_count,
        members={organisation: tuple(members) for organisation, members in body.members.items()},
    )
    electorate = Electorate(every_state(), any_names=body.any_names)
    found, rule = counted.tally(_sheet(body.votes), asked, electorate, name="votes")
    return counted.tally_value(found, rule)


@router.post(
    "/elect",
    response=countingshapes.ElectionAnswer,
    summary="Count an election",
    operation_id="count_election",
    openapi_extra=_takes(
        ElectBody,
        {"election": {"places": 1, "ballot": [{"papers": 90, "votes": {"FRA": 50, "KEN": 40}}]}, "rulebook": "untoc"},
    ),
)
@answered
def count_election(request: ApiRequest) -> Any:
    """Who is elected after these ballots, what ballot or lot comes next, and why."""
    body = bodies.read(request, ElectBody)
    if isinstance(body.election, str):
        course = ballotsheets.read_course_csv(_bytes(body.election), name="election")
    else:
        course = ballotsheets.read_course(json.dumps(body.election), name="election")
    asked = ElectionAsked(
        book=_rulebook(body.rulebook, body.choices, "rulebook") if body.rulebook else None,
        places=body.places,
        candidates=tuple(body.candidates),
        settings={key: text for key, text in body.settings.items() if key in ballotsheets.SETTINGS},
        more_than=body.more_than,
    )
    return counted.election_value(counted.elect(course, asked))


@router.post(
    "/verify",
    response=countingshapes.VerifiedAnswer,
    summary="Verify a record",
    operation_id="verify_record",
    openapi_extra=_takes(VerifyBody, {"record": "eyJ…"}),
)
@answered
def verify_record(request: ApiRequest) -> Any:
    """Check a meeting's record step by step: form, signatures, chain, times, rules, end; and what came out of it."""
    body = bodies.read(request, VerifyBody, limit=MAX_RECORD)
    head = digests.require_digest(body.head.strip().lower()) if body.head.strip() else ""
    card = cards.read_card(_bytes(body.card)) if body.card else None
    return _verified(verify.verify(_lines(body.record), card=card, head=head))


def _verified(found: Verified) -> dict[str, Any]:
    link, state = found.link, found.state
    told = link and {
        "meeting": link.meeting,
        "events": link.number,
        "head": link.digest,
        "begun": stamp(found.begun or link.at),
        "ended": stamp(link.at),
        "signer": link.signer.row(),
    }
    return {
        "verified": not found.failures,
        "verdict": found.verdict,
        "closed": found.closed,
        **(told or {}),
        "rungs": [
            {
                "number": one.number,
                "title": one.title,
                "outcome": one.outcome,
                "seen": one.seen,
                "entry": one.entry or None,
                "code": one.code or None,
                "message": one.message or None,
                "remedy": one.remedy or None,
            }
            for one in found.findings
        ],
        "summary": summary(state) if state is not None and not found.failures else None,
    }


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _lines(text: str) -> list[bytes]:
    return [_bytes(line) for line in text.removesuffix("\n").split("\n")] if text else []


def _text(given: str, where: str) -> tuple[str, str]:
    """The TOML text that *given* names or is, and how an error calls it; raises `NoSuchRulebook`."""
    if "\n" in given or "=" in given:
        return given, where
    return loader.delivered_text(given), f"{given}.toml"


def _rulebook(given: str, choices: dict[str, str], where: str) -> Rulebook:
    text, name = _text(given, where)
    if name != where:
        return loader.delivered(given, choices=choices)
    book = loader.read(text, name=name, choices=choices)
    lint.require_sound(book)
    return book


def _provisions(law: Law) -> set[str]:
    return {f"{instrument}:{number}" for instrument, numbers in law.by_number.items() for number in numbers}


def _sheet(given: str | dict[str, str]) -> bytes:
    if isinstance(given, str):
        return _bytes(given)
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(("state", "vote"))
    rows.writerows(given.items())
    return table.getvalue().encode()
