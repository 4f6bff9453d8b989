"""The assessment that a log of judgements folds into.

Rules in words. A judgement that its own reader took back is as if it had never been. The last judgement that settles
ends what stood before it: from then on it counts, and beside it what is judged later. Of each reader the latest
judgement counts. Where those that count give one answer, the obligation has it; where they differ, it is disputed;
where none counts, nobody has looked yet. The same holds for each element. Only the order in which one reader judged,
and what came before or after a settlement, matters; how different readers' judgements lie in between does not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rogatory.alignment.assessment.model import DISPUTED, UNSEEN, Evidence, Judgement
from rogatory.alignment.obligations import Obligation, UnknownObligation, obligations
from rogatory.law.model import Law

#: What nobody said of an element.
UNSAID = "unsaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Who says it: the reader's name and what the reader says."""

    reader: str
    reader_name: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementStanding:
    """One element of an offence: `present`, `missing`, `unclear`, `disputed` or `unsaid`, and who says what."""

    name: str
    state: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionStanding:
    """A permitted option of an offence, and the names of the readers who say that the national law uses it."""

    name: str
    readers: tuple[str, ...]

    @property
    def used(self) -> bool:
        """Whether anybody whose judgement counts says so."""
        return bool(self.readers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one obligation stands: `state` is one of `model.ANSWERS`, `unseen` or `disputed`.

    `counted` are the judgements that count, one a reader, in the order in which they were made; `settled_by` is the
    settlement among them; `history` holds every judgement that was not taken back, `log` every one, undoing included.
    """

    number: str
    state: str
    counted: tuple[Judgement, ...] = ()
    settled_by: Judgement | None = None
    elements: tuple[ElementStanding, ...] = ()
    options: tuple[OptionStanding, ...] = ()
    history: tuple[Judgement, ...] = ()
    log: tuple[Judgement, ...] = ()

    @property
    def last(self) -> str:
        """The id of the last judgement on it, one that takes another back included; empty when there is none."""
        return self.log[-1].id if self.log else ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passages on which the judgements that count rest, each once."""
        return tuple(dict.fromkeys(passage for one in self.counted for passage in one.evidence))

    @property
    def rejected(self) -> tuple[str, ...]:
        """The keys of proposed provisions that somebody whose judgement counts says do not carry it."""
        return tuple(dict.fromkeys(key for one in self.counted for key in one.rejected))

    @property
    def is_disputed(self) -> bool:
        """Whether readers differ, on the answer or on an element."""
        return self.state == DISPUTED or any(one.state == DISPUTED for one in self.elements)

    def of(self, reader: str) -> Judgement | None:
        """The judgement of *reader* that counts."""
        return next((one for one in self.counted if one.reader == reader), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Every obligation of the Convention, in its order, and how it stands.

    `unplaced` are judgements on numbers that the law data does not hold as an obligation (any more): kept, not counted.
    """

    standings: Mapping[str, Standing]
    unplaced: tuple[Judgement, ...] = ()

    def standing(self, number: str) -> Standing:
        """How the obligation of that number stands; raises `UnknownObligation`."""
        try:
            return self.standings[number]
        except KeyError:
            raise UnknownObligation(f"{number!r} is not an obligation of the Convention in our data") from None

    def in_state(self, *states: str) -> tuple[str, ...]:
        """The numbers of the obligations that stand in one of *states*."""
        return tuple(number for number, one in self.standings.items() if one.state in states)


def assess(law: Law, judgements: Iterable[Judgement]) -> Assessment:
    """The assessment that *judgements*, in the order in which they were saved, fold into."""
    logs: dict[str, list[Judgement]] = {one.number: [] for one in obligations(law)}
    unplaced = []
    for judgement in judgements:
        if judgement.number in logs:
            logs[judgement.number].append(judgement)
        else:
            unplaced.append(judgement)
    standings = {one.number: standing(one, logs[one.number]) for one in obligations(law)}
    return Assessment(standings=MappingProxyType(standings), unplaced=tuple(unplaced))


def standing(asked: Obligation, log: Sequence[Judgement]) -> Standing:
    """How *asked* stands after *log*, the judgements on it in the order in which they were saved."""
    history = tuple(not_undone(log))
    settled = next((place for place in reversed(range(len(history))) if history[place].settles), None)
    counted = tuple(_latest(history[settled or 0 :]))
    answers = {one.answer for one in counted}
    return Standing(
        number=asked.number,
        state=UNSEEN if not answers else DISPUTED if len(answers) > 1 else counted[0].answer,
        counted=counted,
        settled_by=history[settled] if settled is not None and history[settled] in counted else None,
        elements=tuple(_element(name, counted) for name, _ in asked.elements),
        options=tuple(_option(name, counted) for name, _ in asked.options),
        history=history,
        log=tuple(log),
    )


def last_id(assessment: Assessment, number: str) -> str:
    """The id of the last judgement on *number*, on which the next one is made; raises `UnknownObligation`."""
    return assessment.standing(number).last


def not_undone(log: Sequence[Judgement]) -> Iterator[Judgement]:
    """The judgements of *log* that stand: those that take one back, and what its own reader took back, are gone."""
    undone = {(one.reader, one.undoes) for one in log if one.undoes}
    return (one for one in log if not one.undoes and (one.reader, one.id) not in undone)


def _latest(history: Iterable[Judgement]) -> Iterator[Judgement]:
    latest = {one.reader: one for one in history}
    return iter(sorted(latest.values(), key=lambda one: (one.at, one.id)))


def _element(name: str, counted: Sequence[Judgement]) -> ElementStanding:
    said = tuple(
        Said(reader=one.reader, reader_name=one.reader_name, answer=answer)
        for one in counted
        for element, answer in one.elements
        if element == name
    )
    answers = {one.answer for one in said}
    state = UNSAID if not answers else DISPUTED if len(answers) > 1 else said[0].answer
    return ElementStanding(name=name, state=state, said=said)


def _option(name: str, counted: Sequence[Judgement]) -> OptionStanding:
    return OptionStanding(name=name, readers=tuple(one.reader_name for one in counted if name in one.options))
