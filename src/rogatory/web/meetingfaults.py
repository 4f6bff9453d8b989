"""What went wrong at a meeting on this node, and what to do: the part of `faults.py` that is about meetings."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label

SENTENCES: Mapping[str, Label] = {
    "meeting-private": _("This meeting, or a part of it, is held in private."),
    "meeting-fact-missing": _("Something that a meeting cannot be made without is missing."),
    "no-pass": _("This device holds no pass for this page."),
    "meeting-not-public": _("This meeting has no page for the public."),
    "record-not-now": _("The record is not given away while a vote is being taken."),
    "reports-busy": _("Other reports are being made."),
    "too-many-acts": _("This pass sent more acts within a minute than a person does."),
    "too-many-tries": _("Too many links that do not hold were tried from this address."),
    "no-such-role": _("The secretariat does not enter for this role."),
    "meeting-exists": _("There is a meeting of this name already."),
    "bad-meeting": _("This cannot be the name of a meeting, or of a submission."),
    "submission-name-used": _("Another submission was made under this name."),
    "record-key-revoked": _("The key that signs this record is not in use any more."),
    "act-interrupted": _("The node was stopped in the midst of this act."),
    "no-such-meeting": _("There is no such meeting on this node."),
    "meeting-record-damaged": _("The record of this meeting in the database is not the one that was signed."),
    "bad-participants": _("The table of participants cannot be used."),
    "bad-pass": _("A pass cannot be issued like this."),
    "no-such-pass": _("There is no such pass."),
    "pass-revoked": _("This pass was revoked."),
    "bad-document-file": _("This file cannot be issued as a document."),
    "no-such-document-file": _("There is no such file of a document here."),
}

REMEDIES: Mapping[str, Label] = {
    "meeting-fact-missing": _("Give its title, its place, and the days on which it opens and closes."),
    "meeting-not-public": _("Ask the secretariat of the meeting; a private meeting is for those who take part in it."),
    "meeting-private": _(
        "Those who may attend private meetings read it with their pass; ask the secretariat of the meeting."
    ),
    "record-not-now": _("Wait until the vote is closed, and ask again."),
    "reports-busy": _("Wait a moment, then ask for it again."),
    "act-interrupted": _("Look at how the meeting stands: what was done is shown there. If it is not, do it again."),
    "no-such-pass": _("Ask the secretariat of the meeting for a new badge."),
    "pass-revoked": _("Ask the secretariat of the meeting for a new badge."),
    "record-key-revoked": _(
        "Close this record as it stands, and make a new meeting, whose record is signed with a good key."
    ),
    "submission-name-used": _("Load the page again and repeat what you meant to do."),
    "meeting-exists": _("Give it another identifier; the record of the one that is here goes on."),
    "meeting-record-damaged": _(
        "Stop the meeting. Keep the database as it is, and restore the newest good backup beside it."
    ),
    "bad-pass": _(
        "Give a role of presiding, delegation, teller, screen, "
        "the code of a participant (none for a screen), and a name."
    ),
    "bad-participants": _(
        "Correct the line named: CSV with the columns code, and where needed name, nom, kind, group, members."
    ),
    "bad-meeting": _("Use 1 to 40 letters, digits, hyphens and low lines, beginning with a letter or digit."),
    "no-pass": _("Open the link on your badge, or scan its code; the secretariat prints a new one."),
    "too-many-acts": _("Wait a minute, then do it again."),
    "too-many-tries": _("Wait a minute, then open the link on your badge again."),
    "no-such-role": _("Choose a delegation or a teller at the secretariat's desk."),
    "bad-document-file": _("Give a PDF, a DOCX without macros, or a text in UTF-8, of at most 20 MB."),
}
