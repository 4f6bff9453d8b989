"""The entries of a national profile as people read them: of what kind, under which provision, for which measures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rogatory.law.form import Option
from rogatory.law.model import Law
from rogatory.law.words import Words
from rogatory.opinion.case import CHANNEL, LANGUAGE, fixed, say
from rogatory.opinion.profiles import Asked, Profile

_HEADS = {
    "language": "profile-kind-language",
    "channel": "profile-kind-channel",
    "penalty": "profile-kind-penalty",
    "dual-criminality": "profile-kind-dual-criminality",
    "form": "profile-kind-form",
    "who-decides": "profile-kind-who-decides",
    "condition": "profile-kind-condition",
    "ground": "profile-kind-ground",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a State notified; *kind* is what the provision leaves to law, *effect* that of a ground."""

    kind: str
    head: Words
    provision: str
    measures: tuple[str, ...]
    said: Words
    effect: str = ""

    def to_json(self) -> dict[str, Any]:
        """This entry as JSON."""
        return {
            "kind": self.kind,
            "head": self.head.to_json(),
            "provision": self.provision,
            "measures": list(self.measures),
            "said": self.said.to_json(),
            "effect": self.effect,
        }


def entries(profile: Profile, law: Law) -> tuple[Entry, ...]:
    """Everything that *profile* says, in the order of the kinds."""
    return (
        *_accepted("language", profile, law),
        *_accepted("channel", profile, law),
        *(
            _entry("penalty", one.provision, one.measures, say("profile-entry-penalty", threshold=one.years))
            for one in profile.penalties
        ),
        *(
            _entry("dual-criminality", one.provision, one.measures, _insists(required=one.required))
            for one in profile.dual_criminality
        ),
        *(_entry(one.kind, one.provision, one.measures, one.what) for one in profile.told),
        *(_asked("condition", one) for one in profile.conditions),
        *(_asked("ground", one) for one in profile.grounds),
    )


def language_options(law: Law, instrument: str) -> dict[str, Option]:
    """The languages that a form of *instrument* knows, by code."""
    forms = (form for (name, _), form in law.forms.items() if name == instrument)
    fields = (form.fields_by_key[LANGUAGE] for form in forms if LANGUAGE in form.fields_by_key)
    return {option.value: option for field in fields for option in field.options}


def channel_options(law: Law, instrument: str) -> dict[str, Option]:
    """The channels that *instrument* asks about, by code."""
    asks = (ask for one in law.provisions(instrument) for ask in one.asks if ask.key == CHANNEL)
    return {option.value: option for ask in asks for option in ask.options}


def _accepted(kind: str, profile: Profile, law: Law) -> Iterator[Entry]:
    given = profile.languages if kind == "language" else profile.channels
    if given is not None:
        known = language_options if kind == "language" else channel_options
        options = known(law, profile.instrument)
        measures = law.provision(profile.instrument, given.provision).measures
        yield _entry(kind, given.provision, measures, _joined(options[value].label for value in given.values))


def _joined(labels: Iterable[Words]) -> Words:
    labels = list(labels)
    return Words("; ".join(label.en for label in labels), " ; ".join(label.fr for label in labels))


def _insists(*, required: bool) -> Words:
    return fixed("profile-entry-required") if required else fixed("profile-entry-not-required")


def _asked(kind: str, asked: Asked) -> Entry:
    return _entry(kind, asked.provision, asked.measures, asked.question, asked.effect)


def _entry(kind: str, provision: str, measures: tuple[str, ...], said: Words, effect: str = "") -> Entry:
    head = fixed(_HEADS[kind])
    return Entry(kind=kind, head=head, provision=provision, measures=measures, said=said, effect=effect)
