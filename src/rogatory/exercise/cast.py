"""Who plays: two practice States and the people at their contact points. None of them exists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Player:
    """One person: log-in, full name and roles."""

    login: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """One practice State: code, name, languages, administrator and desk."""

    state: str
    name: str
    languages: tuple[str, ...]
    administrator: Player
    desk: tuple[Player, ...]

    def holder(self, role: str) -> str:
        """The log-in of the first person who holds *role*."""
        everybody = (*self.desk, self.administrator)
        return next(player.login for player in everybody if role in player.roles)


VIET_NAM = Country(
    state="VNM",
    name="Viet Nam",
    languages=("en", "fr", "vi"),
    administrator=Player("giang", "Đỗ Giang", ("administrator",)),
    desk=(
        Player("binh", "Trần Thị Bình", ("approver",)),
        Player("an", "Nguyễn Văn An", ("drafter", "approver")),
        Player("chau", "Lê Minh Châu", ("duty-officer",)),
        Player("dung", "Phạm Quốc Dũng", ("custodian",)),
        Player("em", "Võ Thị Em", ("auditor",)),
    ),
)
FRANCE = Country(
    state="FRA",
    name="France",
    languages=("fr", "en"),
    administrator=Player("hugo", "Hugo Garnier", ("administrator",)),
    desk=(
        Player("camille", "Camille Martin", ("duty-officer",)),
        Player("dominique", "Dominique Petit", ("approver",)),
        Player("ines", "Inès Moreau", ("custodian",)),
        Player("lou", "Lou Bernard", ("drafter",)),
        Player("noe", "Noé Laurent", ("auditor",)),
    ),
)
