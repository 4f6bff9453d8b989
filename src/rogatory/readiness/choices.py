"""What a State decides on its way to become a Party, as plain values; anything may still be open.

Texts are `Words`: what is given in one language only stands in both, and the cover sheet says so. Authorities, laws and
reservations name the provision that they answer to; which provisions there are comes from the law data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rogatory.law.words import NO_WORDS, Words

#: How a State consents: who signed ratifies, accepts or approves; who did not accedes.
SIGNATORY_MANNERS = ("ratification", "acceptance", "approval")
MANNERS = (*SIGNATORY_MANNERS, "accession")
#: Who speaks for a State without full powers, by custom; and anybody else.
HIGH_OFFICES = ("head-of-state", "head-of-government", "minister-of-foreign-affairs")
OFFICES = (*HIGH_OFFICES, "other")
#: How a law is handed over: a copy of it, or a description.
FORMS = ("copy", "description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """A person who signs: full name, title and the office that decides whether full powers are needed."""

    name: str = ""
    title: Words = NO_WORDS
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A span of every week in which people sit at a desk: minutes from Monday 00:00 local time, how many, languages."""

    start: int
    end: int
    people: int
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A body that is notified under *provision*; *desk* is the authority of this node that it is, if any."""

    provision: str
    name: Words = NO_WORDS
    address: Words = NO_WORDS
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    desk: str = ""
    staffed: tuple[Shift, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalLaw:
    """A law, or a later change to one, that is handed over under *provisions*: by `copy` or by `description`."""

    provisions: tuple[str, ...]
    title: Words
    reference: str = ""
    on: date | None = None
    form: str = "copy"
    description: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A `reservation` or a `declaration` about *provision*: its text, and why, where no provision offers it by name."""

    kind: str
    provision: str
    text: Words = NO_WORDS
    justification: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Everything decided so far.

    `treaty_dependent`: whether the State extradites only under a treaty; `takes_as_basis`: whether it takes the
    Convention as that treaty. `settled`: it was decided which reservations and declarations to make, if any.
    `grantor` gives full powers to `plenipotentiary`, who signs what no high office signs.
    """

    manner: str = ""
    name: Words = NO_WORDS
    place: Words = NO_WORDS
    signer: Official = Official()
    grantor: Official = Official()
    plenipotentiary: Official = Official()
    ministry: Words = NO_WORDS
    mission: Words = NO_WORDS
    languages: tuple[str, ...] = ()
    treaty_dependent: bool | None = None
    takes_as_basis: bool | None = None
    competence: Words = NO_WORDS
    authorities: tuple[Authority, ...] = ()
    laws: tuple[NationalLaw, ...] = ()
    statements: tuple[Statement, ...] = ()
    settled: bool = False
    one_language: tuple[str, ...] = ()

    def authority(self, provision: str) -> tuple[Authority, ...]:
        """The authorities that are notified under *provision*."""
        return tuple(one for one in self.authorities if one.provision == provision)

    def laws_for(self, provision: str) -> tuple[NationalLaw, ...]:
        """The laws that are handed over under *provision*."""
        return tuple(one for one in self.laws if provision in one.provisions)

    def by_provision(self) -> Mapping[str, tuple[Statement, ...]]:
        """The reservations and declarations by provision."""
        found: dict[str, tuple[Statement, ...]] = {}
        for one in self.statements:
            found[one.provision] = (*found.get(one.provision, ()), one)
        return found


NO_CHOICES = Choices()
