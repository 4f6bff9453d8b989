"""Why an event is refused: one error for each reason, each citing the rule that forbids it.

A refused event changes nothing and is not part of the record.
"""

from rogatory.errors import BadInput, NotFound, NotPermitted


class Refused(NotPermitted):
    """The rules of procedure do not allow this now."""

    code = "conference-refused"
    remedy = "The chair's desk lists what may happen next, and under which rule."


class OutOfOrder(Refused):
    """This is out of order now."""

    code = "out-of-order"


class NoQuorum(Refused):
    """There is no quorum."""

    code = "no-quorum"
    remedy = "Wait until enough States Parties are present, or suspend the meeting."


class NotPresiding(Refused):
    """Somebody else presides."""

    code = "not-presiding"
    remedy = "Only the person in the chair may do this; the secretariat records who takes the chair."


class NotTheirs(Refused):
    """This is not for this role to do."""

    code = "not-their-act"


class NoRight(Refused):
    """This participant does not have that right."""

    code = "no-such-right"


class NoVote(Refused):
    """This participant has no vote."""

    code = "no-right-to-vote"


class CredentialsMissing(Refused):
    """The credentials of this delegation do not allow it."""

    code = "credentials-missing"
    remedy = "Submit credentials to the secretariat; the bureau examines them and the body decides."


class NotPresent(Refused):
    """This delegation is not recorded as present."""

    code = "delegation-not-present"
    remedy = "Record its attendance first."


class VotedAlready(Refused):
    """This delegation has voted: its vote counts once."""

    code = "voted-already"
    remedy = "Nothing is to be done: the vote that was counted stands."


class VoteClosed(Refused):
    """The vote is closed: a late vote does not count."""

    code = "vote-closed"
    remedy = "A delegation may ask that the record mention how it would have voted."


class OrganisationAndMembers(Refused):
    """A regional organisation and its members do not both vote."""

    code = "organisation-and-members"


class Withdrawn(Refused):
    """This was withdrawn."""

    code = "proposal-withdrawn"
    remedy = "Another delegation may reintroduce it."


class ConsensusFirst(Refused):
    """Every effort at consensus comes first."""

    code = "consensus-first"
    remedy = (
        "Record the efforts at consensus, or adopt without a vote; where the rules demand consensus, go on seeking it."
    )


class TooSoon(Refused):
    """The time that the rules give has not passed."""

    code = "too-soon"


class UnknownParticipant(NotFound):
    """No participant of this session is called that."""

    code = "unknown-participant"
    remedy = "Use the code of the list of participants, such as VNM."


class UnknownMatter(NotFound):
    """This meeting has no such item, proposal, motion, vote or election."""

    code = "unknown-matter"
    remedy = "The desk lists the identifiers of what is before the meeting."


class BadEvent(BadInput):
    """The event is not well formed."""

    code = "bad-conference-event"
    remedy = "spec/meeting-record.md lists every kind of event and what its body holds."
