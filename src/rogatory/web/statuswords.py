"""What the desk calls the ways in which a State stands to an instrument, its regional group, and its acts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from rogatory.web.words import Label


@dataclass(frozen=True, slots=True)
class Way:
    """A way to stand: a letter and a word, so that its colour never stands alone."""

    letter: str
    word: Label


#: Order is that of the legend.
WAYS: Mapping[str, Way] = {
    "party": Way("P", _("Party")),
    "consented": Way("R", _("consented, not yet bound")),
    "signatory": Way("S", _("signatory")),
    "left": Way("D", _("denounced it")),
    "neither": Way("–", _("neither")),
    "unknown": Way("?", _("not known")),
}

GROUPS: Mapping[str, Label] = {
    "african": _("African States"),
    "asia-pacific": _("Asia-Pacific States"),
    "eastern-european": _("Eastern European States"),
    "latin-american-caribbean": _("Latin American and Caribbean States"),
    "western-european-and-others": _("Western European and other States"),
    "none": _("In no regional group"),
}

SORTS: Mapping[str, Label] = {
    "name": _("name"),
    "code": _("code"),
    "group": _("regional group"),
    "way": _("standing"),
    "signed": _("day of signature"),
    "deposited": _("day of deposit"),
    "since": _("bound since"),
}

ACTS: Mapping[str, Label] = {
    "signature": _("signature"),
    "ratification": _("ratification"),
    "acceptance": _("acceptance"),
    "approval": _("approval"),
    "accession": _("accession"),
    "succession": _("succession"),
    "formal-confirmation": _("formal confirmation"),
    "definitive-signature": _("definitive signature"),
    "reservation": _("reservation"),
    "declaration": _("declaration"),
    "notification": _("notification"),
    "objection": _("objection"),
    "withdrawal": _("withdrawal"),
    "denunciation": _("denunciation"),
}

#: What becomes of an act when a depositary's list is taken.
DIFFERENCES: Mapping[str, Label] = {
    "new": _("new"),
    "changed": _("changed"),
    "gone": _("not in the list: will be dropped"),
    "kept": _("the list is silent: kept"),
    "same": _("the same"),
}

NAMES: Mapping[str, Mapping[str, Label]] = {
    "group": GROUPS,
    "deposit": ACTS,
    "difference": DIFFERENCES,
}
