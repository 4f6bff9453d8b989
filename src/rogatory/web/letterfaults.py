"""What went wrong with a letter or a drill, and what to do: the part of `faults.py` that is about them."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label

SENTENCES: Mapping[str, Label] = {
    "bad-letter": _("The letter is not of the form that its specification gives."),
    "bad-letter-body": _("The letter does not carry what its kind must carry."),
    "letter-does-not-fit": _("The letter does not fit its thread."),
    "missing-letter": _("The letter follows one that has not arrived yet."),
    "no-such-thread": _("There is no such thread of letters here."),
    "no-such-letter": _("There is no such letter here."),
    "no-such-drill": _("There is no such drill here."),
    "no-contact-point": _("That State names no contact point that a drill could reach."),
    "bad-drill-plan": _("The drill cannot be planned so."),
    "drill-ended": _("The drill does not stand where this is possible."),
    "too-many-drills": _("So many drills of this State wait here already that no more are taken."),
}

REMEDIES: Mapping[str, Label] = {
    "bad-letter": _("Ask the sender to upgrade or to send the letter again."),
    "letter-does-not-fit": _("Look at the thread as it stands now, and write again."),
    "missing-letter": _("Send the earlier letter first; this one can follow."),
    "no-contact-point": _(
        "Ask the State for a contact card that names its 24/7 contact point, or name the authority: --to FRA/desk."
    ),
    "drill-ended": _("Look at the list of drills: it may be answered, cancelled, or on its way already."),
    "too-many-drills": _("Wait until some are answered; a partner is tried now and then, not without end."),
}
