"""National profiles, in Django's models."""

from collections.abc import Sequence

from rogatory.ports.lawdata import ProfileRow
from rogatory.stores import rows
from rogatory.stores.models import NationalProfile


class ProfileTable:
    """`ports.lawdata.Profiles`."""

    def add(self, row: ProfileRow) -> None:
        """One more profile, or one more withdrawal."""
        rows.insert(NationalProfile, row)

    def all(self) -> Sequence[ProfileRow]:
        """Every row, the oldest first."""
        return rows.many(ProfileRow, NationalProfile.objects.order_by("id"))

    def of_state(self, state: str) -> Sequence[ProfileRow]:
        """The rows of *state*, the oldest first."""
        return rows.many(ProfileRow, NationalProfile.objects.filter(state=state).order_by("id"))
