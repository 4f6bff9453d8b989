"""The six kinds of entries: needs, offers, projects, contributions, pledges and good practices (Articles 54 to 56).

A need says what help is asked for, an offer what help is given; a project carries help out; a contribution is money
that was pledged and paid, for a project or to the voluntary account (56(2)(c)); a pledge is what somebody undertook at
a conference or a meeting; a good practice is what others may learn from.
"""

from collections.abc import Mapping

from rogatory.assistance import choices
from rogatory.assistance.shape import Field, Form, Shape
from rogatory.errors import NotFound
from rogatory.law.words import Words


class UnknownAssistanceKind(NotFound):
    """There is no such kind of entry."""

    code = "unknown-assistance-kind"
    remedy = "It is one of: need, offer, project, funding, pledge, practice."


NEED, OFFER, PROJECT, FUNDING, PLEDGE, PRACTICE = "need", "offer", "project", "funding", "pledge", "practice"

_TITLE = Field(name="title", says=Words("Title", "Titre"), required=True)
_PROVISIONS = Field(
    name="provisions",
    says=Words("Articles", "Articles"),
    form=Form.PROVISIONS,
    hint=Words("Articles or paragraphs: 25, 29(2)", "Articles ou paragraphes : 25, 29(2)"),
)
_HELP = Field(
    name="help", says=Words("Kinds of help", "Formes d’aide"), form=Form.CHOICES, required=True, choices=choices.HELP
)
_AUDIENCES = Field(name="audiences", says=Words("For whom", "Pour qui"), form=Form.CHOICES, choices=choices.AUDIENCES)
_LANGUAGES = Field(
    name="languages",
    says=Words("Languages", "Langues"),
    form=Form.LANGUAGES,
    hint=Words("Codes: en, fr, vi", "Codes : en, fr, vi"),
)
_STARTS = Field(name="starts", says=Words("From", "Du"), form=Form.DAY)
_ENDS = Field(name="ends", says=Words("Until", "Au"), form=Form.DAY)
_AMOUNT = Field(
    name="amount",
    says=Words("Amount", "Montant"),
    form=Form.AMOUNT,
    hint=Words("With a point and no spaces: 12500.50", "Avec un point et sans espaces : 12500.50"),
)
_CURRENCY = Field(
    name="currency", says=Words("Currency", "Monnaie"), form=Form.CURRENCY, hint=Words("USD, EUR", "USD, EUR")
)
_LINK = Field(name="link", says=Words("Address on the web", "Adresse web"), form=Form.LINK)
_CONTACT = Field(
    name="contact",
    says=Words("Whom to ask", "À qui s’adresser"),
    hint=Words(
        "Goes with the entry: an office rather than a person", "Suit la fiche : un service plutôt qu’une personne"
    ),
)
#: What an entry refers to may be known to fewer people than the entry itself.
_OURS_ALONE = Words("Never leaves this node", "Ne quitte jamais ce nœud")
_NOTE = Field(name="note", says=Words("Our own note", "Note interne"), form=Form.TEXT, private=True, hint=_OURS_ALONE)

