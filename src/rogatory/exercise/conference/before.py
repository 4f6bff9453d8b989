"""Before the session: notice, agenda, documents, observers and an objection, candidatures, credentials, proposals."""

from rogatory.conference.meeting.state import State
from rogatory.exercise.conference import cast
from rogatory.exercise.conference.acts import SECRETARIAT, Act, Script, arrive, delegation, said
from rogatory.law.words import Words

#: Parties that never come, and the one that comes without credentials.
ABSENT = ("XEB", "XSY")
WITHOUT_CREDENTIALS = "XYE"
HERE = tuple(code for code in cast.DELEGATIONS if code not in ABSENT)
OBJECTED_TO, OBJECTOR = "XWATCH", "XHW"
ITEMS: tuple[tuple[str, Words], ...] = (
    ("1", said("Organisation of the session", "Organisation de la session")),
    ("2", said("Review of the implementation of the Convention", "Examen de l’application de la Convention")),
    ("3", said("The network of contact points", "Le réseau de points de contact")),
    ("4", said("Working groups", "Groupes de travail")),
    ("5", said("Next session", "Session suivante")),
)
PROPOSED_BY_DELEGATION = "4"
#: Proposal, sponsor, item, title, others who sponsor it.
PROPOSALS: tuple[tuple[str, str, str, Words, tuple[str, ...]], ...] = (
    ("L.1", "XMP", "3", said("Yearly exercise of the 24/7 network", "Exercice annuel du réseau 24/7"), ("XMN", "XBI")),
    (
        "L.2",
        "XBA",
        "4",
        said("Standing group on electronic evidence", "Groupe permanent sur les preuves numériques"),
        (),
    ),
    ("L.3", "XHZ", "5", said("A session every year", "Une session chaque année"), ()),
    ("L.4", "XRO", "5", said("Date and place of the next session", "Date et lieu de la prochaine session"), ("XPI",)),
)
CANDIDATES = ("XCE", "XMP", "XBA", "XOL")
RAPPORTEUR = "XGI"
PRESIDENT = CANDIDATES[0]
TELLERS = ("XAS", "XFR")


def vice_presidents() -> dict[str, tuple[str, ...]]:
    """Who stands for Vice-President, by group: two from each, counting the President and the Rapporteur."""
    found = {}
    for group in cast.GROUPS:
        held = sum(1 for code in (PRESIDENT, RAPPORTEUR) if cast.GROUP[code] == group)
        free = [
            code
            for code in cast.PARTIES
            if cast.GROUP[code] == group
            and code not in (*CANDIDATES, RAPPORTEUR, *TELLERS, *ABSENT, WITHOUT_CREDENTIALS, cast.OUTGOING)
        ]
        found[group] = tuple(free[: 2 - held])
    return found


def announced(state: State) -> Script:
    """Notification, provisional agenda and documents."""
    state = yield Act(
        kind="session-notified",
        by=SECRETARIAT,
        days_before=70,
        scene=said(
            "Before the session: notice, agenda, documents", "Avant la session : avis, ordre du jour, documents"
        ),
        says=said("the session is announced, 70 days ahead", "la session est annoncée, 70 jours à l’avance"),
    )
    for name, title in ITEMS:
        by = delegation("XBA") if name == PROPOSED_BY_DELEGATION else SECRETARIAT
        body = {"item": name, "title": title.to_json()}
        state = yield Act(kind="item-proposed", by=by, body=body, days_before=66)
    state = yield Act(
        kind="agenda-circulated",
        by=SECRETARIAT,
        days_before=62,
        says=said("provisional agenda of five items, one of them from Baobab", "cinq points, dont un de Baobab"),
    )
    for number, (item, title) in enumerate(ITEMS[1:], 1):
        body = {"symbol": f"PRACTICE/1/{number}", "title": title.to_json(), "item": item}
        state = yield Act(
            kind="document-issued",
            by=SECRETARIAT,
            body={**body, "languages": list(state.book.languages)},
            days_before=60,
        )
    return state


