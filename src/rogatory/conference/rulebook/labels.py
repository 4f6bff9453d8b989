"""What the settings of a rulebook, and their values, are called for people, in each language."""

from collections.abc import Mapping

from rogatory.conference.counting.thresholds import Threshold
from rogatory.law.words import Words, listed_words

TOPICS: Mapping[str, Words] = {
    "languages": Words("Languages", "Langues"),
    "sessions": Words("Sessions", "Sessions"),
    "quorum": Words("Quorum", "Quorum"),
    "participants": Words("Participants", "Participants"),
    "credentials": Words("Credentials", "Pouvoirs"),
    "officers": Words("Officers", "Bureau"),
    "speaking": Words("Speaking", "Interventions"),
    "motions": Words("Motions", "Motions"),
    "majorities": Words("Majorities", "Majorités"),
    "voting": Words("Voting", "Vote"),
    "proposals": Words("Proposals", "Propositions"),
    "elections": Words("Elections", "Élections"),
    "rules": Words("What the rules say", "Teneur des règles"),
}

FIELDS: Mapping[str, Words] = {
    "languages": Words("languages", "langues"),
    "years_between": Words("years between regular sessions", "années entre les sessions ordinaires"),
    "notice_days": Words("notice of a session", "préavis d’une session"),
    "agenda_days_regular": Words("agenda before a regular session", "ordre du jour avant une session ordinaire"),
    "agenda_days_special": Words("agenda before a special session", "ordre du jour avant une session extraordinaire"),
    "special_request": Words("support for a special session", "appui à une session extraordinaire"),
    "open": Words("to open a meeting", "pour ouvrir une séance"),
    "decide": Words("to decide", "pour décider"),
    "votes": Words("votes", "vote"),
    "speaks": Words("takes the floor", "prend la parole"),
    "proposes": Words("makes proposals and motions", "présente propositions et motions"),
    "replies": Words("has a right of reply", "dispose d’un droit de réponse"),
    "private_meetings": Words("attends private meetings", "assiste aux séances privées"),
    "credentials": Words("presents credentials", "présente des pouvoirs"),
    "covers": Words("covers", "couvre"),
    "documents": Words("receives documents", "reçoit les documents"),
    "subsidiary_bodies": Words("attends working groups", "assiste aux groupes de travail"),
    "how": Words("comes in", "entrée"),
    "decided_by": Words("decided by", "décision"),
    "days_before": Words("application or list before the opening", "demande ou liste avant l’ouverture"),
    "objection": Words("an objection", "une objection"),
    "reasons_owed": Words("an objection gives reasons", "une objection est motivée"),
    "hours_before": Words("due before", "à remettre avant"),
    "signed_by": Words("signed by", "signés par"),
    "examined_by": Words("examined by", "examinés par"),
    "provisional_seat": Words("seated until decided", "siège en attendant la décision"),
    "challenged_keeps_rights": Words("keeps its rights when challenged", "garde ses droits en cas de contestation"),
    "vote_needs_acceptance": Words("votes only when accepted or seated", "ne vote qu’une fois acceptée ou admise"),
    "groups": Words("regional groups", "groupes régionaux"),
    "per_group": Words("officers for each group", "membres du bureau par groupe"),
    "presiding_votes": Words("whoever presides votes", "la personne qui préside vote"),
    "seats": Words("how many", "nombre"),
    "rotates": Words("rotates among the groups", "tourne entre les groupes"),
    "statement_seconds": Words("statement", "intervention"),
    "reply_seconds": Words("reply", "réponse"),
    "replies_number": Words("replies", "réponses"),
    "motion_seconds": Words("speaking on a motion", "intervention sur une motion"),
    "explanation_seconds": Words("explanation of vote", "explication de vote"),
    "effect": Words("effect", "effet"),
    "precedence": Words("precedence", "rang"),
    "mover_speaks": Words("the mover speaks", "l’auteur intervient"),
    "speakers_for": Words("speakers for", "orateurs pour"),
    "speakers_against": Words("speakers against", "orateurs contre"),
    "subject": Words("majority needed", "majorité requise"),
    "during_debate": Words("during the debate", "pendant le débat"),
    "during_voting": Words("during the voting", "pendant le vote"),
    "notice_hours": Words("notice", "préavis"),
    "threshold": Words("majority", "majorité"),
    "after_consensus": Words("only after every effort at consensus", "seulement après tous les efforts de consensus"),
    "consensus_only": Words("by consensus only", "par consensus seulement"),
    "parties_needed": Words("Parties that there must be", "nombre de Parties requis"),
    "methods": Words("methods", "modes de scrutin"),
    "default": Words("usual method", "mode usuel"),
    "on_request": Words("method on request", "mode sur demande"),
    "roll_call_start": Words("a roll-call begins with", "l’appel commence par"),
    "counted": Words("present and voting are", "présents et votants"),
    "change_until_close": Words("a vote may be changed until the close", "vote modifiable jusqu’à la clôture"),
    "sponsor_explains": Words("the sponsor may explain its vote", "l’auteur peut expliquer son vote"),
    "may_waive_for_amendments": Words("shorter for amendments", "délai réductible pour les amendements"),
    "withdraw_if_amended": Words("withdrawal after amendment", "retrait après amendement"),
    "division_speakers_for": Words("speakers for division", "orateurs pour la division"),
    "division_speakers_against": Words("speakers against division", "orateurs contre la division"),
    "operative_rejected_rejects_whole": Words(
        "rejecting all operative parts rejects the whole", "le rejet de tout le dispositif vaut rejet de l’ensemble"
    ),
    "secret": Words("secret ballot", "scrutin secret"),
    "acclamation": Words("acclamation possible", "acclamation possible"),
    "majority": Words("majority", "majorité"),
    "finalists": Words("who stay, for one place", "restent en lice, pour un siège"),
    "factor": Words("who stay, for each place left of several", "restent en lice, par siège restant"),
    "pattern": Words("ballots", "tours"),
    "tie": Words("a tie", "égalité"),
    "edge": Words("a tie for the last to stay", "égalité pour la dernière place en lice"),
}

