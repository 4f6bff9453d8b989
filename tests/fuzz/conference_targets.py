"""Parsers of the conference: records, rulebooks, rolls of votes, ballots."""

import functools
from collections.abc import Callable, Mapping

from tests.fuzz.target import Target, some, text
from tests.support import recorded_meeting
from tests.support.recorded_meeting import KEY

from rogatory.conference.counting import ballotsheets
from rogatory.conference.counting.rolls import Electorate
from rogatory.conference.meeting import engine
from rogatory.conference.meeting.events import Event
from rogatory.conference.meeting.state import State
from rogatory.conference.record import chain, entries, verify
from rogatory.conference.rulebook import counted, lint, loader
from rogatory.conference.rulebook.counted import ElectionAsked, TallyAsked
from rogatory.exercise.conference import script
from rogatory.kernel import canonical
from rogatory.sealing import jws
from rogatory.status.treaties import every_state

#: Enough of a session for every step of the check, and small enough to be changed everywhere.
EVENTS = 12
_LARGE = 128 * 1024
BOOK = loader.delivered("untoc")


@functools.cache
def _events() -> tuple[Event, ...]:
    return script.play().events[:EVENTS]


@functools.cache
def _lines() -> tuple[bytes, ...]:
    return tuple(recorded_meeting.signed(_events(), meeting="PRACTICE-1"))


@functools.cache
def _begun() -> tuple[chain.Link, State]:
    entry, link = chain.begin(_lines()[0])
    return link, engine.begin(entry.event)


def _payload(line: bytes) -> bytes:
    return canonical.dumps(jws.read(line, typ=entries.TYPE).payload)


def _record(data: bytes) -> None:
    """A record, and the lines after the first one of a record that is right."""
    lines = data.split(b"\n")
    verify.verify(lines)
    link, state = _begun()
    for line in lines:
        entry, link = chain.follow(link, line)
        state = engine.step(state, entry.event)
    assert tuple(lines) == _lines()[1 : len(lines) + 1]  # nobody without the key writes what holds


def _made(data: bytes) -> None:
    """The first entry of a record as its payload, signed by the key of the record."""
    found = verify.verify([jws.sign(canonical.loads_object(data, limit=_LARGE), key=KEY, typ=entries.TYPE)])
    assert found.failures or found.state is not None


def _after_the_first(data: bytes) -> None:
    """The second entry of a record whose first is right, as its payload, signed by the right key."""
    link, state = _begun()
    entry, after = chain.follow(link, jws.sign(canonical.loads_object(data), key=KEY, typ=entries.TYPE))
    again = entries.write(
        entry.event,
        meeting=entry.meeting,
        number=entry.number,
        previous=entry.previous,
        key=KEY,
        entered_by=entry.entered_by,
        once=entry.once,
    )
    assert again.digest == after.digest
    engine.step(state, entry.event)


def _rulebook(data: bytes) -> None:
    """The file as it is, and what is wrong with it, as far as one answer to each question shows it."""
    opened = loader.Opened(text(data), name="fuzzed")
    lint.under_one_choice(opened.read())


def _setting(data: bytes) -> None:
    """Lines put at the end of a rulebook that is right: a table or an option more."""
    opened = loader.Opened(f"{loader.delivered_text('untoc')}\n{text(data)}", name="fuzzed")
    lint.under_one_choice(opened.read())


def _roll(data: bytes) -> None:
    asked = TallyAsked(book=BOOK, subject="substance")
    found, rule = counted.tally(data, asked, Electorate(every_state()), name="fuzzed")
    outcome = found.outcome
    assert outcome.adopted is (outcome.base > 0 and outcome.count.yes >= max(outcome.needed, 1))
    counted.tally_value(found, rule)


def _ballots(data: bytes) -> None:
    counted.election_value(counted.elect(ballotsheets.read_course(text(data), name="fuzzed"), ElectionAsked(book=BOOK)))


def _ballots_csv(data: bytes) -> None:
    course = ballotsheets.read_course_csv(data, name="fuzzed")
    counted.election_value(counted.elect(course, ElectionAsked(book=BOOK, places=2)))


def _sample(read: Callable[[], tuple[bytes, ...]]) -> Callable[[], tuple[bytes, ...]]:
    return functools.cache(read)


ROLLS = (
    b"State,Vote\nFrance,yes\nKenya,no\nViet Nam,abstain\n",
    b"\xef\xbb\xbfiso3;voix;poids\r\nFRA;pour;1\r\nKEN;absent;1\r\n",
    "état\tvote\nCôte d’Ivoire\tcontre\n".encode("utf-16"),
)
BALLOTS = (
    b'places = 1\ncandidates = ["FRA", "KEN"]\n[[ballot]]\npapers = 9\nvotes = {FRA = 5, KEN = 4}\n',
    b'{"places":2,"ballot":[{"papers":9,"invalid":1,"votes":{"FRA":4,"KEN":4,"VNM":4}},{"drawn":["FRA"]}]}',
)
BALLOTS_CSV = (b"ballot,name,votes,papers,event\n1,FRA,5,9,\n1,KEN,4,,\n2,KEN,,,withdrawn\n",)
SETTINGS = (
    b'[rule.more]\ntitle = {en = "More", fr = "Plus"}\nsays = {en = "x", fr = "x"}\nsource = "x"\nsure = "unsure"\n',
    (
        b'[[option]]\nid = "more"\nquestion = {en = "x", fr = "x"}\nrule = "quorum"\n'
        b'[[option.choice]]\nid = "a"\nname = {en = "a", fr = "a"}\n'
        b'[[option.choice]]\nid = "b"\nname = {en = "b", fr = "b"}\n[option.choice.sets]\n"speaking.replies" = 3\n'
    ),
)

CONFERENCE: Mapping[str, Target] = {
    "meeting-record": Target(_record, _sample(lambda: (b"\n".join(_lines()[1:4]), _lines()[1]))),
    "meeting-made": Target(_made, _sample(lambda: (_payload(_lines()[0]),)), _LARGE),
    "meeting-entry": Target(
        _after_the_first,
        _sample(lambda: tuple(_payload(line) for line in _lines()[1:4])),
    ),
    "rulebook": Target(_rulebook, _sample(lambda: (loader.delivered_text("untoc").encode()[:6000],))),
    "rulebook-setting": Target(_setting, some(*SETTINGS)),
    "vote-roll": Target(_roll, some(*ROLLS)),
    "ballots": Target(_ballots, some(*BALLOTS)),
    "ballots-csv": Target(_ballots_csv, some(*BALLOTS_CSV)),
}
