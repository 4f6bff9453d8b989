"""What can go wrong, with a stable code for each.

Families say whose fault it is: `BadInput` (what a person or a file gave us), `Untrusted` (what another State's
node sent), `NotPermitted` (the Convention, or the state of the case, does not allow the step), `NotFound`,
`Unavailable` (the road or the disk failed; trying again may help) and `BadData` (our own law data is wrong).
Narrow errors are defined beside the code that raises them. A message says what happened, which provision, file or
line, and what to do next.
"""

from typing import ClassVar


class RogatoryError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "rogatory-error"
    remedy: ClassVar[str] = "Read the message; if it does not help, report it."

    def __init__(
        self,
        message: str | None = None,
        *,
        cite: str | None = None,
        where: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.cite = cite
        self.where = where
        self.advice = remedy or self.remedy
        super().__init__(self.message)

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        cite = f" [{self.cite}]" if self.cite else ""
        return f"{where}{self.message}{cite}"


class BadInput(RogatoryError):
    """What was given cannot be used."""

    code = "bad-input"
    remedy = "Put right what the message names, and try again."


class Untrusted(RogatoryError):
    """What was received does not prove what it must prove."""

    code = "untrusted"
    remedy = "Do not use it. Ask its sender, over a channel that you trust, to look at it and send it again."


class NotPermitted(RogatoryError):
    """The Convention, or the state of the case, does not allow this step."""

    code = "not-permitted"
    remedy = "Look at the present state of the case and at who holds the role."


class NotFound(RogatoryError):
    """There is no such thing here."""

    code = "not-found"
    remedy = "Check the name that the message gives; the lists show what is here."


class Unavailable(RogatoryError):
    """Something this needs cannot be reached now."""

    code = "unavailable"
    remedy = "Try again later; nothing was changed."


class BadData(RogatoryError):
    """The law data is not well formed."""

    code = "bad-data"
    remedy = "Correct the file and line that the message names; if you did not change it, report it."
