"""What the faces of a meeting call things: the codes of the engine in the words of the person who reads."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label, Mark

SURE: Mapping[str, Label] = {
    "read": _("read in a copy of the rules"),
    "reported": _("reported by a secondary source"),
    "remembered": _("remembered from parallel rules, not checked"),
    "unsure": _("unsure, or still under negotiation"),
}

METHODS: Mapping[str, Label] = {
    "show-of-hands": _("show of hands"),
    "roll-call": _("roll-call"),
    "recorded": _("recorded vote"),
    "secret": _("secret ballot"),
}

CHOICES: Mapping[str, Mark] = {
    "yes": Mark("green", "disc", _("Yes")),
    "no": Mark("red", "cross", _("No")),
    "abstain": Mark("amber", "bar", _("Abstention")),
}

PHASES: Mapping[str, Mark] = {
    "convened": Mark("grey", "pause", _("not opened yet")),
    "sitting": Mark("green", "disc", _("meeting in progress")),
    "suspended": Mark("amber", "pause", _("suspended")),
    "adjourned": Mark("grey", "bar", _("between two meetings")),
    "closed": Mark("grey", "cross", _("session closed")),
}

STANDINGS: Mapping[str, Mark] = {
    "none": Mark("grey", "bar", _("none yet")),
    "submitted": Mark("amber", "pause", _("submitted")),
    "accepted": Mark("green", "disc", _("accepted")),
    "challenged": Mark("red", "triangle", _("challenged")),
    "refused": Mark("red", "cross", _("refused")),
}

PLACES: Mapping[str, Mark] = {
    "seated": Mark("green", "disc", _("takes part")),
    "applied": Mark("amber", "pause", _("has applied")),
    "objected": Mark("red", "triangle", _("objected to")),
    "refused": Mark("red", "cross", _("not admitted")),
}

ITEMS: Mapping[str, Mark] = {
    "proposed": Mark("grey", "bar", _("provisional")),
    "adopted": Mark("grey", "pause", _("to be taken")),
    "open": Mark("green", "disc", _("under discussion")),
    "adjourned": Mark("amber", "pause", _("adjourned")),
    "closed": Mark("grey", "cross", _("concluded")),
}

PROPOSALS: Mapping[str, Mark] = {
    "open": Mark("amber", "pause", _("to be decided")),
    "withdrawn": Mark("grey", "bar", _("withdrawn")),
    "adopted": Mark("green", "disc", _("adopted")),
    "rejected": Mark("red", "cross", _("rejected")),
    "not-put": Mark("grey", "bar", _("not put to the vote")),
}

HOW: Mapping[str, Label] = {
    "consensus": _("by consensus"),
    "vote": _("by a vote"),
    "vote-rejected": _("rejected in a vote"),
    "acclamation": _("by acclamation"),
    "ballot": _("by secret ballot"),
    "lot": _("by lot"),
    "no-objection": _("without objection"),
}

PURPOSES: Mapping[str, Label] = {
    "statement": _("statement"),
    "reply": _("right of reply"),
    "explanation": _("explanation of vote"),
}

ABOUT: Mapping[str, Label] = {
    "proposal": _("Proposal"),
    "amendment": _("Amendment"),
    "part": _("Part of a proposal"),
    "motion": _("Motion"),
    "ruling": _("That the ruling be overruled"),
    "observer": _("Participation of an observer"),
    "credentials": _("Credentials"),
    "agenda": _("Agenda"),
    "election": _("Election"),
}

ROLES: Mapping[str, Label] = {
    "secretariat": _("secretariat"),
    "presiding": _("presiding officer"),
    "delegation": _("delegation"),
    "teller": _("teller"),
    "screen": _("screen of the room"),
}

BODIES: Mapping[str, Label] = {
    "conference": _("Conference of the States Parties"),
    "committee": _("committee"),
    "working-group": _("working group"),
    "ad-hoc-committee": _("ad hoc committee"),
}

SESSIONS: Mapping[str, Label] = {
    "regular": _("regular session"),
    "special": _("special session"),
}

RULINGS: Mapping[str, Label] = {
    "upheld": _("well taken"),
    "not-upheld": _("not well taken"),
}

SIDES: Mapping[str, Label] = {
    "for": _("in favour"),
    "against": _("against"),
}

PARTS: Mapping[str, Label] = {
    "open": _("to be voted"),
    "adopted": _("adopted"),
    "rejected": _("rejected"),
}

DEADLINES: Mapping[str, Label] = {
    "notice": _("Notification of the session"),
    "agenda": _("Provisional agenda"),
    "credentials": _("Credentials of the delegations"),
}

SIGNERS: Mapping[str, Label] = {
    "head-of-state": _("Head of State"),
    "head-of-government": _("Head of Government"),
    "foreign-minister": _("Minister for Foreign Affairs"),
    "competent-authority": _("competent authority of the organisation"),
}

LANGUAGES: Mapping[str, Label] = {
    "ar": _("Arabic"),
    "zh": _("Chinese"),
    "en": _("English"),
    "fr": _("French"),
    "ru": _("Russian"),
    "es": _("Spanish"),
}

NAMES: Mapping[str, Mapping[str, Label]] = {
    "sure": SURE,
    "method": METHODS,
    "how": HOW,
    "purpose": PURPOSES,
    "about": ABOUT,
    "role": ROLES,
    "body": BODIES,
    "ruling": RULINGS,
    "part": PARTS,
    "language": LANGUAGES,
    "deadline": DEADLINES,
    "signer": SIGNERS,
}

MARKS: Mapping[str, Mapping[str, Mark]] = {
    "choice": CHOICES,
    "phase": PHASES,
    "standing": STANDINGS,
    "place": PLACES,
    "item": ITEMS,
    "proposal": PROPOSALS,
}
