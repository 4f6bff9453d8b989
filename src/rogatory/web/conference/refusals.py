"""Why the engine refuses, in the reader's language, by the stable code of the refusal; and what to do next.

Each sentence is the docstring of its error class, each remedy that of the class or of the place that raises it, word
for word (a test compares the sentences). What comes with a refusal, such as a number, is in English.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label

SENTENCES: Mapping[str, Label] = {
    "conference-refused": _("The rules of procedure do not allow this now."),
    "out-of-order": _("This is out of order now."),
    "no-quorum": _("There is no quorum."),
    "not-presiding": _("Somebody else presides."),
    "not-their-act": _("This is not for this role to do."),
    "no-such-right": _("This participant does not have that right."),
    "no-right-to-vote": _("This participant has no vote."),
    "credentials-missing": _("The credentials of this delegation do not allow it."),
    "delegation-not-present": _("This delegation is not recorded as present."),
    "voted-already": _("This delegation has voted: its vote counts once."),
    "vote-closed": _("The vote is closed: a late vote does not count."),
    "organisation-and-members": _("A regional organisation and its members do not both vote."),
    "proposal-withdrawn": _("This was withdrawn."),
    "consensus-first": _("Every effort at consensus comes first."),
    "too-soon": _("The time that the rules give has not passed."),
    "unknown-participant": _("No participant of this session is called that."),
    "unknown-matter": _("This meeting has no such item, proposal, motion, vote or election."),
    "bad-conference-event": _("The event is not well formed."),
    "no-such-rule": _("The rulebook has no rule of this name."),
    "election-step": _("The election is not at this step."),
    "wrong-lot": _("The lot cannot have fallen so."),
    "bad-election": _("An election cannot begin like this."),
    "not-eligible": _("Votes cannot be cast for this name in this ballot."),
    "impossible-ballot": _("The numbers of a ballot cannot be."),
    "bad-vote-sheet": _("A sheet of votes or ballots cannot be counted."),
}

#: What to do, as the classes and the places that raise them say it in English.
REMEDIES: tuple[Label, ...] = (
    _("The chair's desk lists what may happen next, and under which rule."),
    _("Wait until enough States Parties are present, or suspend the meeting."),
    _("Only the person in the chair may do this; the secretariat records who takes the chair."),
    _("Submit credentials to the secretariat; the bureau examines them and the body decides."),
    _("Record its attendance first."),
    _("Nothing is to be done: the vote that was counted stands."),
    _("A delegation may ask that the record mention how it would have voted."),
    _("Another delegation may reintroduce it."),
    _("Record the efforts at consensus, or adopt without a vote; where the rules demand consensus, go on seeking it."),
    _("Use the code of the list of participants, such as VNM."),
    _("The desk lists the identifiers of what is before the meeting."),
    _("spec/meeting-record.md lists every kind of event and what its body holds."),
    _("Look at the election: it says which ballot, or which lot, comes next."),
    _("Give as many names as the lot decides places, out of those it is drawn among."),
    _("Give the number of places, and each candidate once."),
    _("A paper that names nobody else is invalid: let the tellers enter it so."),
    _("Let the tellers count again: papers, invalid ones, abstentions, and the votes for each name."),
    _("Correct the line that the message names; nothing was counted."),
    _("A motion to reconsider may be moved."),
    _("An application that met an objection is put to the body."),
    _("Circulate it in the languages of the session."),
    _("Conclude that election, or record that the candidature is withdrawn."),
    _("Count again together; either teller may hand in a new sheet."),
    _("Count again together; the first teller may hand in a new sheet."),
    _("End the election."),
    _("Give it the floor; a delegation may also move to close the debate."),
    _("Hold the election by regional group, for as many seats as the group still has."),
    _("Open a vote on it, or seek agreement; whoever asked may withdraw the request."),
    _("Record the support, or name the decision by which the body called the session."),
    _("Say that the body approves the invitation."),
    _("The organisation declares before a vote is opened that it votes for its members."),
    _("Withdraw the proposal."),
    _("Issue the document again with the same file, or restore the newest good backup."),
)
