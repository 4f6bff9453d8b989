"""The words among which entries choose: kinds of help, who gives, who receives, for whom, and how things stand.

They are the product's own, to sort and to match by; the Convention sets no such lists. The groups of States are those
in which the United Nations elects.
"""

from collections.abc import Mapping

from rogatory.law.words import Words

Choices = Mapping[str, Words]

HELP: Choices = {
    "drafting": Words("drafting of law", "rédaction législative"),
    "legal-advice": Words("legal advice", "conseil juridique"),
    "policy-advice": Words("advice on policy and strategy", "conseil en politiques et stratégies"),
    "training": Words("training", "formation"),
    "scholarship": Words("scholarship or study visit", "bourse ou visite d’étude"),
    "expert": Words("hosting or sending an expert", "accueil ou envoi d’un expert"),
    "equipment": Words("equipment", "équipement"),
    "software": Words("software", "logiciels"),
    "laboratory": Words("forensic laboratory", "laboratoire d’analyse numérique"),
    "contact-point": Words("setting up a contact point", "mise en place d’un point de contact"),
    "translation": Words("translation", "traduction"),
    "research": Words("research and statistics", "recherche et statistiques"),
    "funds": Words("funds", "fonds"),
    "other": Words("other help", "autre aide"),
}
AUDIENCES: Choices = {
    "legislators": Words("legislators and drafters", "parlementaires et rédacteurs"),
    "judges": Words("judges", "juges"),
    "prosecutors": Words("prosecutors", "procureurs"),
    "police": Words("police and investigators", "police et enquêteurs"),
    "forensic": Words("forensic examiners", "experts en analyse numérique"),
    "central-authority": Words("central authorities", "autorités centrales"),
    "contact-point": Words("24/7 contact points", "points de contact 24/7"),
    "defence": Words("defence lawyers", "avocats de la défense"),
    "victims": Words("those who help victims", "services d’aide aux victimes"),
    "teachers": Words("teachers and youth workers", "enseignants et éducateurs"),
    "providers": Words("service providers", "fournisseurs de services"),
    "public": Words("the public", "le public"),
}
LEVELS: Choices = {
    "least-developed": Words("least developed country", "pays moins avancé"),
    "landlocked": Words("landlocked developing country", "pays en développement sans littoral"),
    "small-island": Words("small island developing State", "petit État insulaire en développement"),
    "developing": Words("developing country", "pays en développement"),
    "in-transition": Words("economy in transition", "économie en transition"),
    "developed": Words("developed country", "pays développé"),
}
REGIONS: Choices = {
    "african": Words("African States", "États d’Afrique"),
    "asia-pacific": Words("Asia-Pacific States", "États d’Asie et du Pacifique"),
    "eastern-european": Words("Eastern European States", "États d’Europe orientale"),
    "latin-american-caribbean": Words("Latin American and Caribbean States", "États d’Amérique latine et des Caraïbes"),
    "western-european-and-others": Words(
        "Western European and other States", "États d’Europe occidentale et autres États"
    ),
}
GIVERS: Choices = {
    "state": Words("State", "État"),
    "unodc": Words("UNODC", "ONUDC"),
    "un-body": Words("other body of the United Nations", "autre organe des Nations Unies"),
    "organisation": Words("international or regional organisation", "organisation internationale ou régionale"),
    "civil-society": Words("non-governmental organisation", "organisation non gouvernementale"),
    "company": Words("company", "entreprise"),
    "university": Words("university", "université"),
    "foundation": Words("foundation", "fondation"),
}
FUNDED: Choices = {
    "fully": Words("paid for in full", "entièrement financé"),
    "partly": Words("paid for in part", "financé en partie"),
    "not": Words("not paid for", "non financé"),
}
JOINED: Choices = {
    "any": Words("any State", "tout État"),
    "signatory": Words("States that have signed", "États signataires"),
    "party": Words("Parties", "Parties"),
}
PROGRESS: Choices = {
    "planned": Words("planned", "prévu"),
    "running": Words("under way", "en cours"),
    "paused": Words("paused", "suspendu"),
    "done": Words("done", "achevé"),
    "cancelled": Words("cancelled", "annulé"),
}
SEXES: Choices = {
    "women": Words("women", "femmes"),
    "men": Words("men", "hommes"),
    "unsaid": Words("other or not said", "autre ou non précisé"),
}
ACCOUNTS: Choices = {
    "project": Words("a project", "un projet"),
    "voluntary-account": Words("the voluntary account", "le compte de contributions volontaires"),
    "other": Words("another purpose", "une autre fin"),
}
OUTCOMES: Choices = {
    "open": Words("open", "en cours"),
    "fulfilled": Words("fulfilled", "tenu"),
    "withdrawn": Words("withdrawn by who made it", "retiré par son auteur"),
}
LICENCES: Choices = {
    "unsaid": Words("not said", "non précisée"),
    "cc-by": Words("free to use, naming the author (CC BY)", "libre, avec mention de l’auteur (CC BY)"),
    "cc0": Words("public domain (CC0)", "domaine public (CC0)"),
    "official": Words("official text, free of copyright", "texte officiel, libre de droits"),
    "ask": Words("ask before use", "sur demande"),
}
