"""Witnesses, watched logs and alarms in Django's models."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from rogatory.ports.stores import AlreadyHeld
from rogatory.ports.witness import AcknowledgementRow, AlarmRow, CosignedRow, WatchedRow, WitnessRow
from rogatory.stores import rows
from rogatory.stores.models import (
    Alarm,
    AlarmAcknowledgement,
    CosignedCheckpoint,
    Delivery,
    WatchedLog,
    Witness,
    WitnessPolicy,
)

#: How many checkpoints that were put before the witnesses are kept: the newest.
KEPT = 256
_LOGS, _ALARMS = WatchedLog._meta.db_table, Alarm._meta.db_table
_STANDING = f"""
    WHERE NOT EXISTS (
        SELECT 1 FROM {AlarmAcknowledgement._meta.db_table} AS seen WHERE seen.number = {_ALARMS}.number
    )
    ORDER BY number
"""  # noqa: S608 (the names of our own tables)


class WitnessTables:
    """`ports.witness.Witnesses`."""

    def witnesses(self) -> Sequence[WitnessRow]:
        """The States that are asked, by State."""
        return rows.select(Witness, WitnessRow, "ORDER BY state")

    def witness(self, state: str) -> WitnessRow | None:
        """What is known of the witness *state*."""
        return rows.first(Witness, WitnessRow, "WHERE state = %s", state)

    def put_witness(self, row: WitnessRow) -> None:
        """Add the witness, or replace what is known of it."""
        rows.upsert(Witness, row, key="state")

    def remove_witness(self, state: str) -> None:
        """Ask *state* no more."""
        Witness.objects.filter(state=state).delete()

    def policy(self) -> int:
        """How many cosignatures a checkpoint needs to count as witnessed; 1 before anybody said."""
        return WitnessPolicy.objects.values_list("needed", flat=True).first() or 1

    def set_policy(self, needed: int) -> None:
        """Make *needed* the number."""
        WitnessPolicy.objects.update_or_create(one=1, defaults={"needed": needed})

    def cosigned(self, limit: int) -> Sequence[CosignedRow]:
        """The newest *limit* checkpoints that were put before the witnesses, the largest first."""
        return rows.select(CosignedCheckpoint, CosignedRow, "ORDER BY size DESC LIMIT %s", limit)

    def cosigned_at(self, size: int) -> CosignedRow | None:
        """The checkpoint of exactly *size*, held until the transaction ends."""
        return rows.first(CosignedCheckpoint, CosignedRow, f"WHERE size = %s{_hold()}", size)

    def put_cosigned(self, row: CosignedRow) -> None:
        """Keep *row*, and let go of those that are far older."""
        rows.upsert(CosignedCheckpoint, row, key="size")
        sizes = CosignedCheckpoint.objects.order_by("-size").values_list("size", flat=True)
        oldest = sizes[KEPT - 1 : KEPT].first()
        if oldest is not None:
            CosignedCheckpoint.objects.filter(size__lt=oldest).delete()

    def watched(self) -> Sequence[WatchedRow]:
        """Every partner's log that is or was followed, by State and origin."""
        return rows.select(WatchedLog, WatchedRow, "ORDER BY state, origin")

    def hold_watched(self, row: WatchedRow) -> WatchedRow:
        """The row of that State and origin, held until the transaction ends; *row* itself where there was none."""
        which = f"WHERE state = %s AND origin = %s{_hold()}"
        held = rows.first(WatchedLog, WatchedRow, which, row.state, row.origin)
        if held is not None:
            return held
        WatchedLog.objects.get_or_create(state=row.state, origin=row.origin, defaults=rows.values(row))
        return self.hold_watched(row)

    def put_watched(self, row: WatchedRow) -> None:
        """Replace the row of that State and origin."""
        changing = [name for name in rows.names(WatchedRow) if name not in ("state", "origin")]
        settings = ", ".join(f'"{name}" = %s' for name in changing)
        rows.run(
            f"UPDATE {_LOGS} SET {settings} WHERE state = %s AND origin = %s",  # noqa: S608 (our own columns)
            *(getattr(row, name) for name in changing),
            row.state,
            row.origin,
        )

    def newest_receipts(self, state: str, since: datetime | None, limit: int) -> Sequence[str]:
        """Receipts that *state* gave us after *since*, the newest first."""
        found = Delivery.objects.filter(partner=state, delivered_at__isnull=False).order_by("-sequence")
        if since is not None:
            found = found.filter(delivered_at__gt=since)
        return list(found.values_list("receipt", flat=True)[:limit])

    def alarms(self, limit: int) -> Sequence[AlarmRow]:
        """The newest alarms first."""
        return rows.select(Alarm, AlarmRow, "ORDER BY number DESC LIMIT %s", limit)

    def alarm(self, number: int) -> AlarmRow | None:
        """The alarm of that number."""
        return rows.first(Alarm, AlarmRow, "WHERE number = %s", number)

    def newest_alarm(self, state: str, kind: str) -> AlarmRow | None:
        """The newest alarm of that kind about *state*."""
        return rows.first(Alarm, AlarmRow, "WHERE state = %s AND kind = %s ORDER BY number DESC", state, kind)

    def standing(self) -> Sequence[AlarmRow]:
        """The alarms that nobody has acknowledged, the oldest first."""
        return rows.select(Alarm, AlarmRow, _STANDING)

    def add_alarm(self, row: AlarmRow) -> None:
        """Keep *row* for ever."""
        rows.insert(Alarm, row)

    def acknowledgements(self, numbers: Sequence[int]) -> Sequence[AcknowledgementRow]:
        """The acknowledgements of those alarms."""
        return rows.many(AcknowledgementRow, AlarmAcknowledgement.objects.filter(number__in=numbers).order_by("number"))

    def acknowledge(self, row: AcknowledgementRow) -> None:
        """Keep *row*; raises `AlreadyHeld`."""
        if not rows.insert_new(AlarmAcknowledgement, row, key="number"):
            raise AlreadyHeld(f"the alarm {row.number} was acknowledged already")


def _hold() -> str:
    return " FOR UPDATE" if connection.features.has_select_for_update else ""
