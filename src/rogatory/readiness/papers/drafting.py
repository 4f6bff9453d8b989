"""What every paper is drafted from: law, choices, and how the State stands; and the words that papers share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rogatory.law.model import Instrument, Law
from rogatory.law.sentences import load_sentences
from rogatory.law.words import NO_WORDS, Answer, Words
from rogatory.readiness import naming
from rogatory.readiness.catalogue import HOME
from rogatory.readiness.choices import Choices, Official
from rogatory.readiness.papers.model import Missing, Remark
from rogatory.status.model import State

SENTENCES = ("rogatory.readiness", "papers.toml")
_STATUS = ("rogatory.status", "profile-sentences.toml")


def say(name: str, /, **values: object) -> Words:
    """A sentence of `data/papers.toml` with its places filled."""
    return load_sentences(*SENTENCES).say(name, **values)


def due(when: str) -> Words:
    """When a notice is due, in words: `with-instrument`, `undated` …"""
    return load_sentences(*_STATUS).say(f"when-{when}")


def lacking(place: str, sentence: str = "", /, **values: object) -> Missing:
    """What is missing at *place* of the choices; the sentence follows from the place unless it is given."""
    return Missing(place=place, what=say(f"missing-{sentence or place.replace('.', '-').replace('_', '-')}", **values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafting:
    """Law, choices and standing; `signed_on` is the day of signature where it is known."""

    law: Law
    choices: Choices
    state: State
    signatory: Answer
    signed_on: date | None

    @property
    def convention(self) -> Instrument:
        """The instrument that the State is to join."""
        return self.law.instrument(HOME)

    @property
    def organisation(self) -> bool:
        """Whether it is a regional organisation and no State."""
        return self.state.kind == "organisation"

    @property
    def names(self) -> dict[str, object]:
        """What most sentences fill in."""
        name = self.choices.name if self.choices.name != NO_WORDS else self.state.formal
        return {
            "state": name,
            "State": naming.opening(name),
            "of_state": naming.of(name),
            "convention": self.convention.name,
        }

    def addressee(self) -> tuple[Words, ...]:
        """To whom a letter goes."""
        role = say("addressee-role", convention=self.convention.name)
        return (say("addressee-name"), role, say("addressee-place"))

    def done(self) -> Words:
        """The line with place and day, the day to be written by hand."""
        return say("done-at", place=self.choices.place)

    def signature(self, who: Official, *, sealed: bool = False) -> tuple[Words, ...]:
        """The lines under which *who* signs."""
        lines = [say("signature-line"), Words(who.name, who.name), who.title]
        return tuple(one for one in (*lines, say("seal") if sealed else NO_WORDS) if one != NO_WORDS)

    def lacks_signer(self, role: str = "signer", *, office: bool = True) -> Iterator[Missing]:
        """What is not known of who signs: name, title and, where it matters, the office."""
        who: Official = getattr(self.choices, role)
        if not who.name:
            yield lacking(f"{role}.name")
        if who.title == NO_WORDS:
            yield lacking(f"{role}.title")
        if office and not who.office:
            yield lacking(f"{role}.office")

    def lacks_frame(self) -> Iterator[Missing]:
        """What every paper needs: the State's formal name, and the place."""
        if self.choices.name == NO_WORDS:
            yield lacking("name")
        if self.choices.place == NO_WORDS:
            yield lacking("place")

    def single(self, *prefixes: str) -> Iterator[Remark]:
        """The remark on texts that were given in one language only, among those under *prefixes*."""
        places = [one for one in self.choices.one_language if one.startswith(prefixes)]
        if places:
            shown = ", ".join(places)
            yield Remark(kind="language", text=say("remark-one-language", places=shown))

    def doubt(self, number: str) -> Iterator[Remark]:
        """The remark on a provision whose description is not certain."""
        checked = self.law.provision(HOME, number).checked
        if checked.certainty != "high":
            named = naming.provision(number)
            yield Remark(kind="unsure", text=say("cover-checked", provision=named, checked=checked.words))
