"""What the operations of the HTTP API are asked with: each parameter with its meaning, its limits and an example."""

from collections.abc import Iterable
from typing import Annotated, Any

from ninja.params.functions import Path, Query

from rogatory.api.answering import DEFAULT_PAGE, LONGEST_PAGE
from rogatory.conference.meeting.events import ROLES as EVENT_ROLES
from rogatory.law.provisions import FORCES, KINDS, WHO

#: The one that examples show.
PROVISION = "42(3)(b)"


def _path(what: str, example: str) -> Any:
    return Path(..., description=what, example=example, max_length=80)


def _query(what: str, example: str) -> Any:
    return Query(description=what, example=example, max_length=80)


def _codes(known: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in known)


InstrumentPath = Annotated[str, _path("The instrument: `uncc`, `budapest`, `untoc` or `uncac`.", "uncc")]
NumberPath = Annotated[str, _path("The number of the provision.", PROVISION)]
ArticlePath = Annotated[str, _path("The number of the article.", "42")]
MeasurePath = Annotated[str, _path("The measure; an instrument names those that it carries.", "preservation")]
StatePath = Annotated[str, _path("The State, by ISO 3166 alpha-3 code.", "FRA")]

State = Annotated[str, _query("The State, by ISO 3166 alpha-3 code.", "FRA")]
OneState = Annotated[str, _query("One State, by ISO 3166 alpha-3 code.", "FRA")]
OtherState = Annotated[str, _query("The other State, by ISO 3166 alpha-3 code.", "DEU")]
Requesting = Annotated[str, _query("The requesting State, by ISO 3166 alpha-3 code.", "FRA")]
Requested = Annotated[str, _query("The requested State, by ISO 3166 alpha-3 code.", "DEU")]
Chair = Annotated[str, _query("Whose question it is: `requesting` or `requested`.", "requested")]
OneMeasure = Annotated[str, _query("The measure.", "preservation")]

Instrument = Annotated[str, _query("Only this instrument.", "uncc")]
Measure = Annotated[str, _query("Only what bears on this measure.", "preservation")]
Kind = Annotated[str, _query(f"Only this kind: {_codes(KINDS)}.", "ground")]
Who = Annotated[str, _query(f"Only what binds: {_codes(WHO)}.", "requested")]
Force = Annotated[str, _query(f"Only this force: {_codes(FORCES)}.", "may")]
Article = Annotated[str, _query("Only this article.", "40")]
Reservations = Annotated[bool, Query(description="Only where a reservation is allowed.")]
Day = Annotated[str, _query("On that day (`YYYY-MM-DD`); else today as the node counts.", "2026-11-22")]
Assumed = Annotated[
    str,
    Query(
        description="What if: deposits on days to come, separated by commas.",
        example="VNM=2027-01-15,FRA=2027-06",
        max_length=5000,
    ),
]
Limit = Annotated[int, Query(ge=1, le=LONGEST_PAGE, description=f"At most this many, {LONGEST_PAGE} at the most.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="Leave out as many at the beginning.")]
LIMIT = DEFAULT_PAGE
HitLimit = Annotated[int, Query(ge=1, le=200, description="At most this many hits.")]
Words = Annotated[
    str,
    Query(description="Words, or the number of a provision.", max_length=300, example="delay"),
]
TextLanguage = Annotated[str, Query(description="Only texts in this language.", max_length=8)]

#: The meeting and the rulebook that examples show.
MEETING, RULEBOOK = "PRACTICE-1", "hanoi-draft"
MeetingPath = Annotated[str, _path("The meeting, by its identifier.", MEETING)]
RulebookPath = Annotated[str, _path("The rulebook: `untoc`, `uncac` or `hanoi-draft`.", RULEBOOK)]
Choices = Annotated[
    str,
    Query(
        description="Answers to open questions of the rulebook, separated by commas.",
        example="observers=open,bureau=five",
        max_length=2000,
    ),
]
Role = Annotated[str, _query(f"Who would act (with a pass, its own role): {_codes(EVENT_ROLES)}.", "presiding")]
OfWhom = Annotated[str, _query("For whom: the code of a participant; with a pass, its own.", "XAL")]

#: The obligation, the text and the assessment that examples show.
OBLIGATION_CITE = "7(1)"
TEXT, ASSESSMENT = "01M4AT3XT00000000000000000", "01M4A55E550000000000000000"
TextPath = Annotated[str, _path("The text of a national law, by its id.", TEXT)]
SinceText = Annotated[str, Query(..., description="The earlier text, by its id.", example=TEXT, max_length=80)]
AssessmentPath = Annotated[str, _path("The assessment, by its id.", ASSESSMENT)]
ObligationPath = Annotated[str, _path("The number of the obligation.", OBLIGATION_CITE)]
Asked = Annotated[
    str, Query(..., description="The article, or the number of the obligation.", example=OBLIGATION_CITE, max_length=80)
]
ProposalLimit = Annotated[int, Query(ge=1, le=20, description="At most this many, 20 at the most.")]
Moment = Annotated[str, _query("As it stood at that time; else now.", "2026-11-22T09:30:00Z")]
BeforeAssessment = Annotated[str, _query("The assessment to compare with; else the same one.", ASSESSMENT)]
BeforeMoment = Annotated[str, _query("As that one stood at that time; else now.", "2026-11-22T09:30:00Z")]

#: The paper, the filing and the drill that examples show.
PAPER, FILING, DRILL = "notice-40(13)", "1", "01M4DR11100000000000000000"
PaperPath = Annotated[str, _path("The paper, by its id with or without brackets.", PAPER)]
FilingPath = Annotated[int, Path(..., ge=1, le=1_000_000, description="The number of the filing.", example=FILING)]
DrillPath = Annotated[str, _path("The drill, by its id.", DRILL)]
SinceDay = Annotated[str, _query("Only drills planned or received from this day (`YYYY-MM-DD`) on.", "2026-11-22")]
