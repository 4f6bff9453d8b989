"""What is answered about the law, by the command line and by the HTTP API alike."""

from dataclasses import dataclass
from datetime import date

from rogatory.law.model import Law, Provision
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which provisions of an instrument are wanted; an empty text wants all."""

    measure: str = ""
    kind: str = ""
    who: str = ""
    article: str = ""


def provisions(law: Law, instrument: str, wanted: Wanted) -> tuple[Provision, ...]:
    """Those provisions of *instrument*, in their order; raises `UnknownInstrument` or `UnknownMeasure`."""
    if wanted.measure:
        law.measure(wanted.measure, instrument=instrument)
    return tuple(
        one
        for one in law.provisions(instrument, measure=wanted.measure, kind=wanted.kind)
        if wanted.who in ("", one.who) and wanted.article in ("", one.article)
    )
