"""What is answered about the law, by the command line and by the HTTP API alike."""

from dataclasses import dataclass
from datetime import date

from rogatory.law.model import Law
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentLine:
    """An instrument in the list of instruments, and the measures that it carries."""

    id: str
    short: Words
    name: Words
    adopted: date
    measures: tuple[str, ...]


def instruments(law: Law) -> tuple[InstrumentLine, ...]:
    """Every instrument we know."""
    return tuple(
        InstrumentLine(id=one.id, short=one.short, name=one.name, adopted=one.adopted, measures=tuple(one.measures))
        for one in law.instruments.values()
    )
