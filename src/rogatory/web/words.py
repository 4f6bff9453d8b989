"""What the desk calls things: the codes of the core, in the words of the person who reads.

Codes never change and are never shown alone. A mark is a colour, a shape and a word together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise


@dataclass(frozen=True, slots=True)
class Mark:
    """A colour (`green`, `amber`, `red`, `grey`), a shape and a word."""

    colour: str
    shape: str
    word: Label


STATES: Mapping[str, Label] = {
    "sent": _("Sent"),
    "acknowledged": _("Acknowledged"),
    "accepted": _("Accepted"),
    "postponed": _("Postponed"),
    "preserved": _("Data preserved"),
    "delivered": _("Evidence delivered"),
    "received": _("Evidence received"),
    "reported": _("Outcome reported"),
    "declined": _("Declined"),
    "withdrawn": _("Withdrawn"),
    "released": _("Released"),
    "closed": _("Closed"),
}

LIGHTS: Mapping[str, Mark] = {
    "none": Mark("grey", "bar", _("stopped")),
    "green": Mark("green", "disc", _("in time")),
    "amber": Mark("amber", "triangle", _("ends soon")),
    "red": Mark("red", "square", _("about to end")),
    "expired": Mark("red", "cross", _("period over")),
    "held": Mark("grey", "pause", _("held until the decision")),
}

DELIVERIES: Mapping[str, Mark] = {
    "queued": Mark("grey", "pause", _("on its way")),
    "delivered": Mark("green", "disc", _("delivered, receipt verified")),
    "not-understood": Mark("amber", "triangle", _("delivered, but not understood there")),
    "refused": Mark("red", "cross", _("refused by the other node")),
    "withdrawn": Mark("grey", "bar", _("never delivered: taken back")),
}
NOT_ARRIVED = Mark("amber", "triangle", _("not delivered yet"))

DRAFTS: Mapping[str, Mark] = {
    "open": Mark("grey", "bar", _("being written")),
    "submitted": Mark("amber", "triangle", _("waits for a second person")),
    "returned": Mark("red", "square", _("sent back")),
    "issued": Mark("green", "disc", _("signed and sent")),
    "discarded": Mark("grey", "cross", _("discarded")),
}

EXHIBITS: Mapping[str, Mark] = {
    "sealed": Mark("grey", "bar", _("sealed, not sent yet")),
    "sending": Mark("amber", "triangle", _("being sent")),
    "sent": Mark("grey", "pause", _("sent, awaiting the custody receipt")),
    "receiving": Mark("amber", "triangle", _("being received")),
    "complete": Mark("grey", "pause", _("all parts here, being verified")),
    "received": Mark("green", "disc", _("received and verified")),
    "returned": Mark("grey", "bar", _("given back")),
    "destroying": Mark("amber", "triangle", _("being destroyed")),
    "destroyed": Mark("grey", "cross", _("destroyed")),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Exhibits that a list shows together: their states, and what they are called together."""

    states: tuple[str, ...]
    label: Label


EXHIBIT_GROUPS: Mapping[str, Group] = {
    "sealed": Group(("sealed",), _("Sealed, not sent yet")),
    "moving": Group(("sending", "sent", "receiving", "complete"), _("On their way")),
    "received": Group(("received",), _("Received and verified")),
    "ended": Group(("returned", "destroying", "destroyed"), _("Given back or destroyed")),
}

VERDICTS: Mapping[str, Mark] = {
    "met": Mark("green", "disc", _("met")),
    "not-met": Mark("red", "cross", _("not met")),
    "unknown": Mark("amber", "triangle", _("unknown")),
}

ANSWERS: Mapping[str, Mark] = {
    "yes": Mark("green", "disc", _("yes")),
    "no": Mark("red", "cross", _("no")),
    "unknown": Mark("amber", "triangle", _("not known yet")),
}

KINDS: Mapping[str, Label] = {
    "request": _("Request"),
    "acknowledgement": _("Acknowledgement"),
    "decision": _("Decision"),
    "preserved": _("Preservation recorded"),
    "extension-request": _("Request to extend the preservation"),
    "extension": _("Answer on the extension"),
    "release": _("Data released"),
    "delivery": _("Evidence handed over"),
    "custody-receipt": _("Custody receipt"),
    "custody-entry": _("Entry in the chain of custody"),
    "onward-request": _("Request for leave to pass evidence on"),
    "onward-leave": _("Answer on passing evidence on"),
    "disclosure-notice": _("Notice of a disclosure"),
    "outcome": _("Outcome reported"),
    "closure": _("Case closed"),
    "question": _("Question"),
    "supplement": _("Supplement"),
    "status-question": _("Question on the state of the request"),
    "note": _("Note"),
    "warning": _("Warning"),
    "withdrawal": _("Withdrawal"),
}

STEPS: Mapping[str, Label] = {
    "acknowledgement": _("Acknowledge receipt"),
    "decision:accepted": _("Accept the request"),
    "decision:declined": _("Decline the request"),
    "decision:postponed": _("Postpone the request"),
    "preserved": _("Record that the data are preserved"),
    "extension-request": _("Ask to extend the preservation"),
    "extension": _("Answer the request to extend"),
    "release": _("Release the data"),
    "delivery": _("Hand over evidence"),
    "outcome": _("Report the outcome"),
    "closure": _("Close the request"),
    "question": _("Ask the requesting State a question"),
    "supplement": _("Add to the request"),
    "status-question": _("Ask how the request stands"),
    "note": _("Write a note to the other side"),
    "warning": _("Warn the requesting State"),
    "onward-request": _("Ask for leave to pass evidence on"),
    "onward-leave": _("Answer on passing evidence on"),
    "disclosure-notice": _("Notify a disclosure of what clears an accused"),
    "withdrawal": _("Withdraw the request"),
}

