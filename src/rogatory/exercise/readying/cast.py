"""Who plays: a practice State that has signed and not ratified, and a partner that offers help. Nobody here exists."""

from rogatory.exercise.cast import Country, Player

PRACTICE_DATE = "2028-03-01"
NEWCOMER = Country(
    state="CAN",
    name="Canada",
    languages=("en", "fr"),
    administrator=Player("grace", "Grace Campbell", ("administrator",)),
    desk=(
        Player("ada", "Ada Brown", ("assessor",)),
        Player("ben", "Ben Clarke", ("assessor",)),
        Player("lia", "Lia Morgan", ("liaison",)),
        Player("dan", "Dan Reid", ("duty-officer",)),
    ),
)
HELPER = Country(
    state="FRA",
    name="France",
    languages=("fr", "en"),
    administrator=Player("hugo", "Hugo Garnier", ("administrator",)),
    desk=(
        Player("manon", "Manon Lefèvre", ("liaison",)),
        Player("camille", "Camille Martin", ("duty-officer",)),
    ),
)
