"""How every State stands to one instrument on a day: the rows and tiles of the status page, and its file.

The way of a State is told by what is certain: *party* once it is bound, *consented* when its instrument is there and
does not bind yet, *unknown* where a day that is not known leaves it open. A deposit that the depositary's own list
does not confirm is marked as unsure.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from rogatory.law.words import Answer
from rogatory.status.engine import Status
from rogatory.status.model import Deposit, Standing, State
from rogatory.status.taking import day_text
from rogatory.web.stateorder import folded, in_order
from rogatory.web.statuswords import GROUPS, WAYS, Way

#: Those that have done something about the instrument, or may have: what the table shows first.
ACTED = "acted"
COLUMNS = ("state", "name", "group", "standing", "signed", "consent", "deposited", "since", "certainty", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One State: its way to stand, its signature and its instrument of consent by that day, since when it is bound."""

    state: State
    way: str
    signed: Deposit | None
    consent: Deposit | None
    standing: Standing

    @property
    def look(self) -> Way:
        """The letter and the word of its way."""
        return WAYS[self.way]

    @property
    def group(self) -> str:
        """Its regional group; `none` for a State in no group."""
        return self.state.group or "none"

    @property
    def deciding(self) -> Deposit | None:
        """The deposit that its way rests on, if any."""
        return self.consent or self.signed

    @property
    def unsure(self) -> bool:
        """Whether that deposit is not confirmed."""
        return self.deciding is not None and self.deciding.certainty != "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows are wanted: of a name or code, a group, a way (`acted` for all that did something), in which order."""

    text: str = ""
    group: str = ""
    way: str = ""
    sort: str = ""


def rows(status: Status, instrument: str, on: date) -> tuple[Row, ...]:
    """Every State that could be a Party, in the order of the names in the language of the page."""
    return tuple(row_of(status, state, instrument, on) for state in in_order(status.states.values()))


def row_of(status: Status, state: State, instrument: str, on: date) -> Row:
    """How *state* stands to *instrument* on that day; raises `UnknownInstrument`."""
    standing = status.standing(state.iso3, instrument, on)
    signatures = [item for item in status.deposits(instrument, state=state.iso3) if item.action == "signature"]
    signed = next((item for item in signatures if item.done_by(on) is not Answer.NO), None)
    way = way_of(status, standing)
    consent = standing.deposit if way in ("party", "consented", "left") or _reported(standing) else None
    return Row(state=state, way=way, signed=signed, consent=consent, standing=standing)


def _reported(standing: Standing) -> bool:
    return standing.deposit is not None and standing.deposit.done_by(standing.on) is not Answer.NO


def way_of(status: Status, standing: Standing) -> str:
    """The way of one standing, as `WAYS` names it."""
    if standing.bound is Answer.YES:
        return "party"
    consent = standing.deposit
    done = Answer.NO if consent is None else _done(status, consent, standing)
    if standing.bound is Answer.UNKNOWN or done is Answer.UNKNOWN:
        return "unknown"
    if consent is not None and done is Answer.YES:
        return "left" if _denounced(status, consent, standing.on) else "consented"
    return "neither" if standing.signatory is Answer.NO else "signatory"


def _done(status: Status, consent: Deposit, standing: Standing) -> Answer:
    """Whether the instrument was there: one without a day was, by the day up to which the list reaches."""
    known = status.progress(standing.instrument).as_of
    return Answer.YES if consent.latest is None and standing.on >= known else consent.done_by(standing.on)


def _denounced(status: Status, consent: Deposit, on: date) -> bool:
    after = consent.latest or date.min
    acts = status.deposits(consent.instrument, state=consent.state)
    return any(
        item.action == "denunciation" and item.done_by(on) is Answer.YES and (item.latest or on) >= after
        for item in acts
    )


def by_group(every: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """The rows of each regional group, groups in their usual order."""
    found: dict[str, list[Row]] = {group: [] for group in GROUPS}
    for row in every:
        found[row.group].append(row)
    return [(group, members) for group, members in found.items() if members]


def counted(every: Iterable[Row]) -> list[tuple[str, Way, int]]:
    """How many States stand in each way, in the order of the legend."""
    ways = [row.way for row in every]
    return [(way, look, ways.count(way)) for way, look in WAYS.items()]


def select(every: Sequence[Row], wanted: Wanted) -> list[Row]:
    """Those of *every* that are wanted, in the order that is wanted."""
    text = folded(wanted.text.strip())
    found = [
        row
        for row in every
        if (not text or text in folded(f"{row.state.name.en} {row.state.name.fr} {row.state.iso3}"))
        and (not wanted.group or row.group == wanted.group)
        and (not wanted.way or row.way == wanted.way or (wanted.way == ACTED and row.way != "neither"))
    ]
    if wanted.sort and wanted.sort != "name":
        found.sort(key=lambda row: _sorted_by(row, wanted.sort))
    return found


def _sorted_by(row: Row, sort: str) -> tuple[bool, object]:
    """A key by which what is missing comes last."""
    if sort == "code":
        return (False, row.state.iso3)
    if sort == "group":
        return (False, list(GROUPS).index(row.group))
    if sort == "way":
        return (False, list(WAYS).index(row.way))
    if sort == "since":
        return (row.standing.since is None, row.standing.since or date.max)
    deposit = row.signed if sort == "signed" else row.consent
    latest = deposit.latest if deposit else None
    return (deposit is None, latest or date.max)


def as_csv(every: Iterable[Row]) -> str:
    """The rows as CSV, days as RFC 3339 writes them, names in the language of the page."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in every:
        deciding = row.deciding
        writer.writerow(
            (
                row.state.iso3,
                row.state.name.get(translation.get_language() or "en"),
                row.group,
                row.way,
                day_text(row.signed) if row.signed else "",
                row.consent.action if row.consent else "",
                day_text(row.consent) if row.consent else "",
                row.standing.since or "",
                deciding.certainty if deciding else "",
                deciding.source if deciding else "",
            )
        )
    return out.getvalue()
