"""How a State may consent, and until when it may sign: read from the final clauses in the law data.

Who signed ratifies, accepts or approves; who did not accedes. While signature is open, a State that has not signed may
still plan to sign and then to ratify.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from rogatory.errors import NotPermitted
from rogatory.law.model import Law
from rogatory.law.words import Answer
from rogatory.readiness.catalogue import HOME
from rogatory.readiness.choices import MANNERS, SIGNATORY_MANNERS
from rogatory.status.engine import Status


class WrongManner(NotPermitted):
    """The State cannot consent in this manner."""

    code = "wrong-manner"
    remedy = "Who signed ratifies, accepts or approves; who did not sign in time accedes."


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """The provision on signature, the days between which it is open, and whether the State signed, and when."""

    provision: str
    opens: date
    closes: date
    signed: Answer
    on: date | None

    def open_on(self, day: date) -> bool:
        """Whether the Convention can be signed on that day."""
        return self.opens <= day <= self.closes


def manner_provision(manner: str) -> str:
    """The provision that consent in that manner stands on; that of the first where none is chosen yet."""
    return _table()[manner or MANNERS[0]]["provision"]


def signing(law: Law, status: Status, state: str, on: date) -> Signing:
    """What is known of the signature of *state* on that day."""
    told = _table()["signature"]
    dates = law.provision(HOME, told["provision"]).dates
    signatures = [one for one in status.deposits(HOME, state=state) if one.action == "signature"]
    return Signing(
        provision=told["provision"],
        opens=dates[told["opens"]],
        closes=dates[told["closes"]],
        signed=signatures[0].done_by(on) if signatures else Answer.NO,
        on=signatures[0].on if signatures else None,
    )


def manner_fits(manner: str, found: Signing, on: date) -> bool:
    """Whether a State so placed can consent in that *manner* on that day, as far as is known."""
    if found.signed is Answer.YES:
        return manner in SIGNATORY_MANNERS
    too_late = found.signed is Answer.NO and on > found.closes
    return not (too_late and manner in SIGNATORY_MANNERS)


def require_manner(manner: str, found: Signing, on: date) -> None:
    """Nothing, where a State so placed can consent in that *manner*, or none is chosen; raises `WrongManner`."""
    if not manner or manner_fits(manner, found, on):
        return
    if found.signed is Answer.YES:
        raise WrongManner("the State signed the Convention, so it does not accede", cite=manner_provision(manner))
    message = f"the State did not sign, and signature closed on {found.closes}: it can accede"
    raise WrongManner(message, cite=manner_provision("accession"))


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(
        (files("rogatory.readiness") / "data/consent.toml").read_text("utf-8")
    )
    return found
