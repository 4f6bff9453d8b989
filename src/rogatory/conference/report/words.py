"""What the report calls things, in each language."""

from collections.abc import Mapping

from rogatory.conference.rulebook import labels
from rogatory.law.words import NO_WORDS, Words

HOW: Mapping[str, Words] = {
    "consensus": Words("by consensus", "par consensus"),
    "vote": Words("put to the vote: carried", "mis aux voix : adopté"),
    "vote-rejected": Words("put to the vote: not carried", "mis aux voix : non adopté"),
    "acclamation": Words("by acclamation", "par acclamation"),
    "ballot": Words("by secret ballot", "au scrutin secret"),
    "lot": Words("by lot", "par tirage au sort"),
    "no-objection": Words("without objection", "sans objection"),
    "": Words("not concluded", "non conclue"),
}
STANDING: Mapping[str, Words] = {
    "none": Words("none submitted", "non présentés"),
    "submitted": Words("submitted", "présentés"),
    "accepted": Words("accepted", "acceptés"),
    "challenged": Words("challenged, not decided", "contestés, sans décision"),
    "refused": Words("refused", "refusés"),
}
PLACE: Mapping[str, Words] = {
    "seated": Words("admitted", "admis"),
    "applied": Words("applied, not decided", "demande sans décision"),
    "objected": Words("objected to, not decided", "objection sans décision"),
    "refused": Words("not admitted", "non admis"),
}
ITEM: Mapping[str, Words] = {
    "proposed": Words("proposed", "proposé"),
    "adopted": Words("not taken up", "non abordé"),
    "dropped": Words("not put on the agenda", "non inscrit"),
    "open": Words("under discussion", "en cours d’examen"),
    "adjourned": Words("debate adjourned", "débat ajourné"),
    "closed": Words("concluded", "achevé"),
}
PROPOSAL: Mapping[str, Words] = {
    "open": Words("not decided", "sans décision"),
    "withdrawn": Words("withdrawn", "retirée"),
    "adopted": Words("adopted", "adoptée"),
    "rejected": Words("rejected", "rejetée"),
    "not-put": Words("not put to the vote", "non mise aux voix"),
}
MOTION: Mapping[str, Words] = {
    "carried": Words("carried", "adoptée"),
    "rejected": Words("rejected", "rejetée"),
    "agreed": Words("carried without objection", "adoptée sans objection"),
    "withdrawn": Words("withdrawn", "retirée"),
    "lapsed": Words("fell with another decision", "devenue sans objet"),
}
RULING: Mapping[str, Words] = {
    "upheld": Words("the point is upheld", "la motion est accueillie"),
    "not-upheld": Words("the point is not upheld", "la motion n’est pas accueillie"),
    "": Words("withdrawn before a ruling", "retirée avant toute décision"),
}
CHOICE: Mapping[str, Words] = {
    "yes": Words("In favour", "Pour"),
    "no": Words("Against", "Contre"),
    "abstain": Words("Abstaining", "Abstentions"),
    "not-voting": Words("Present, not voting", "Présents, non votants"),
}
SURE: Mapping[str, Words] = {
    "read": Words("read in a copy of the text", "lu dans une copie du texte"),
    "reported": Words("as reported by others", "d’après des sources secondaires"),
    "remembered": Words("from memory of parallel rules", "de mémoire, d’après des règles parallèles"),
    "unsure": Words("unsure", "incertain"),
}
BOOK: Mapping[str, Words] = {
    "adopted": Words("adopted rules", "règlement adopté"),
    "draft": Words("draft rules, not adopted", "projet de règlement, non adopté"),
}
BODY: Mapping[str, Words] = {
    "conference": Words("Conference", "Conférence"),
    "committee": Words("Committee", "Comité"),
    "working-group": Words("Working group", "Groupe de travail"),
    "ad-hoc-committee": Words("Ad hoc committee", "Comité spécial"),
}
SESSION: Mapping[str, Words] = {
    "regular": Words("regular session", "session ordinaire"),
    "special": Words("special session", "session extraordinaire"),
}
PURPOSE: Mapping[str, Words] = {
    "statement": Words("statement", "intervention"),
    "reply": Words("right of reply", "droit de réponse"),
    "explanation": Words("explanation of vote", "explication de vote"),
}
STEPS: Mapping[str, Words] = {
    "proposal-submitted": Words("submitted", "présentée"),
    "proposal-circulated": Words("circulated", "distribuée"),
    "circulation-waived": Words("taken before circulation, as the chair allowed", "examinée avant distribution"),
    "amendment-not-put": Words("not put to the vote: another amendment implies it", "non mise aux voix"),
    "proposal-withdrawn": Words("withdrawn", "retirée"),
    "consensus-found": Words("adopted by consensus", "adoptée par consensus"),
}
EXERCISE = Words(
    "EXERCISE: an invented meeting. Nothing here is real, and no decision binds anybody.",
    "EXERCICE : réunion inventée. Rien ici n’est réel, et aucune décision n’engage personne.",
)
OVERRULE = Words("That the ruling be overruled", "Annulation de la décision du président")
CARRIED = Words("carried", "adopté")
ANNULLED = Words("annulled", "annulé")
ANNULLED_VOTE = Words(
    "Annulled, as its conduct was found at fault: it counts for nothing.",
    "Annulé, son déroulement ayant été jugé irrégulier : il ne compte pas.",
)
LOST = Words("not carried", "non adopté")


def of(table: Mapping[str, Words], value: str) -> Words:
    """What *value* is called; itself when nobody has named it."""
    return table.get(value, Words(value, value))


def group(name: str) -> Words:
    """The regional group *name*; no words for none."""
    return labels.value("group", name) if name else NO_WORDS


def method(name: str) -> Words:
    """The method of voting *name*."""
    return labels.value("method", name)
