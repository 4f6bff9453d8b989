"""What the pages of readiness and of drills call things: states of steps and papers, standings of drills, days."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.correspondence.drills import Standing
from rogatory.web.words import Label, Mark

STEPS: Mapping[str, Mark] = {
    "done": Mark("green", "disc", _("done")),
    "open": Mark("amber", "triangle", _("still open")),
    "not-needed": Mark("grey", "bar", _("not needed")),
}

#: How a paper stands: something lacks, it can be signed, or the depositary has it.
PAPERS: Mapping[str, Mark] = {
    "lacking": Mark("amber", "triangle", _("something is missing")),
    "ready": Mark("grey", "pause", _("ready to sign")),
    "filed": Mark("green", "disc", _("filed")),
}

DRILLS: Mapping[str, Mark] = {
    Standing.PLANNED: Mark("grey", "pause", _("planned")),
    Standing.CANCELLED: Mark("grey", "bar", _("cancelled")),
    Standing.WAITING: Mark("amber", "triangle", _("waits for an answer")),
    Standing.PASSED: Mark("green", "disc", _("answered in time")),
    Standing.LATE: Mark("red", "square", _("answered late")),
    Standing.MISSED: Mark("red", "cross", _("not answered in time")),
    Standing.UNDELIVERED: Mark("red", "triangle", _("could not be delivered in time")),
}

FILINGS: Mapping[str, Mark] = {
    "stands": Mark("green", "disc", _("stands")),
    "corrected": Mark("grey", "cross", _("taken back")),
}

MARKS: Mapping[str, Mapping[str, Mark]] = {"step": STEPS, "paper": PAPERS, "drill": DRILLS, "filing": FILINGS}

MANNERS: Mapping[str, Label] = {
    "ratification": _("ratification"),
    "acceptance": _("acceptance"),
    "approval": _("approval"),
    "accession": _("accession"),
}

OFFICES: Mapping[str, Label] = {
    "head-of-state": _("head of State"),
    "head-of-government": _("head of government"),
    "minister-of-foreign-affairs": _("minister for foreign affairs"),
    "other": _("another office: full powers are needed"),
}

FORMS: Mapping[str, Label] = {
    "copy": _("a copy of the law"),
    "description": _("a description of the law"),
}

STATEMENTS: Mapping[str, Label] = {
    "reservation": _("reservation"),
    "declaration": _("declaration"),
}

DAYS: Mapping[str, Label] = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}

#: Kinds of letters between nodes.
LETTERS: Mapping[str, Label] = {
    "drill": _("Drill"),
    "drill-answer": _("Answer to a drill"),
    "need": _("Need of help"),
    "offer": _("Offer of help"),
    "project": _("Project of assistance"),
    "funding": _("Funding of assistance"),
    "pledge": _("Pledge of assistance"),
    "practice": _("Good practice"),
    "withdrawal": _("Taken back"),
    "interest": _("Interest in an entry"),
}

NAMES: Mapping[str, Mapping[str, Label]] = {
    "manner": MANNERS,
    "office": OFFICES,
    "form": FORMS,
    "statement": STATEMENTS,
    "day": DAYS,
    "letter": LETTERS,
}