ROLES: Mapping[str, Label] = {
    "drafter": _("drafter"),
    "approver": _("approver"),
    "duty-officer": _("duty officer"),
    "custodian": _("custodian"),
    "auditor": _("auditor"),
    "administrator": _("administrator"),
    "secretary": _("secretary"),
    "assessor": _("assessor"),
    "liaison": _("liaison"),
}

SIDES: Mapping[str, Label] = {
    "requesting": _("we ask"),
    "requested": _("we are asked"),
}

FORCES: Mapping[str, Label] = {
    "shall": _("binding (shall)"),
    "endeavour": _("best efforts (shall endeavour)"),
    "consider": _("to be considered (shall consider)"),
    "encouraged": _("encouraged"),
    "may": _("permitted (may)"),
    "none": _("describes or defines"),
}

CHECKED: Mapping[str, Label] = {
    "text": _("read against the text of the instrument"),
    "parallel": _("checked against the parallel clause of an earlier treaty"),
    "secondary": _("checked against secondary sources"),
    "unchecked": _("not checked against a second source yet"),
}

CERTAINTIES: Mapping[str, Label] = {
    "high": _("high certainty"),
    "medium": _("medium certainty"),
    "low": _("low certainty"),
}

PROFILES: Mapping[str, Mark] = {
    "counts": Mark("green", "disc", _("counts")),
    "not-yet": Mark("grey", "pause", _("not yet")),
    "ended": Mark("grey", "bar", _("ended")),
    "withdrawn": Mark("grey", "bar", _("taken back")),
    "unreadable": Mark("red", "cross", _("cannot be read any more")),
}

EFFECTS: Mapping[str, Label] = {
    "may-refuse": _("assistance may be refused"),
    "may-postpone": _("assistance may be postponed"),
    "no-duty": _("there is no duty to assist"),
}

ACTS: Mapping[str, Label] = {
    "sealed": _("sealed"),
    "sent": _("sent"),
    "part-received": _("part received"),
    "received": _("received"),
    "opened": _("opened"),
    "viewed": _("viewed"),
    "copied": _("copied"),
    "extracted": _("extracted"),
    "forwarded": _("forwarded"),
    "disclosed": _("disclosed"),
    "returned": _("returned"),
    "destroyed": _("destroyed"),
}

CONCERNS: Mapping[str, Label] = {
    "availability": _("the preservation may not keep the data available"),
    "confidentiality": _("the preservation may threaten confidentiality"),
    "investigation": _("the preservation may harm the investigation"),
}

RESULTS: Mapping[str, Label] = {
    "carried-out": _("carried out"),
    "carried-out-in-part": _("carried out in part"),
    "not-carried-out": _("not carried out"),
}

#: What follows a preservation, as a button says it.
FOLLOW_UPS: Mapping[str, Label] = {
    "stored-data": _("Request the stored data"),
    "mla": _("Request mutual legal assistance"),
    "traffic-disclosure": _("Request the disclosure of traffic data"),
}

FAMILIES: Mapping[str, Label] = {
    "electronic-evidence": _("Electronic evidence"),
    "assistance": _("Assistance and working together"),
    "persons": _("Persons and proceedings"),
    "property": _("Proceeds and property"),
}

#: What a decision is called once it has been taken.
DONE: Mapping[str, Label] = {
    "decision:accepted": _("Request accepted"),
    "decision:declined": _("Request declined"),
    "decision:postponed": _("Request postponed"),
}

#: What a scrub finds rotten: which bytes, what is wrong with them, and where they are.
ROT_WHAT: Mapping[str, Label] = {
    "part": _("part"),
    "file": _("the whole sealed file"),
    "part-list": _("the list of its parts"),
    "header": _("its new header"),
}
ROT_KINDS: Mapping[str, Label] = {"missing": _("missing"), "changed": _("changed"), "short": _("cut short")}
ROT_STORES: Mapping[str, Label] = {"first": _("in the first store"), "second": _("in the second store")}

NAMES: Mapping[str, Mapping[str, Label]] = {
    "state": STATES,
    "kind": KINDS,
    "step": STEPS,
    "role": ROLES,
    "side": SIDES,
    "force": FORCES,
    "checked": CHECKED,
    "certainty": CERTAINTIES,
    "effect": EFFECTS,
    "act": ACTS,
    "concern": CONCERNS,
    "done": DONE,
    "result": RESULTS,
    "family": FAMILIES,
    "follow-up": FOLLOW_UPS,
    "rot-what": ROT_WHAT,
    "rot-kind": ROT_KINDS,
    "rot-store": ROT_STORES,
}

ENTRIES: Mapping[str, Mark] = {
    "proposed": Mark("amber", "triangle", _("proposed")),
    "accepted": Mark("green", "disc", _("accepted")),
    "declined": Mark("grey", "bar", _("declined")),
    "cancelled": Mark("red", "cross", _("cancelled")),
}

DUTIES: Mapping[str, Mark] = {
    "escalated": Mark("red", "square", _("for the steering committee")),
    "late": Mark("red", "triangle", _("late")),
    "soon": Mark("amber", "triangle", _("due within a week")),
    "later": Mark("grey", "bar", _("due later")),
    "done": Mark("green", "disc", _("done")),
}

MARKS: Mapping[str, Mapping[str, Mark]] = {
    "light": LIGHTS,
    "delivery": DELIVERIES,
    "draft": DRAFTS,
    "exhibit": EXHIBITS,
    "verdict": VERDICTS,
    "answer": ANSWERS,
    "profile": PROFILES,
    "entry": ENTRIES,
    "duty": DUTIES,
}
