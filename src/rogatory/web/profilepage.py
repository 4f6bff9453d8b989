"""National profiles as pages show them: what each says, and how it stands on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rogatory.law.model import Instrument, Law
from rogatory.node.profiles import Notified
from rogatory.opinion.profile_entries import Entry, entries
from rogatory.opinion.profiles import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One profile of a list: what it says, entry by entry, and how it stands: a code of `words.PROFILES`."""

    kept: Notified
    instrument: Instrument
    entries: tuple[Entry, ...]
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a profile says, for a page that shows it whole."""

    profile: Profile
    instrument: Instrument
    entries: tuple[Entry, ...]


def shown(kept: Notified, law: Law, on: date) -> Shown:
    """One profile as it stands on that day."""
    return Shown(
        kept=kept,
        instrument=law.instrument(kept.row.instrument),
        entries=entries(kept.profile, law) if kept.profile else (),
        standing=_standing(kept, on),
    )


def own_law(found: Iterable[Notified], law: Law, on: date) -> tuple[Shown, ...]:
    """Those of *found* that count on that day, whether they can be read or not."""
    return tuple(shown(one, law, on) for one in found if one.counts_on(on))


def told(profile: Profile, law: Law) -> Told:
    """What *profile* says."""
    return Told(profile=profile, instrument=law.instrument(profile.instrument), entries=entries(profile, law))


def _standing(kept: Notified, on: date) -> str:
    if kept.counts_on(on):
        return "unreadable" if kept.problem else "counts"
    if kept.withdrawn and (kept.never or kept.row.effective <= on):
        return "withdrawn"
    return "not-yet" if kept.row.effective > on else "ended"
