"""What can go wrong with needs and offers, in the reader's language; see `faults`."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label

SENTENCES: Mapping[str, Label] = {
    "bad-audience": _("The entry cannot be shown to those."),
    "unknown-assistance-kind": _("There is no such kind of entry."),
    "bad-assistance-letter": _("The letter does not carry what its kind must carry."),
    "assistance-entry-too-large": _("The entry is too large for a letter."),
    "bad-assistance-entry": _("The entry cannot be kept as it was given."),
    "bad-offer-table": _("The table of offers cannot be taken."),
    "no-such-assistance-entry": _("There is no such entry here."),
    "not-our-assistance-entry": _("The entry belongs to another State; only its owner changes it."),
    "assistance-entry-withdrawn": _("The entry was withdrawn."),
    "no-earlier-version": _("There is no earlier version of this entry."),
    "too-many-assistance-entries": _("So many entries of this State are here that no more are taken."),
    "nobody-to-send-to": _("There is nobody to whom this entry can be sent."),
    "no-interest-in-that": _("Interest is shown in needs, offers, projects and practices of partners."),
    "bad-assistance-export": _("An export like this cannot be made."),
    "not-a-gap": _("The assessment shows no gap there."),
    "bad-trainee": _("The trainee cannot be kept like this."),
    "no-such-trainee": _("There is no such trainee here."),
    "no-offer-file": _("Choose the file of offers first."),
    "unknown-assistance-act": _("There is no such step for an entry."),
    "assist-not-public": _("This node has no public page of needs and offers."),
}
REMEDIES: Mapping[str, Label] = {
    "bad-audience": _("Name partners by their codes (VNM), with the visibility “named” and only with it."),
    "unknown-assistance-kind": _("It is one of: need, offer, project, funding, pledge, practice."),
    "bad-assistance-letter": _("Ask the sender to send the entry again from an up-to-date node."),
    "assistance-entry-too-large": _("Shorten its texts or its lists, or make two entries of it."),
    "bad-assistance-entry": _("Put right each field that the message names; nothing was saved."),
    "bad-offer-table": _("Put right each line that the message names, and import the file again; nothing was taken."),
    "no-such-assistance-entry": _("Look at the lists: rogatory assist need list, offer list and so on."),
    "not-our-assistance-entry": _("Write to its owner: show interest in it, or make an entry of your own."),
    "assistance-entry-withdrawn": _(
        "Undo the withdrawal if the entry is yours; otherwise nothing can be done with it."
    ),
    "no-earlier-version": _("Change the entry, or withdraw it."),
    "too-many-assistance-entries": _("Entries that were withdrawn count too. Change an entry that is here already."),
    "nobody-to-send-to": _("Name the partners; or show the entry to all partners first, and accept a partner's card."),
    "no-interest-in-that": _("To one of your own, partners show interest."),
    "bad-assistance-export": _("For whom is one of everybody, partners, us; a CSV file holds one kind of entry."),
    "not-a-gap": _("Ask for help with an obligation that is not carried out, or in part; or write a need by hand."),
    "bad-trainee": _(
        "Give a name of at most 200 characters, the number of a training of the project, and a role of the list."
    ),
    "no-offer-file": _("Choose a CSV file with the names of the fields on its first line and one offer on each line."),
    "unknown-assistance-act": _("Use the buttons on the page of the entry."),
    "assist-not-public": _("Log in, or ask the operator of this node; it is opened by ROGATORY_PUBLIC."),
}