def observers(state: State) -> Script:
    """Three societies apply; one State objects to one of them."""
    for place, (code, (kind, english, french)) in enumerate(cast.SOCIETIES.items()):
        row = {"code": code, "name": {"en": english, "fr": french}, "kind": kind}
        state = yield Act(
            kind="observer-applied",
            by=SECRETARIAT,
            body={"seat": row},
            days_before=50,
            scene=said("Observers apply", "Des observateurs demandent à participer") if place == 0 else said("", ""),
            says=said(f"{english} applies", f"demande : {french}"),
        )
    state = yield Act(kind="observers-listed", by=SECRETARIAT, days_before=45)
    state = yield Act(
        kind="observer-objected",
        by=delegation(OBJECTOR),
        body={"seat": OBJECTED_TO, "reasons": "Its aims are not those of this Conference."},
        days_before=30,
        says=said("Hawthorn objects to Arboretum Watch: the Conference will decide",
                  "Aubépine s’oppose à l’Observatoire de l’arboretum : la Conférence tranchera"),
    )  # fmt: skip
    state = yield Act(
        kind="observer-admitted",
        by=SECRETARIAT,
        body={"seat": OBJECTED_TO},
        days_before=12,
        refused="out-of-order",
        says=said("the secretariat cannot admit it", "le secrétariat ne peut pas l’admettre"),
    )
    for code in cast.SOCIETIES:
        if code != OBJECTED_TO:
            state = yield Act(kind="observer-admitted", by=SECRETARIAT, body={"seat": code}, days_before=12)
    return state


def candidatures(state: State) -> Script:
    """The regional groups name their candidates."""
    vices = [code for codes in vice_presidents().values() for code in codes]
    standing = [*(("president", code) for code in CANDIDATES), ("rapporteur", RAPPORTEUR)]
    for post, code in [*standing, *(("vice-president", one) for one in vices)]:
        name = state.seats[code].name.en
        body = {"seat": code, "post": post, "person": f"Representative of {name}", "endorsed": post != "president"}
        state = yield Act(
            kind="candidature-submitted",
            by=SECRETARIAT,
            body=body,
            days_before=20,
            says=said(f"{name} stands for President", f"candidature à la présidence : {state.seats[code].name.fr}")
            if post == "president"
            else said("", ""),
        )
    return state


def registration(state: State) -> Script:
    """Delegations register and hand in their credentials; one has none."""
    for place, code in enumerate(HERE):
        body = {"seat": code, "delegates": [f"Representative of {state.seats[code].name.en}"]}
        state = yield Act(
            kind="delegation-registered",
            by=SECRETARIAT,
            body=body,
            days_before=3,
            scene=said("Registration and credentials", "Inscription et pouvoirs") if place == 0 else said("", ""),
        )
    signed = ("head-of-state", "head-of-government", "foreign-minister")
    for place, code in enumerate(HERE):
        if code == WITHOUT_CREDENTIALS:
            continue
        by = "competent-authority" if code == cast.ORGANISATION else signed[place % len(signed)]
        body = {"seat": code, "signed_by": by}
        state = yield Act(kind="credentials-submitted", by=SECRETARIAT, body=body, days_before=3)
    return state


def proposals(state: State) -> Script:
    """Consultations in the house: five delegations submit four proposals, which are circulated in time."""
    sponsors = tuple(dict.fromkeys(one for _, by, _, _, others in PROPOSALS for one in (by, *others)))
    state = yield from arrive(state, sponsors, days_before=2)
    for name, by, item, title, others in PROPOSALS:
        body = {"proposal": name, "title": title.to_json(), "item": item, "sponsors": list(others)}
        state = yield Act(
            kind="proposal-submitted",
            by=delegation(by),
            body=body,
            days_before=2,
            scene=said("Proposals", "Propositions") if name == "L.1" else said("", ""),
            says=said(
                f"{name} by {state.seats[by].name.en}: {title.en}", f"{name}, {state.seats[by].name.fr} : {title.fr}"
            ),
        )
        state = yield Act(kind="proposal-circulated", by=SECRETARIAT, body={"proposal": name}, days_before=2)
    return state


def before(state: State) -> Script:
    """All of it, in the order in which it happens."""
    for scene in (announced, observers, candidatures, registration, proposals):
        state = yield from scene(state)
    return state
