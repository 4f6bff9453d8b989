"""The measures that a case can carry, and the provisions that the steps of each rest on.

Numbers are those of the Convention. For a request under another instrument, `cites` gives the parallel provision.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The provisions that the steps of one measure rest on; an empty one: the measure has no such step.

    `talk` is that of questions and supplements, `progress` that of notes, questions on progress and withdrawal.
    """

    opening: str
    acknowledgement: str
    accepted: str = ""
    declined: str = ""
    postponed: str = ""
    delivery: str = ""
    receipt: str = ""
    outcome: str = ""
    closure: str = ""
    talk: str = "40(16)"
    progress: str = "40(26)"


PRESERVATION = "preservation"
TRAFFIC_DISCLOSURE = "traffic-disclosure"
STORED_DATA = "stored-data"
LIVE_TRAFFIC = "live-traffic"
INTERCEPTION = "interception"
MLA = "mla"
EXTRADITION = "extradition"
SENTENCED_PERSON = "sentenced-person"
PROCEEDINGS_TRANSFER = "proceedings-transfer"
POLICE_COOPERATION = "police-cooperation"
JOINT_INVESTIGATION = "joint-investigation"
CONFISCATION = "confiscation"
RETURN_OF_PROPERTY = "return-of-property"
SPONTANEOUS_INFORMATION = "spontaneous-information"

#: The measures, as a person looks for them.
FAMILIES: dict[str, tuple[str, ...]] = {
    "electronic-evidence": (PRESERVATION, TRAFFIC_DISCLOSURE, STORED_DATA, LIVE_TRAFFIC, INTERCEPTION),
    "assistance": (MLA, POLICE_COOPERATION, JOINT_INVESTIGATION, SPONTANEOUS_INFORMATION),
    "persons": (EXTRADITION, SENTENCED_PERSON, PROCEEDINGS_TRANSFER),
    "property": (CONFISCATION, RETURN_OF_PROPERTY),
}

BASES: dict[str, Basis] = {
    PRESERVATION: Basis(opening="42(1)", acknowledgement="41(1)", accepted="42(4)", declined="42(6)"),
    TRAFFIC_DISCLOSURE: Basis(
        opening="43(1)",
        acknowledgement="41(1)",
        accepted="43(1)",
        declined="43(2)",
        delivery="43(1)",
        receipt="40(19)",
        outcome="43(1)",
        closure="40(26)",
    ),
    STORED_DATA: Basis(
        opening="44(1)",
        acknowledgement="40(26)",
        accepted="44(2)",
        declined="40(25)",
        postponed="40(27)",
        delivery="44(1)",
        receipt="40(19)",
        outcome="40(26)",
        closure="40(26)",
    ),
    LIVE_TRAFFIC: Basis(
        opening="45(1)",
        acknowledgement="40(26)",
        accepted="45(1)",
        declined="40(25)",
        postponed="40(27)",
        delivery="45(1)",
        receipt="40(19)",
        outcome="40(26)",
        closure="40(26)",
    ),
    INTERCEPTION: Basis(
        opening="46",
        acknowledgement="40(26)",
        accepted="46",
        declined="40(25)",
        postponed="40(27)",
        delivery="46",
        receipt="40(19)",
        outcome="40(26)",
        closure="40(26)",
    ),
    MLA: Basis(
        opening="40(3)",
        acknowledgement="40(26)",
        accepted="40(17)",
        declined="40(25)",
        postponed="40(27)",
        delivery="40(17)",
        receipt="40(19)",
        outcome="40(26)",
        closure="40(26)",
    ),
    EXTRADITION: Basis(
        opening="37(1)",
        acknowledgement="37(9)",
        accepted="37(18)",
        declined="37(18)",
        outcome="37(18)",
        closure="37(9)",
        talk="37(17)",
        progress="37(9)",
    ),
    SENTENCED_PERSON: Basis(
        opening="38",
        acknowledgement="38",
        accepted="38",
        declined="38",
        outcome="38",
        closure="38",
        talk="38",
        progress="38",
    ),
    PROCEEDINGS_TRANSFER: Basis(
        opening="39(1)",
        acknowledgement="39(1)",
        accepted="39(1)",
        declined="39(1)",
        outcome="39(1)",
        closure="39(1)",
        talk="39(1)",
        progress="39(1)",
    ),
    POLICE_COOPERATION: Basis(
        opening="47(1)(b)",
        acknowledgement="47(1)(a)",
        accepted="47(1)",
        declined="47(1)",
        delivery="47(1)(c)",
        receipt="47(1)(c)",
        outcome="47(1)(b)",
        closure="47(1)(a)",
        talk="47(1)(a)",
        progress="47(1)(a)",
    ),
    JOINT_INVESTIGATION: Basis(
        opening="48",
        acknowledgement="48",
        accepted="48",
        declined="48",
        delivery="48",
        receipt="48",
        outcome="48",
        closure="48",
        talk="48",
        progress="48",
    ),
    CONFISCATION: Basis(
        opening="50(1)",
        acknowledgement="40(26)",
        accepted="50(1)",
        declined="40(25)",
        postponed="40(27)",
        outcome="50(1)",
        closure="40(26)",
    ),
    RETURN_OF_PROPERTY: Basis(
        opening="52(2)",
        acknowledgement="52(2)",
        accepted="52(2)",
        declined="52(1)",
        outcome="52(2)",
        closure="52(2)",
        talk="52(2)",
        progress="52(2)",
    ),
    SPONTANEOUS_INFORMATION: Basis(
        opening="40(4)",
        acknowledgement="40(5)",
        delivery="40(4)",
        receipt="40(5)",
        closure="40(5)",
        talk="40(4)",
        progress="40(4)",
    ),
}
MEASURES = tuple(measure for family in FAMILIES.values() for measure in family)

#: What leave to pass on what was handed over rests on, for every measure that hands over.
ONWARD = "36(3)"

#: Measures that may name a preservation they follow, and those whose decision the data are kept for (42(8)).
FOLLOWING = (STORED_DATA, MLA, TRAFFIC_DISCLOSURE)
HOLDING = frozenset({STORED_DATA, MLA})

#: Measures whose data somebody keeps meanwhile, so that a warning under 42(7) may be due.
WARNED = frozenset({PRESERVATION, STORED_DATA})

#: Measures that bind a person's liberty, secrets or property, or a State: what is decided on them takes two people.
COERCIVE = frozenset(MEASURES) - {PRESERVATION, TRAFFIC_DISCLOSURE, POLICE_COOPERATION, SPONTANEOUS_INFORMATION}