VALUES: Mapping[str, Words] = {
    "ar": Words("Arabic", "arabe"),
    "en": Words("English", "anglais"),
    "es": Words("Spanish", "espagnol"),
    "fr": Words("French", "français"),
    "ru": Words("Russian", "russe"),
    "zh": Words("Chinese", "chinois"),
    "of-right": Words("of right", "de plein droit"),
    "invited": Words("when invited", "sur invitation"),
    "never": Words("never", "jamais"),
    "written-notice": Words("on written notice", "sur notification écrite"),
    "standing-invitation": Words("on a standing invitation", "sur invitation permanente"),
    "application": Words("on application", "sur demande"),
    "listed-application": Words("on application, by a circulated list", "sur demande, d’après une liste communiquée"),
    "not-admitted": Words("not admitted", "non admise"),
    "nobody": Words("nobody", "personne"),
    "bureau": Words("the bureau", "le bureau"),
    "conference": Words("the Conference", "la Conférence"),
    "committee": Words("a committee", "une commission"),
    "none": Words("has no effect", "est sans effet"),
    "refers-to-conference": Words("sends it to the Conference", "renvoie à la Conférence"),
    "excludes": Words("keeps it out", "l’exclut"),
    "head-of-state": Words("head of State", "chef de l’État"),
    "head-of-government": Words("head of government", "chef du gouvernement"),
    "foreign-minister": Words("foreign minister", "ministre des affaires étrangères"),
    "competent-authority": Words("competent authority (organisations)", "autorité compétente (organisations)"),
    "show-of-hands": Words("show of hands", "main levée"),
    "roll-call": Words("roll-call", "appel nominal"),
    "recorded": Words("recorded vote", "vote enregistré"),
    "secret": Words("secret ballot", "scrutin secret"),
    "lot": Words("a lot drawn", "tirage au sort"),
    "first": Words("the first in the alphabet", "premier de l’alphabet"),
    "ballot": Words("another ballot", "un autre tour"),
    "keep": Words("all of them stay", "tous restent"),
    "yes": Words("yes", "pour"),
    "no": Words("no", "contre"),
    "abstain": Words("abstentions", "abstentions"),
    "unrestricted": Words("open to all", "ouverts à tous"),
    "restricted": Words("restricted", "limités"),
    "african": Words("African States", "États d’Afrique"),
    "asia-pacific": Words("Asia-Pacific States", "États d’Asie et du Pacifique"),
    "eastern-european": Words("Eastern European States", "États d’Europe orientale"),
    "latin-american-caribbean": Words("Latin American and Caribbean States", "États d’Amérique latine et des Caraïbes"),
    "western-european-and-others": Words(
        "Western European and other States", "États d’Europe occidentale et autres États"
    ),
    "party": Words("States Parties", "États Parties"),
    "regional-organisation-party": Words("regional organisations that are Parties", "organisations régionales parties"),
    "signatory": Words("signatories", "signataires"),
    "non-signatory": Words("those that have not signed", "non-signataires"),
    "igo-invited": Words("entities with a standing invitation", "entités invitées en permanence"),
    "igo-other": Words("other intergovernmental organisations", "autres organisations intergouvernementales"),
    "ngo-ecosoc": Words("organisations in consultative status", "organisations dotées du statut consultatif"),
    "ngo-other": Words("other non-governmental organisations", "autres organisations non gouvernementales"),
    "private-sector": Words("companies", "entreprises"),
    "academia": Words("universities", "universités"),
    "suspend-meeting": Words("suspends the meeting", "suspend la séance"),
    "adjourn-meeting": Words("adjourns the meeting", "lève la séance"),
    "adjourn-debate": Words("adjourns the debate", "ajourne le débat"),
    "close-debate": Words("closes the debate", "clôt le débat"),
    "close-list": Words("closes the list of speakers", "clôt la liste des orateurs"),
    "limit-speeches": Words("limits speeches", "limite les interventions"),
    "competence": Words("decides on competence", "tranche la compétence"),
    "division": Words("divides the proposal", "divise la proposition"),
    "reconsider": Words("takes a decision up again", "rouvre une décision"),
    "challenge-order": Words("challenges the order of voting", "conteste l’ordre de vote"),
    "private-meeting": Words("closes the doors", "prononce le huis clos"),
    "suspend-rule": Words("suspends a rule", "suspend un article"),
    "amend-agenda": Words("amends the agenda", "modifie l’ordre du jour"),
    "no-action": Words("takes no action", "écarte la proposition"),
}
_YES, _NO = Words("yes", "oui"), Words("no", "non")
_NOTHING = Words("nothing said", "rien de dit")
_NO_LIMIT = Words("no limit in the rules", "pas de limite dans le règlement")
_NONE = Words("none", "aucun")
_OUTSIDE = Words("outside the order of motions", "hors de l’ordre des motions")
BY_CONSENSUS = Words("none: no vote is taken", "aucune : il n’y a pas de vote")
#: How the choices of a vote are listed.
_ORDER = ("yes", "no", "abstain")


