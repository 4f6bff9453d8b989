"""What a project has come to: its activities, its trainings and their trainees, its indicators.

Rules in words. Trainees are counted, by role and by sex; no name of a trainee stands in an entry. An activity that is
done counts as whole, one that is planned as nothing, whatever its percentage says; a cancelled one is left out. An
indicator is measured from where it began to its aim.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rogatory.assistance.shape import Fault, amount
from rogatory.kernel import times
from rogatory.law.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator and how far it has come, in whole per cent from 0 to 100; `None` where that cannot be said."""

    title: str
    unit: str
    baseline: Decimal | None
    value: Decimal | None
    target: Decimal | None
    percent: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A project on a day: how far its activities are, in whole per cent (`None` without any), and what is late."""

    percent: int | None
    late: tuple[str, ...]
    trained: int
    by_role: Mapping[str, int]
    by_sex: Mapping[str, int]
    indicators: tuple[Indicator, ...]


def faults(body: Mapping[str, Any]) -> Iterator[Fault]:
    """What contradicts itself in the body of a project."""
    trainings = len(body.get("trainings", ()))
    for place, row in enumerate(body.get("trainees", ()), 1):
        if not 1 <= row.get("training", 0) <= trainings:
            yield Fault(field=f"trainees {place} training", says=_NO_TRAINING)
    for place, row in enumerate(body.get("activities", ()), 1):
        if row.get("done", 0) > _WHOLE:
            yield Fault(field=f"activities {place} done", says=_OVER)


def progress(body: Mapping[str, Any], today: date) -> Progress:
    """How the project of *body* stands on *today*."""
    counted = [row for row in body.get("activities", ()) if row.get("status") != "cancelled"]
    done = [_done(row) for row in counted]
    roles, sexes = Counter[str](), Counter[str]()
    for row in body.get("trainees", ()):
        roles[row.get("role", "")] += row["count"]
        sexes[row.get("sex", "unsaid")] += row["count"]
    return Progress(
        percent=sum(done) // len(done) if done else None,
        late=tuple(row["title"] for row in counted if _is_late(row, today)),
        trained=sum(sexes.values()),
        by_role=dict(sorted(roles.items())),
        by_sex=dict(sorted(sexes.items())),
        indicators=tuple(_indicator(row) for row in body.get("indicators", ())),
    )


def by_training(body: Mapping[str, Any]) -> Mapping[int, int]:
    """How many were trained in each training, by its place from 1."""
    found = Counter[int]()
    for row in body.get("trainees", ()):
        found[row["training"]] += row["count"]
    return dict(found)


def _done(row: Mapping[str, Any]) -> int:
    status = row.get("status", "running" if "done" in row else "planned")
    return {"done": _WHOLE, "planned": 0}.get(status, min(int(row.get("done", 0)), _WHOLE))


def _is_late(row: Mapping[str, Any], today: date) -> bool:
    return "ends" in row and row.get("status") != "done" and times.parse_day(row["ends"]) < today


def _indicator(row: Mapping[str, Any]) -> Indicator:
    baseline, value, target = (amount(row[name]) if name in row else None for name in ("baseline", "value", "target"))
    return Indicator(
        title=row.get("title", ""),
        unit=row.get("unit", ""),
        baseline=baseline,
        value=value,
        target=target,
        percent=_percent((baseline or Decimal(0), value, target)),
    )


def _percent(measured: Sequence[Decimal | None]) -> int | None:
    begun, value, target = measured
    if begun is None or value is None or target is None or target == begun:
        return None
    return max(0, min(_WHOLE, int((value - begun) * _WHOLE / (target - begun))))


_WHOLE = 100
_NO_TRAINING = Words(
    "is not the number of a training in the list above, counted from 1",
    "n’est pas le numéro d’une formation de la liste ci-dessus, comptée à partir de 1",
)
_OVER = Words("is more than 100", "dépasse 100")
