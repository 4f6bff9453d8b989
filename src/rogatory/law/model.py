"""What an instrument says, as plain values.

A provision is the unit: one numbered paragraph or letter, in our own words, with how it was checked. Whatever the
machine needs of it (a value and since when, a field of a form, a ground and its question, a duty and its moment, a
deadline and what starts it) hangs on the provision that says so, and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from types import MappingProxyType
from typing import Protocol, TypeVar

from rogatory.errors import NotFound
from rogatory.law.checked import Checked
from rogatory.law.clause import Clause
from rogatory.law.form import Field, Form
from rogatory.law.words import NO_WORDS, Answer, Words

NO_DATES: Mapping[str, date] = MappingProxyType({})
NO_CHAIRS: Mapping[str, str] = MappingProxyType({})


class _ForMeasures(Protocol):
    @property
    def measures(self) -> tuple[str, ...]: ...


_Item = TypeVar("_Item", bound=_ForMeasures)


class UnknownInstrument(NotFound):
    """No instrument has this name."""

    code = "unknown-instrument"


class UnknownProvision(NotFound):
    """The instrument has no provision of this number in our data."""

    code = "unknown-provision"


class UnknownMeasure(NotFound):
    """The instrument knows no such measure, or our data does not cover it yet."""

    code = "unknown-measure"


class NoValueInForce(NotFound):
    """The provision sets no such value on that date."""

    code = "no-value-in-force"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Numbers that a provision sets from a day on, by name: `days`, `years`."""

    start: date
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What lets the requested State decline or postpone, as a question to its officer; answered under *key*.

    `barred` is no ground: a reason that the provision forbids to rely on. A ground of *measures* is for those only,
    and one with `applies_when` only where each of its keys has one of the values named. One that `stays` does not
    yield to the grounds of another treaty.
    """

    key: str
    question: Words
    effect: str
    available_when: Answer = Answer.YES
    needs_reservation: bool = False
    other_offences_only: bool = False
    stays: bool = False
    applies_when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What must be so for the provision to be met: the answer under *key* is one of *met_when*.

    Or, with *at_least*, a number that is no smaller than the provision's value of that name.

    `decisive` names the chair whose answer depends on it (`both`, `requesting`, `requested`, `none`), `decisive_for`
    that of measures in which it is another. Nothing that
    the requesting State could add mends one that is `fundamental`. One that is `presumed` is shown as open and counts
    only once it is known not to be met. Each key of `only_when` must be known to have one of the values named.
    Without words of its own, the question says why.
    """

    key: str
    topic: str
    met_when: tuple[str, ...]
    at_least: str = ""
    decisive: str = "both"
    decisive_for: Mapping[str, str] = dataclass_field(default_factory=lambda: NO_CHAIRS)
    fundamental: bool = False
    presumed: bool = False
    only_when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    measures: tuple[str, ...] = ()
    met: Words = NO_WORDS
    not_met: Words = NO_WORDS
    unknown: Words = NO_WORDS
    remedy: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """When a duty falls due: `always`, `receiving`, `executing`, `refusing`, `postponing`, `receiving-evidence` …"""

    moment: str
    reminder: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A period: which event starts it, how long (a value of `counted_in`, or none) and how it runs."""

    starts_on: str
    rule: str
    label: Words
    counted_in: str = ""
    value_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing that must be there for the offence: `conduct`, `object`, `mental`, `without-right`, `purpose` …

    Of the conducts and objects of one provision, any one is enough; every other element must be there. An element
    also holds for the provisions that stand under its own: that of `17(1)` for `17(1)(a)(ii)`.
    """

    kind: str
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementOption:
    """What a State's law may change in an offence: an extra element that `narrows` it, or one that `widens` it."""

    effect: str
    kind: str
    what: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """What is left out of an offence: by the `treaty` itself, by `domestic-law` or by `reservation`, and its limit."""

    by: str
    what: Words
    unless: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Who tells whom, and when: `with-instrument`, `signature-or-instrument`, `on-change`, `as-required`, `undated`."""

    by: str
    to: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One numbered unit of an instrument, described in our own words.

    `fields` stand in the form of a request; `asks` are what an opinion wants to know besides. What hangs on it applies
    when each key of `applies_when` has one of the values named. `gap_fillers` are the provisions that yield to another
    treaty; `leaves_to_law` is what a national profile may add here. `chair_for` names the chair for measures in which
    it is not `chair`.
    """

    instrument: str
    number: str
    article: str
    title: Words
    who: str
    force: str
    kind: str
    what: Words
    checked: Checked
    measures: tuple[str, ...] = ()
    chair: str = ""
    chair_for: Mapping[str, str] = dataclass_field(default_factory=lambda: NO_CHAIRS)
    parallels: tuple[str, ...] = ()
    cross: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    fields: tuple[Field, ...] = ()
    offences: tuple[str, ...] = ()
    only_grounds: tuple[str, ...] = ()
    asks: tuple[Field, ...] = ()
    grounds: tuple[Ground, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    applies_when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gap_fillers: tuple[str, ...] = ()
    leaves_to_law: tuple[str, ...] = ()
    duty: Duty | None = None
    deadlines: tuple[Deadline, ...] = ()
    elements: tuple[Element, ...] = ()
    options: tuple[ElementOption, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    notice: Notice | None = None
    dates: Mapping[str, date] = dataclass_field(default_factory=lambda: NO_DATES)

    @property
    def cite(self) -> str:
        """The instrument and the number: `uncc:42(3)(b)`."""
        return f"{self.instrument}:{self.number}"

    def chair_in(self, measure: str) -> str:
        """Whose duty this is in *measure*: `requesting`, `requested` or `both`; empty when nobody's."""
        return self.chair_for.get(measure, self.chair)

    def value(self, name: str, *, on: date) -> int:
        """The number called *name* that this provision sets on that day; raises `NoValueInForce`."""
        for value in reversed(self.values):
            if value.start <= on and name in value.numbers:
                return value.numbers[name]
        raise NoValueInForce(f"{self.number} sets no {name} on {on:%Y-%m-%d}", cite=self.cite)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLaw:
    """How one instrument carries one measure: its provisions, its form, and where scope and thresholds stand.

    `unasked`: it is no request; the State in the requesting chair hands over, the one in the other chair receives.
    """

    id: str
    provision: str
    name: Words
    serves: Words
    scope: Words = NO_WORDS
    form: tuple[str, ...] = ()
    requesting_question: Words = NO_WORDS
    requested_question: Words = NO_WORDS
    scope_offences: str = ""
    scope_serious: str = ""
    scope_threshold: str = ""
    dual_criminality: str = ""
    gap_filling: str = ""
    reasons: str = ""
    supplement: str = ""
    force: str = "shall"
    unasked: bool = False


def for_measure(items: Iterable[_Item], measure: str) -> tuple[_Item, ...]:
    """Those of *items* that are for *measure*: those that name it, or name none."""
    return tuple(item for item in items if not item.measures or measure in item.measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter: its number as the instrument writes it, its name, its first and its last article."""

    number: str
    name: Words
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A treaty that can carry a request; `chapters` is empty where our data do not name them."""

    id: str
    name: Words
    short: Words
    adopted: date
    articles: int
    languages: tuple[str, ...]
    clause: Clause
    measures: Mapping[str, MeasureLaw]
    note: Words = NO_WORDS
    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Law:
    """Every instrument we know, and every provision of theirs in our data."""

    instruments: Mapping[str, Instrument]
    by_number: Mapping[str, Mapping[str, Provision]]
    by_measure: Mapping[tuple[str, str], tuple[Provision, ...]]
    forms: Mapping[tuple[str, str], Form]

    def instrument(self, instrument: str) -> Instrument:
        """The instrument of that name; raises `UnknownInstrument`."""
        try:
            return self.instruments[instrument]
        except KeyError:
            known = ", ".join(sorted(self.instruments))
            raise UnknownInstrument(f"{instrument!r} is not an instrument; known are {known}") from None

    def provision(self, instrument: str, number: str) -> Provision:
        """The provision of that number; raises `UnknownInstrument` or `UnknownProvision`."""
        self.instrument(instrument)
        try:
            return self.by_number[instrument][number]
        except KeyError:
            raise UnknownProvision(f"{instrument} has no provision {number!r} in our data") from None

    def provisions(self, instrument: str, *, measure: str = "", kind: str = "") -> tuple[Provision, ...]:
        """The provisions of *instrument* in their order, those that bear on *measure* and are of *kind* if given."""
        self.instrument(instrument)
        found = self.by_measure.get((instrument, measure), ()) if measure else self.by_number[instrument].values()
        return tuple(provision for provision in found if not kind or provision.kind == kind)

    def elements(self, instrument: str, number: str) -> tuple[Element, ...]:
        """What makes up the offence of *number*: its elements after those of the provisions it stands under."""
        self.provision(instrument, number)
        above = (number[:end] for end, sign in enumerate(number) if sign == "(")
        known = self.by_number[instrument]
        return tuple(element for one in (*above, number) if one in known for element in known[one].elements)

    def value(self, instrument: str, number: str, name: str, *, on: date) -> int:
        """The number that a provision sets on a day; raises `UnknownProvision` or `NoValueInForce`."""
        return self.provision(instrument, number).value(name, on=on)

    def measure(self, measure: str, *, instrument: str = "uncc") -> MeasureLaw:
        """How *instrument* carries *measure*; raises `UnknownMeasure`."""
        try:
            return self.instrument(instrument).measures[measure]
        except KeyError:
            known = ", ".join(self.instrument(instrument).measures)
            raise UnknownMeasure(f"{measure!r} is not a measure of {instrument}; known are {known}") from None

    def form(self, measure: str, *, instrument: str = "uncc") -> Form:
        """The form of a request for *measure*, read from the provisions; raises `UnknownMeasure`."""
        self.measure(measure, instrument=instrument)
        try:
            return self.forms[instrument, measure]
        except KeyError:
            raise UnknownMeasure(f"{instrument} sets no form for {measure}") from None

    def grounds(self, instrument: str, measure: str) -> tuple[Provision, ...]:
        """The provisions on which *measure* may be declined or postponed; a closed list where one provision sets it."""
        bearing = self.provisions(instrument, measure=measure)
        grounds = tuple(provision for provision in bearing if for_measure(provision.grounds, measure))
        closed = frozenset(number for provision in bearing for number in provision.only_grounds)
        return tuple(ground for ground in grounds if not closed or ground.number in closed)

    def grounds_for(self, measure: str, *, instrument: str = "uncc") -> tuple[str, ...]:
        """The numbers of the provisions on which *measure* may be declined or postponed."""
        return tuple(
            provision.number
            for provision in self.grounds(instrument, measure)
            if any(ground.effect != "barred" for ground in for_measure(provision.grounds, measure))
        )
