"""What can go wrong on the way to becoming a Party, in the reader's language; see `faults`."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label

SENTENCES: Mapping[str, Label] = {
    "bad-choices": _("The choices cannot be read."),
    "wrong-manner": _("The State cannot consent in this manner."),
    "choices-missing": _("The paper cannot be made before more has been decided."),
    "unknown-paper": _("There is no such paper among those of this State."),
    "unmarkable-step": _("This step is done by a fact, not by a mark."),
    "bad-mark": _("A step cannot be marked so."),
    "bad-filing": _("What was filed cannot have been filed so."),
    "already-filed": _("This paper was filed already."),
    "no-such-filing": _("No filing of that number stands."),
    "no-such-paper-file": _("The paper is not written in that language or form."),
    "no-such-choice": _("There is no such place in the choices."),
    "node-file-unknown": _("The file node.toml is not laid out as this program wrote it."),
}
REMEDIES: Mapping[str, Label] = {
    "bad-choices": _("Put right what the message names; `rogatory ready choices --template` shows every key."),
    "wrong-manner": _("Who signed ratifies, accepts or approves; who did not sign in time accedes."),
    "choices-missing": _(
        "Fill in what the message lists: rogatory ready choices --template, then rogatory ready choices FILE."
    ),
    "unknown-paper": _("Look at the list: rogatory ready letters."),
    "unmarkable-step": _(
        "The checklist says by what fact it is done: a choice, a filing, or the status of the Convention."
    ),
    "bad-mark": _("Give a note of at most 500 signs, and a day that is not in the future."),
    "bad-filing": _("Give the day on which the depositary received it: --on 2026-11-22."),
    "already-filed": _("Look at `rogatory ready filed`; correct the earlier entry if it is wrong."),
    "no-such-filing": _("Look at the numbers: rogatory ready filed."),
    "no-such-paper-file": _("Papers are written in English and French, as PDF and as Word files."),
    "no-such-choice": _("Go back to the choices: somebody may have removed it meanwhile."),
    "node-file-unknown": _("Make the change in node.toml by hand, and raise its serial number by one."),
}
