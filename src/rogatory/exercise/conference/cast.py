"""Who takes part in the practice session: sixty delegations, none of which exists.

States are called after trees, so that no State is ever shown voting in a fiction. Their codes begin with X, which ISO
3166 leaves to its users. Each third thing about them (group, standing) follows from their place in the list.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

#: The day on which the session opens, when nothing else is asked for.
OPENS = date(2028, 3, 6)
MEETING = "PRACTICE-1"
GROUPS = ("african", "asia-pacific", "eastern-european", "latin-american-caribbean", "western-european-and-others")
ORGANISATION = "XOU"
MEMBERS = ("XAP", "XCH", "XLE", "XOR", "XPE", "XQU")
SIGNATORIES = ("XFG", "XJA", "XPU", "XWI")
#: Who presides until a President is elected: the President of the session before.
OUTGOING = "XOA"
ENTITY = "XENT"
SOCIETIES: Mapping[str, tuple[str, str, str]] = {
    "XWATCH": ("ngo-other", "Arboretum Watch", "Observatoire de l’arboretum"),
    "XROOTS": ("ngo-other", "Roots and Networks", "Racines et réseaux"),
    "XSEEDS": ("ngo-ecosoc", "International Seed Library", "Semothèque internationale"),
}
#: Code, name in English and in French. In English alphabetical order, as a roll-call is.
STATES = (
    ("XAC", "Acacia", "Acacia"),
    ("XAL", "Alder", "Aulne"),
    ("XAP", "Apple", "Pommier"),
    ("XAS", "Ash", "Frêne"),
    ("XAN", "Aspen", "Tremble"),
    ("XBA", "Baobab", "Baobab"),
    ("XBY", "Bay", "Laurier"),
    ("XBE", "Beech", "Hêtre"),
    ("XBI", "Birch", "Bouleau"),
    ("XBO", "Boxwood", "Buis"),
    ("XCA", "Carob", "Caroubier"),
    ("XCE", "Cedar", "Cèdre"),
    ("XCH", "Cherry", "Cerisier"),
    ("XCN", "Chestnut", "Châtaignier"),
    ("XCO", "Coconut", "Cocotier"),
    ("XCK", "Cork Oak", "Chêne-liège"),
    ("XCY", "Cypress", "Cyprès"),
    ("XDA", "Date Palm", "Dattier"),
    ("XEB", "Ebony", "Ébénier"),
    ("XED", "Elder", "Sureau"),
    ("XEL", "Elm", "Orme"),
    ("XEU", "Eucalyptus", "Eucalyptus"),
    ("XFG", "Fig", "Figuier"),
    ("XFR", "Fir", "Sapin"),
    ("XGI", "Ginkgo", "Ginkgo"),
    ("XHW", "Hawthorn", "Aubépine"),
    ("XHZ", "Hazel", "Noisetier"),
    ("XHO", "Holly", "Houx"),
    ("XHB", "Hornbeam", "Charme"),
    ("XIR", "Ironwood", "Bois-de-fer"),
    ("XJA", "Jacaranda", "Jacaranda"),
    ("XJU", "Juniper", "Genévrier"),
    ("XLA", "Larch", "Mélèze"),
    ("XLE", "Lemon", "Citronnier"),
    ("XLI", "Linden", "Tilleul"),
    ("XMG", "Magnolia", "Magnolia"),
    ("XMH", "Mahogany", "Acajou"),
    ("XMN", "Mango", "Manguier"),
    ("XMV", "Mangrove", "Palétuvier"),
    ("XMP", "Maple", "Érable"),
    ("XMD", "Medlar", "Néflier"),
    ("XMU", "Mulberry", "Mûrier"),
    ("XMY", "Myrtle", "Myrte"),
    ("XOA", "Oak", "Chêne"),
    ("XOL", "Olive", "Olivier"),
    ("XOR", "Orange", "Oranger"),
    ("XPE", "Pear", "Poirier"),
    ("XPI", "Pine", "Pin"),
    ("XPL", "Plane", "Platane"),
    ("XPU", "Plum", "Prunier"),
    ("XPO", "Poplar", "Peuplier"),
    ("XQU", "Quince", "Cognassier"),
    ("XRO", "Rowan", "Sorbier"),
    ("XSP", "Spruce", "Épicéa"),
    ("XSY", "Sycamore", "Sycomore"),
    ("XTE", "Teak", "Teck"),
    ("XWA", "Walnut", "Noyer"),
    ("XWI", "Willow", "Saule"),
    ("XYE", "Yew", "If"),
)
PARTIES = tuple(code for code, _, _ in STATES if code not in SIGNATORIES)
DELEGATIONS = (*(code for code, _, _ in STATES), ORGANISATION)
GROUP = {code: GROUPS[place % len(GROUPS)] for place, code in enumerate(PARTIES)}


def seats() -> list[dict[str, Any]]:
    """The sixty delegations and the entity invited in advance, as a meeting is given them."""
    found: list[dict[str, Any]] = []
    for code, english, french in STATES:
        row = {"code": code, "name": {"en": english, "fr": french}, "kind": "signatory"}
        found.append(row if code in SIGNATORIES else {**row, "kind": "party", "group": GROUP[code]})
    union = {"en": "Orchard Union", "fr": "Union des vergers"}
    found.append({"code": ORGANISATION, "name": union, "kind": "regional-organisation", "members": list(MEMBERS)})
    entity = {"en": "Standing Office of Forests", "fr": "Bureau permanent des forêts"}
    return [*found, {"code": ENTITY, "name": entity, "kind": "igo-invited"}]


def facts(opens: date = OPENS, *, meeting: str = MEETING) -> dict[str, Any]:
    """The meeting as the secretariat makes it, without its rulebook; it opens on *opens*."""
    return {
        "id": meeting,
        "title": {
            "en": "Practice session of the Conference of the States Parties",
            "fr": "Session d’exercice de la Conférence des États Parties",
        },
        "body": "conference",
        "kind": "regular",
        "venue": "Practice hall (invented)",
        "opens": opens.isoformat(),
        "closes": (opens + timedelta(days=1)).isoformat(),
        "presiding": OUTGOING,
        "seats": seats(),
    }
