"""The forms on the page of an exhibit: what each act asks for, what it warns of, and what the page says afterwards.

Which acts are open is judged in `node.evidence.possible`. Here is only what is asked, with sensible first values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rogatory.errors import RogatoryError
from rogatory.node.evidence.looking import ExhibitPage
from rogatory.node.evidence.possible import Possible
from rogatory.web.stepforms import Ask
from rogatory.web.words import Label

_PURPOSE = Ask(
    "purpose",
    "multiline",
    _("Purpose"),
    _("It goes into the chain of custody and to the other side, with your name."),
)
_TO = Ask("to", "text", _("To which authority?"), _("As in KEN/contact-point; it may be of a third State."))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActForm:
    """One form; *says* comes first, *warning* is what must be marked before it is sent, *problem* why it was not done.

    *uploads* is true when it carries a file, *downloads* when its answer is one.
    """

    step: str
    title: Label
    button: Label
    cite: str
    asks: tuple[Ask, ...] = ()
    says: Label = ""
    warning: str = ""
    second_person: bool = False
    uploads: bool = False
    downloads: bool = False
    problem: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An act that may not be done now, and what stands against it."""

    title: Label
    cite: str
    error: RogatoryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An act that was tried and not done: what was sent, and why."""

    step: str
    sent: QueryDict
    error: Exception


#: What an act is called, for lists and for what stands against it.
TITLES: Mapping[str, Label] = {
    "hand-over": _("Hand it over"),
    "open": _("Open it for a purpose"),
    "record": _("Record that it was viewed or copied"),
    "ask-leave": _("Ask for leave to pass it on"),
    "pass-on": _("Pass it on, whole or in part"),
    "disclose": _("Disclose what clears an accused"),
    "give-leave": _("Let the other State pass it on, or refuse"),
    "return": _("Give it back"),
    "destroy": _("Ask that it be destroyed"),
}

_RECORDED: tuple[tuple[str, Label], ...] = (("viewed", _("It was viewed")), ("copied", _("It was copied")))

#: Act -> its forms without the exhibit's own words.
_FORMS: Mapping[str, tuple[ActForm, ...]] = {
    "hand-over": (
        ActForm(
            step="hand-over", title=TITLES["hand-over"], button=_("Propose the hand-over"), cite="", second_person=True
        ),
    ),
    "open": (
        ActForm(
            step="open",
            title=TITLES["open"],
            button=_("Verify, open and download"),
            cite="",
            says=_("Every byte is checked against the manifest first. A folder comes as one tar file."),
            asks=(_PURPOSE,),
            downloads=True,
        ),
    ),
    "record": (
        ActForm(
            step="record",
            title=TITLES["record"],
            button=_("Record it"),
            cite="",
            uploads=True,
            asks=(
                Ask("act", "choice", _("What was done?"), options=_RECORDED),
                _PURPOSE,
                Ask(
                    "file",
                    "file",
                    _("The copy that was made"),
                    _("For a copy only. It is hashed here and not kept; its digest must be that of the exhibit."),
                    required=False,
                ),
            ),
        ),
    ),
    "ask-leave": (
        ActForm(
            step="ask-leave",
            title=TITLES["ask-leave"],
            button=_("Send the request for leave"),
            cite="",
            says=_("Leave names one exhibit and one authority; nothing follows from it for another."),
            asks=(
                _TO,
                Ask("purpose", "multiline", _("What it is needed for there"), _("In which proceedings, and why.")),
                Ask("part", "multiline", _("Which part of it (all, if left empty)"), required=False),
            ),
        ),
    ),
    "disclose": (
        ActForm(
            step="notice",
            title=_("Give notice of a disclosure that clears an accused"),
            button=_("Send the notice"),
            cite="",
            says=_("No condition forbids this disclosure; the State that gave the evidence is owed notice in advance."),
            asks=(
                Ask("to", "text", _("To whom is it disclosed?")),
                Ask("clears", "multiline", _("What clears the accused")),
                Ask(
                    "no_time",
                    "multiline",
                    _("Why there was no time for notice in advance"),
                    _("Only if it was disclosed already: notice and disclosure are then put on record together."),
                    required=False,
                ),
            ),
        ),
        ActForm(
            step="disclosed",
            title=_("Record that it was disclosed, as the notice said"),
            button=_("Record the disclosure"),
            cite="",
            asks=(Ask("notice", "select", _("Which notice?")),),
        ),
    ),
    "give-leave": (
        ActForm(
            step="give-leave",
            title=TITLES["give-leave"],
            button=_("Put the answer before a second person"),
            cite="",
            second_person=True,
            asks=(
                _TO,
                Ask("granted", "yesno", _("May it be passed on?")),
                Ask("conditions", "multiline", _("Conditions, if any"), required=False),
                Ask("until", "day", _("Last day on which the leave may be used, if any"), required=False),
                Ask("reasons", "multiline", _("Reasons"), _("Owed when it may not."), required=False),
            ),
        ),
    ),
    "return": (
        ActForm(
            step="return",
            title=TITLES["return"],
            button=_("Give it back"),
            cite="",
            says=_("The other State has the same sealed file: no bytes travel, ours are destroyed."),
            asks=(Ask("purpose", "multiline", _("Why (optional)"), required=False),),
        ),
    ),
    "destroy": (
        ActForm(
            step="destroy",
            title=TITLES["destroy"],
            button=_("Put the destruction before a second person"),
            cite="",
            second_person=True,
            says=_("The manifest, the chain of custody and the proofs stay, and a certificate is signed."),
            asks=(Ask("purpose", "multiline", _("Why it is to be destroyed")),),
        ),
    ),
}


def forms(page: ExhibitPage, tried: Tried | None) -> tuple[ActForm, ...]:
    """The forms of what may be done now, with first values, or with what was sent when it has just been refused."""
    found: list[ActForm] = []
    for one in page.acts:
        if one.refused is None:
            found += [_filled(form, page, one, tried) for form in _FORMS.get(one.act, ())]
    return tuple(form for form in found if form.step != "disclosed" or form.asks[0].options)


def refusals(page: ExhibitPage) -> tuple[Refusal, ...]:
    """What may not be done now, and why."""
    return tuple(
        Refusal(title=TITLES[one.act], cite=one.cite, error=one.refused) for one in page.acts if one.refused is not None
    )


def _filled(form: ActForm, page: ExhibitPage, act: Possible, tried: Tried | None) -> ActForm:
    mine = tried if tried is not None and tried.step == form.step else None
    first = _first_values(page)
    asks = (
        replace(
            ask,
            value=mine.sent.get(ask.key, "") if mine else first.get((form.step, ask.key), ""),
            options=_notices(page) if ask.key == "notice" else ask.options,
        )
        for ask in form.asks
    )
    return replace(
        form,
        asks=tuple(asks),
        cite=act.cite,
        warning=_warning(form.step, page.manifest.name),
        problem=mine.error if mine else None,
    )


def _first_values(page: ExhibitPage) -> dict[tuple[str, str], str]:
    asked = page.known.unanswered if page.known else ()
    return {("give-leave", "to"): asked[0].to} if asked else {}


def _notices(page: ExhibitPage) -> tuple[tuple[str, object], ...]:
    ours = page.manifest.sealed_by[:3]
    done = {line.entry.under for line in page.lines}
    given = page.known.notices if page.known else ()
    open_ = (one for one in given if one.by[:3] != ours and one.message not in done)
    return tuple((one.message, f"{one.at:%Y-%m-%d}, {one.to}: {one.clears[:80]}") for one in open_)


def _warning(step: str, name: str) -> str:
    if step == "return":
        return gettext("I know that “%(name)s” is gone here afterwards, and cannot be opened any more.") % {
            "name": name
        }
    if step == "destroy":
        return gettext("I know that nobody can bring “%(name)s” back on this node once it is destroyed.") % {
            "name": name
        }
    return ""
