"""What a State filed with the depositary, as its own record has it, and what of it stands.

Rules in words. A filing says which paper was filed, on which day, under which reference, and what it says. It is never
changed: a correction names it and takes it back. What stands becomes the State's own entries in status, until the
depositary's list has the same act; then the list speaks. A notice may be filed again, for the facts change; an
instrument and a reservation may not while the first stands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rogatory.errors import BadInput, NotFound, NotPermitted
from rogatory.law.words import Answer
from rogatory.readiness.catalogue import HOME
from rogatory.readiness.consent import Signing
from rogatory.readiness.papers.model import Paper
from rogatory.status.model import CONSENTS, Deposit

#: A signature leaves no paper among the drafts: it is filed by this name.
SIGNATURE = "signature"
MAX_REFERENCE = 200


class BadFiling(BadInput):
    """What was filed cannot have been filed so."""

    code = "bad-filing"
    remedy = "Give the day on which the depositary received it: --on 2026-11-22."


class AlreadyFiled(NotPermitted):
    """This paper was filed already."""

    code = "already-filed"
    remedy = "Look at `rogatory ready filed`; correct the earlier entry if it is wrong."


class NoSuchFiling(NotFound):
    """No filing of that number stands."""

    code = "no-such-filing"
    remedy = "Look at the numbers: rogatory ready filed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One filing: its number, the paper, what act it is about which provision, when, under which reference.

    `corrected` says why it no longer stands; empty while it does.
    """

    number: int
    paper: str
    action: str
    provision: str
    value: str
    on: date
    reference: str
    by: str
    corrected: str = ""

    @property
    def stands(self) -> bool:
        """Whether it was not taken back by a correction."""
        return not self.corrected


def standing(filed: Iterable[Filed]) -> tuple[Filed, ...]:
    """Those that no correction took back."""
    return tuple(one for one in filed if one.stands)


def deposits(state: str, filed: Iterable[Filed], *, practice: bool) -> tuple[Deposit, ...]:
    """The entries in status of *state* that follow from what stands; *practice* for an exercise."""
    return tuple(
        Deposit(
            state=state,
            instrument=HOME,
            action=one.action,
            earliest=one.on,
            latest=one.on,
            provision=one.provision,
            value=one.value,
            source=f"own record: {one.reference}" if one.reference else "own record",
            practice=practice,
        )
        for one in standing(filed)
        if one.action
    )


def require_filable(paper: Paper, on: date, filed: Sequence[Filed], known: Iterable[Deposit]) -> None:
    """Nothing, where *paper* can be filed as of that day; raises `AlreadyFiled` and `BadFiling`.

    *known* are the acts of the State that status has already, from whichever source.
    """
    same = [one for one in standing(filed) if one.paper == paper.id]
    if paper.kind == "notice":
        if any(one.on == on for one in same):
            raise AlreadyFiled(f"{paper.id} was filed on {on} already", cite=paper.provision)
        return
    if same:
        raise AlreadyFiled(f"{paper.id} was filed on {same[0].on} already", cite=paper.provision)
    if paper.action in CONSENTS and any(one.action in CONSENTS for one in known):
        raise AlreadyFiled("an instrument of consent of this State is known already", cite=paper.provision)


def require_day(on: date, *, today: date, adopted: date) -> None:
    """Nothing, for a day between the adoption of the Convention and today; raises `BadFiling`."""
    if on > today:
        raise BadFiling(f"{on} is not over yet: today is {today}")
    if on < adopted:
        raise BadFiling(f"{on} is before the Convention was adopted, on {adopted}")


def require_signable(signing: Signing, on: date, filed: Sequence[Filed], known: Iterable[Deposit]) -> None:
    """Nothing, where the Convention could be signed on that day; raises `AlreadyFiled` and `BadFiling`."""
    if any(one.action == SIGNATURE for one in known) or any(one.paper == SIGNATURE for one in standing(filed)):
        raise AlreadyFiled("the signature of this State is known already", cite=signing.provision)
    if not signing.open_on(on):
        message = f"on {on} the Convention was not open for signature: that is from {signing.opens} to {signing.closes}"
        raise BadFiling(message, cite=signing.provision)


def require_consentable(signing: Signing, on: date) -> None:
    """Nothing, where a State so placed could deposit an instrument on that day; raises `BadFiling`."""
    if on < signing.opens:
        message = f"on {on} the Convention was not open yet: that is from {signing.opens}"
        raise BadFiling(message, cite=signing.provision)
    if signing.signed is Answer.YES and signing.on is not None and on < signing.on:
        raise BadFiling(f"on {on} the State had not signed yet: it did on {signing.on}", cite=signing.provision)


def require_standing(number: int, filed: Iterable[Filed]) -> Filed:
    """The filing of that number, which stands; raises `NoSuchFiling`."""
    found = next((one for one in filed if one.number == number), None)
    if found is None:
        raise NoSuchFiling(f"there is no filing number {number}")
    if not found.stands:
        raise NoSuchFiling(f"filing number {number} was corrected already: {found.corrected}")
    return found


def checked_reference(text: str) -> str:
    """The reference on one line; raises `BadFiling`."""
    found = " ".join(text.split())
    if len(found) > MAX_REFERENCE or not found.isprintable():
        raise BadFiling(f"a reference has at most {MAX_REFERENCE} printable signs", remedy="Give a shorter reference.")
    return found
