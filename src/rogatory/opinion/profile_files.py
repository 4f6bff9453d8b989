"""From a TOML file to a `Profile`, refusing whatever the treaty does not leave to domestic law.

The law data say which provision leaves what to domestic law (`leaves_to_law`). An entry that hangs on another one, that
would add to a closed list of grounds, or set a penalty or dual criminality where the treaty asks for none, is refused
with file and line: a profile may add to what a State does, never take from what it owes.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import TypeVar

from rogatory.errors import BadInput
from rogatory.law.model import Law, Provision, UnknownProvision
from rogatory.law.provisions import EFFECTS
from rogatory.law.tables import BadLawFile, Source, Table
from rogatory.opinion.profile_entries import channel_options, language_options
from rogatory.opinion.profiles import Accepted, Asked, DualCriminality, LeastPenalty, Profile, Told

MAX_ENTRIES = 100
_GROUND_EFFECTS = tuple(effect for effect in EFFECTS if effect != "barred")
_Entry = TypeVar("_Entry")


class BadProfile(BadInput):
    """The national profile cannot be read."""

    code = "bad-profile"
    remedy = "Correct the line named; docs/reference/profile-data.md describes the format."


class LowersDuty(BadInput):
    """The national profile would take away something that the treaty asks of the State."""

    code = "profile-lowers-a-duty"
    remedy = "Take the entry out, or hang it on a provision that leaves this to domestic law."


def read_profile(text: str, *, name: str, law: Law, states: Collection[str]) -> Profile:
    """The profile that *text* states, from the file called *name*.

    Raises `BadProfile` for what cannot be read and `LowersDuty` for what the treaty does not leave to domestic law,
    both with file and line.
    """
    try:
        table = Source(name, text).parse()
        return _Reader(table, law, states).profile()
    except BadLawFile as error:
        raise BadProfile(error.message, where=error.where) from error


class _Reader:
    def __init__(self, table: Table, law: Law, states: Collection[str]) -> None:
        self.table, self.law = table, law
        self.state = table.text("state")
        if self.state not in states:
            raise table.fail(f"{self.state!r} is not the ISO 3166 alpha-3 code of a State we know", "state")
        self.instrument = table.text("instrument", one_of=tuple(law.instruments))
        self.keys: set[str] = set()

    def profile(self) -> Profile:
        notified, effective, until = self._days()
        found = Profile(
            state=self.state,
            instrument=self.instrument,
            source=self.table.text("source"),
            notified=notified,
            effective=effective,
            until=until,
            practice=self.table.flag("practice"),
            languages=self._accepted("languages", "language", language_options(self.law, self.instrument)),
            channels=self._accepted("channels", "channel", channel_options(self.law, self.instrument)),
            penalties=self._each("penalty", self._penalty),
            dual_criminality=self._each("dual_criminality", self._dual_criminality),
            told=(*self._each("form", self._form), *self._each("who_decides", self._who_decides)),
            conditions=self._each("condition", self._condition),
            grounds=self._each("ground", self._ground),
        )
        self.table.end()
        return found

    def _days(self) -> tuple[date, date, date | None]:
        table, adopted = self.table, self.law.instrument(self.instrument).adopted
        notified = table.day("notified")
        effective = table.day("effective") if table.has("effective") else notified
        until = table.day("until") if table.has("until") else None
        if notified < adopted:
            raise table.fail(f"nothing can be notified on {notified}, before the treaty was adopted", "notified")
        if effective < notified:
            raise table.fail(f"it cannot take effect on {effective}, before it was notified", "effective")
        if until is not None and until <= effective:
            raise table.fail(f"it cannot end on {until}, before it has taken effect", "until")
        return notified, effective, until

    def _accepted(self, key: str, kind: str, known: Collection[str]) -> Accepted | None:
        if not self.table.has(key):
            return None
        table = self.table.table(key)
        provision = self._hook(table, kind)
        values = table.texts("accepted")
        for value in values:
            if value not in known:
                raise table.fail(f"{value!r} must be one of {', '.join(known)}", "accepted")
        if not values:
            raise table.fail("name at least one that is accepted", "accepted")
        table.end()
        return Accepted(provision=provision.number, values=values)

    def _each(self, key: str, read: Callable[[Table], _Entry]) -> tuple[_Entry, ...]:
        found = []
        for inner in self.table.tables(key):
            found.append(read(inner))
            inner.end()
        if len(found) > MAX_ENTRIES:
            raise self.table.fail(f"{len(found)} entries are more than the limit of {MAX_ENTRIES}", key)
        return tuple(found)

    def _penalty(self, table: Table) -> LeastPenalty:
        provision = self._hook(table, "penalty")
        measures = self._measures(table, provision)
        for measure in measures:
            threshold = self.law.measure(measure, instrument=self.instrument).scope_threshold
            if threshold:
                message = f"for {measure} the treaty itself says how heavy the penalty must be ({threshold})"
                raise _lowers(table, message, "measures")
        return LeastPenalty(provision=provision.number, measures=measures, years=table.number("years"))

    def _dual_criminality(self, table: Table) -> DualCriminality:
        provision = self._hook(table, "dual-criminality")
        measures = self._measures(table, provision)
        self._refuse_closed(table, measures)
        policy = table.text("policy", one_of=("required", "not-required"))
        return DualCriminality(provision=provision.number, measures=measures, required=policy == "required")

    def _form(self, table: Table) -> Told:
        return self._told(table, "form")

    def _who_decides(self, table: Table) -> Told:
        return self._told(table, "who-decides")

    def _told(self, table: Table, kind: str) -> Told:
        provision = self._hook(table, kind)
        measures = self._measures(table, provision)
        return Told(kind=kind, provision=provision.number, measures=measures, what=table.words("what"))

    def _condition(self, table: Table) -> Asked:
        provision = self._hook(table, "condition")
        measures = self._measures(table, provision)
        self._refuse_closed(table, measures)
        remedy = table.words("remedy", optional=True)
        question = table.words("question")
        return Asked(
            key=self._key(table), provision=provision.number, measures=measures, question=question, remedy=remedy
        )

    def _ground(self, table: Table) -> Asked:
        provision = self._hook(table, "ground")
        measures = self._measures(table, provision)
        self._refuse_closed(table, measures)
        effect = table.text("effect", one_of=_GROUND_EFFECTS)
        if effect == "no-duty":
            message = "a State's own law lets it decline or postpone; that it owes nothing, only the treaty says"
            raise _lowers(table, message, "effect")
        question = table.words("question")
        return Asked(
            key=self._key(table), provision=provision.number, measures=measures, question=question, effect=effect
        )

    def _key(self, table: Table) -> str:
        key = table.text("key")
        if key in self.keys:
            raise table.fail(f"the key {key!r} stands twice", "key")
        self.keys.add(key)
        return key

    def _hook(self, table: Table, kind: str) -> Provision:
        """The provision that an entry hangs on, which must leave *kind* to domestic law."""
        number = table.text("provision")
        try:
            provision = self.law.provision(self.instrument, number)
        except UnknownProvision as error:
            raise table.fail(error.message, "provision") from error
        if kind not in provision.leaves_to_law:
            able = [one.number for one in self.law.provisions(self.instrument) if kind in one.leaves_to_law]
            where = f"; {', '.join(able)} would" if able else ""
            raise _lowers(table, f"{number} leaves nothing of the kind {kind!r} to domestic law{where}", "provision")
        return provision

    def _measures(self, table: Table, provision: Provision) -> tuple[str, ...]:
        """The measures of an entry: those named, all of the provision's when none is."""
        measures = table.texts("measures") or provision.measures
        for measure in measures:
            if measure not in provision.measures:
                message = f"{provision.number} does not bear on {measure!r}; it does on {', '.join(provision.measures)}"
                raise table.fail(message, "measures")
        return measures

    def _refuse_closed(self, table: Table, measures: tuple[str, ...]) -> None:
        """Refuse to add to the grounds of a measure for which one provision lists all there are."""
        for measure in measures:
            bearing = self.law.provisions(self.instrument, measure=measure)
            closing = next((one.number for one in bearing if one.only_grounds), "")
            if closing:
                message = f"{closing} lists all the grounds there are for {measure}; a profile adds none"
                raise _lowers(table, message, "measures")


def _lowers(table: Table, message: str, key: str) -> LowersDuty:
    return LowersDuty(message, where=table.fail(message, key).where)