def label(field: str) -> Words:
    """What the setting called *field* is called."""
    return FIELDS.get(field, Words(field, field))


def value(field: str, found: object) -> Words:
    """What *found*, the value of the setting *field*, is called."""
    if isinstance(found, Words):
        return found
    if isinstance(found, Threshold):
        return found.words()
    if isinstance(found, bool):
        return _YES if found else _NO
    if isinstance(found, int):
        return _number(field, found)
    if isinstance(found, str):
        return VALUES.get(found, Words(found, found))
    if isinstance(found, tuple | frozenset):
        parts = tuple(found) if isinstance(found, tuple) else tuple(sorted(found, key=_ORDER.index))
        return listed_words([_part(one) for one in parts]) if parts else _NOTHING
    return _NOTHING


def _part(found: object) -> Words:
    if isinstance(found, tuple):
        kind, times = found
        words = VALUES[kind]
        number = Words(f"{times}", f"{times}") if times else Words("as many as it takes", "autant que nécessaire")
        return Words(f"{number.en} {words.en}", f"{number.fr} {words.fr}")
    return value("", found)


def _number(field: str, found: int) -> Words:
    if field.endswith("_seconds"):
        if not found:
            return _NO_LIMIT
        minutes, seconds = divmod(found, 60)
        return Words(f"{minutes}:{seconds:02} minutes", f"{minutes}:{seconds:02} minutes")
    if not found and field == "precedence":
        return _OUTSIDE
    if not found and ("days" in field or "hours" in field or field == "parties_needed"):
        return _NONE
    if "days" in field:
        return Words(f"{found} days", f"{found} jours")
    if "hours" in field:
        return Words(f"{found} hours", f"{found} heures")
    return Words(str(found), str(found))