NEEDS = Shape(
    kind=NEED,
    one=Words("need", "besoin"),
    several=Words("Needs", "Besoins"),
    fields=(
        _TITLE,
        Field(name="what", says=Words("What is asked for", "Ce qui est demandé"), form=Form.TEXT, required=True),
        _HELP,
        _PROVISIONS,
        Field(
            name="missing",
            says=Words("What is missing in our law", "Ce qui manque dans notre droit"),
            form=Form.LINES,
            hint=Words("One on each line", "Un par ligne"),
        ),
        _AUDIENCES,
        Field(name="persons", says=Words("How many people", "Nombre de personnes"), form=Form.NUMBER),
        _LANGUAGES,
        _STARTS,
        _ENDS,
        _AMOUNT,
        _CURRENCY,
        Field(name="tried", says=Words("What was tried", "Ce qui a été tenté"), form=Form.TEXT),
        Field(name="level", says=Words("Our country is", "Notre pays est"), form=Form.CHOICE, choices=choices.LEVELS),
        _CONTACT,
        Field(
            name="assessment",
            says=Words("From the assessment", "Issu de l’évaluation"),
            private=True,
            hint=_OURS_ALONE,
        ),
        _NOTE,
    ),
)
OFFERS = Shape(
    kind=OFFER,
    one=Words("offer", "offre"),
    several=Words("Offers", "Offres"),
    fields=(
        _TITLE,
        Field(name="what", says=Words("What is offered", "Ce qui est offert"), form=Form.TEXT, required=True),
        Field(name="by", says=Words("Who offers it", "Qui l’offre"), required=True),
        Field(name="giver", says=Words("Kind of giver", "Nature du donneur"), form=Form.CHOICE, choices=choices.GIVERS),
        _HELP,
        Field(
            name="provisions",
            says=_PROVISIONS.says,
            form=Form.PROVISIONS,
            hint=Words("None: for the whole Convention", "Aucun : pour toute la Convention"),
        ),
        Field(
            name="states",
            says=Words("For these States", "Pour ces États"),
            form=Form.STATES,
            hint=Words("Codes: VNM, GHA; none: not limited", "Codes : VNM, GHA ; aucun : sans limite"),
        ),
        Field(
            name="regions", says=Words("For regions", "Pour les régions"), form=Form.CHOICES, choices=choices.REGIONS
        ),
        Field(
            name="levels",
            says=Words("For countries that are", "Pour les pays"),
            form=Form.CHOICES,
            choices=choices.LEVELS,
        ),
        Field(name="joined", says=Words("Open to", "Ouvert à"), form=Form.CHOICE, choices=choices.JOINED),
        _AUDIENCES,
        Field(name="places", says=Words("Places", "Places"), form=Form.NUMBER),
        _LANGUAGES,
        _STARTS,
        _ENDS,
        Field(name="funded", says=Words("Funded", "Financement"), form=Form.CHOICE, choices=choices.FUNDED),
        _AMOUNT,
        _CURRENCY,
        Field(name="conditions", says=Words("Conditions", "Conditions"), form=Form.TEXT),
        _LINK,
        _CONTACT,
        _NOTE,
    ),
)
_STATUS = Field(name="status", says=Words("Status", "État"), form=Form.CHOICE, choices=choices.PROGRESS)
_PLACE = Field(name="place", says=Words("Place", "Lieu"))
_ON = Field(name="day", says=Words("Day", "Date"), form=Form.DAY)
PROJECTS = Shape(
    kind=PROJECT,
    one=Words("project", "projet"),
    several=Words("Projects", "Projets"),
    fields=(
        _TITLE,
        Field(name="what", says=Words("What it does", "Ce qu’il fait"), form=Form.TEXT),
        _STATUS,
        _STARTS,
        _ENDS,
        _PROVISIONS,
        Field(
            name="for_entries",
            says=Words("For the needs", "Pour les besoins"),
            form=Form.ENTRIES,
            private=True,
            hint=_OURS_ALONE,
        ),
        Field(
            name="from_entries",
            says=Words("From the offers", "Issu des offres"),
            form=Form.ENTRIES,
            private=True,
            hint=_OURS_ALONE,
        ),
        Field(
            name="partners", says=Words("With", "Avec"), form=Form.LINES, hint=Words("One on each line", "Un par ligne")
        ),
        Field(
            name="activities",
            says=Words("Activities", "Activités"),
            form=Form.ROWS,
            rows=(
                _TITLE,
                _STATUS,
                _STARTS,
                _ENDS,
                Field(name="done", says=Words("Done, %", "Fait, %"), form=Form.NUMBER),
            ),
        ),
        Field(
            name="trainings",
            says=Words("Trainings", "Formations"),
            form=Form.ROWS,
            rows=(_TITLE, _STARTS, _ENDS, _PLACE, _LANGUAGES),
        ),
        Field(
            name="trainees",
            says=Words("Trainees, counted", "Stagiaires, en nombre"),
            form=Form.ROWS,
            rows=(
                Field(
                    name="training",
                    says=Words("Training no.", "Formation n°"),
                    form=Form.NUMBER,
                    required=True,
                ),
                Field(name="role", says=Words("Role", "Fonction"), form=Form.CHOICE, choices=choices.AUDIENCES),
                Field(name="sex", says=Words("Sex", "Sexe"), form=Form.CHOICE, choices=choices.SEXES),
                Field(name="count", says=Words("How many", "Nombre"), form=Form.NUMBER, required=True),
            ),
        ),
        Field(
            name="results",
            says=Words("Results", "Résultats"),
            form=Form.ROWS,
            rows=(_ON, Field(name="what", says=Words("What came of it", "Ce qui en est issu"), required=True)),
        ),
        Field(
            name="indicators",
            says=Words("Indicators", "Indicateurs"),
            form=Form.ROWS,
            rows=(
                _TITLE,
                Field(name="unit", says=Words("Unit", "Unité")),
                Field(name="baseline", says=Words("At first", "Au départ"), form=Form.AMOUNT),
                Field(name="value", says=Words("Now", "Actuel"), form=Form.AMOUNT),
                Field(name="target", says=Words("Aim", "Objectif"), form=Form.AMOUNT),
                _ON,
            ),
        ),
        _LINK,
        _CONTACT,
        _NOTE,
    ),
)
FUNDINGS = Shape(
    kind=FUNDING,
    one=Words("contribution", "contribution"),
    several=Words("Funding", "Financement"),
    fields=(
        _TITLE,
        Field(name="by", says=Words("Who gives", "Qui donne"), required=True),
        Field(name="giver", says=Words("Kind of giver", "Nature du donneur"), form=Form.CHOICE, choices=choices.GIVERS),
        Field(
            name="account",
            says=Words("For", "Pour"),
            form=Form.CHOICE,
            required=True,
            choices=choices.ACCOUNTS,
            hint=Words(
                "The voluntary account is that of Article 56(2)(c)", "Le compte est celui de l’article 56(2)(c)"
            ),
        ),
        Field(name="project", says=Words("The project", "Le projet"), form=Form.ENTRY, private=True, hint=_OURS_ALONE),
        Field(name="amount", says=Words("Pledged", "Promis"), form=Form.AMOUNT, required=True, hint=_AMOUNT.hint),
        Field(name="currency", says=_CURRENCY.says, form=Form.CURRENCY, required=True, hint=_CURRENCY.hint),
        Field(name="pledged_on", says=Words("Pledged on", "Promis le"), form=Form.DAY),
        Field(name="due", says=Words("To be paid by", "À verser avant le"), form=Form.DAY),
        Field(
            name="payments",
            says=Words("Payments", "Versements"),
            form=Form.ROWS,
            rows=(
                Field(name="paid_on", says=Words("Paid on", "Versé le"), form=Form.DAY, required=True),
                Field(name="amount", says=Words("Amount", "Montant"), form=Form.AMOUNT, required=True),
                Field(name="reference", says=Words("Reference", "Référence"), private=True),
            ),
        ),
        Field(name="purpose", says=Words("Purpose", "Objet"), form=Form.TEXT),
        _CONTACT,
        _NOTE,
    ),
)
PLEDGES = Shape(
    kind=PLEDGE,
    one=Words("pledge", "engagement"),
    several=Words("Pledges", "Engagements"),
    fields=(
        _TITLE,
        Field(name="text", says=Words("Its words", "Ses termes"), form=Form.TEXT, required=True),
        Field(name="by", says=Words("Who made it", "Qui l’a pris"), required=True),
        Field(name="made_at", says=Words("Made at", "Pris lors de"), required=True),
        Field(name="made_on", says=Words("Made on", "Pris le"), form=Form.DAY),
        Field(name="due", says=Words("Due", "Échéance"), form=Form.DAY),
        _PROVISIONS,
        Field(name="outcome", says=Words("Outcome", "Issue"), form=Form.CHOICE, choices=choices.OUTCOMES),
        Field(name="fulfilled_on", says=Words("Fulfilled on", "Tenu le"), form=Form.DAY),
        Field(
            name="follow_ups",
            says=Words("Follow-up", "Suivi"),
            form=Form.ROWS,
            rows=(
                Field(name="day", says=Words("Day", "Date"), form=Form.DAY, required=True),
                Field(name="what", says=Words("What was done", "Ce qui a été fait"), required=True),
            ),
        ),
        _LINK,
        _CONTACT,
        _NOTE,
    ),
)
PRACTICES = Shape(
    kind=PRACTICE,
    one=Words("good practice", "bonne pratique"),
    several=Words("Good practices", "Bonnes pratiques"),
    fields=(
        _TITLE,
        Field(name="provisions", says=_PROVISIONS.says, form=Form.PROVISIONS, required=True, hint=_PROVISIONS.hint),
        Field(name="what", says=Words("What is done", "Ce qui est fait"), form=Form.TEXT, required=True),
        Field(
            name="where", says=Words("Where", "Où"), hint=Words("State, authority or city", "État, autorité ou ville")
        ),
        Field(name="lessons", says=Words("What was learned", "Les enseignements"), form=Form.TEXT),
        _LANGUAGES,
        Field(name="licence", says=Words("Licence", "Licence"), form=Form.CHOICE, choices=choices.LICENCES),
        _LINK,
        _CONTACT,
        _NOTE,
    ),
)
SHAPES: Mapping[str, Shape] = {shape.kind: shape for shape in (NEEDS, OFFERS, PROJECTS, FUNDINGS, PLEDGES, PRACTICES)}


def shape_of(kind: str) -> Shape:
    """The shape of the kind; raises `UnknownAssistanceKind`."""
    if kind not in SHAPES:
        raise UnknownAssistanceKind(f"{kind[:40]!r} is no kind of entry")
    return SHAPES[kind]
