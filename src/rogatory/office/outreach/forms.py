"""What a liaison fills in: one form a kind of row. A field is shown by `office/programme/field.html`."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rogatory.law.model import Law
from rogatory.office.outreach import models
from rogatory.office.outreach.standing import INSTRUMENT
from rogatory.office.programme.forms import OfficeForm
from rogatory.status.profile import within

SOURCE_LABELS = {
    "source": gettext_lazy("Source"),
    "certainty": gettext_lazy("How sure"),
}
SOURCE_HELP = {"source": gettext_lazy("Who says so: a gazette, a parliament’s record, a statement, a note verbale.")}
NO_CONTROL = {chr(sign) for sign in range(32)} - {"\t", "\n", "\r"}


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class OutreachForm(OfficeForm):
    """A form of outreach; `on` is the day of the node, `law` what provisions are looked up in."""

    def __init__(self, *args: Any, on: date, law: Law, codes: frozenset[str], **kwargs: Any) -> None:
        self.on, self.law, self.codes = on, law, codes
        super().__init__(*args, **kwargs)

    def not_later(self, name: str) -> None:
        """The day *name* is not after today."""
        given = self.cleaned_data.get(name)
        if given and given > self.on:
            self.add_error(name, _("This day is still to come."))

    def clean(self) -> dict[str, Any]:
        """No control characters in any text, and what the form itself asks."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(given.items()):
            if isinstance(value, str) and NO_CONTROL & set(value):
                self.add_error(name, _("This text holds a sign that cannot be shown."))
        self.check_more()
        return given

    def check_more(self) -> None:
        """What this form asks besides."""


class SourcedForm(OutreachForm):
    """A form with a source; what is public needs one that everybody can look up."""

    source_address = forms.URLField(
        label=gettext_lazy("Address of the source"), max_length=500, required=False, assume_scheme="https"
    )

    def check_more(self) -> None:
        """A public entry names the address of its source."""
        if self.cleaned_data.get("public") and not self.cleaned_data.get("source_address"):
            self.add_error("source_address", _("What everybody may read needs a source that everybody can look up."))


class StepForm(SourcedForm):
    """One step of a State on its way."""

    class Meta:
        model = models.OutreachStep
        fields = ("kind", "taken_on", "note", "source", "source_address", "certainty", "public")
        labels = {
            "kind": gettext_lazy("Step"),
            "taken_on": gettext_lazy("Day"),
            "note": gettext_lazy("Remark"),
            "public": gettext_lazy("Everybody may read this step"),
            **SOURCE_LABELS,
        }
        help_texts = {
            "kind": gettext_lazy("Signature and deposit come from the status and are not entered here."),
            "note": gettext_lazy("Colleagues read it; the public does not."),
            **SOURCE_HELP,
        }
        widgets = {"taken_on": _day()}

    def check_more(self) -> None:
        """The day has come, and the Convention was there."""
        super().check_more()
        self.not_later("taken_on")
        taken, adopted = self.cleaned_data.get("taken_on"), self.law.instrument(INSTRUMENT).adopted
        if taken and taken < adopted:
            self.add_error(
                "taken_on", _("The Convention was adopted on %(day)s; no step is earlier.") % {"day": adopted}
            )


class ContactForm(OutreachForm):
    """Somebody who can be spoken with."""

    class Meta:
        model = models.OutreachContact
        fields = ("name", "post", "channel", "notes")
        labels = {
            "name": gettext_lazy("Name"),
            "post": gettext_lazy("Office"),
            "channel": gettext_lazy("How to reach"),
            "notes": gettext_lazy("Notes"),
        }
        help_texts = {"channel": gettext_lazy("Telephone, address, or through whom.")}


class MeetingForm(OutreachForm):
    """That people were in touch."""

    class Meta:
        model = models.OutreachMeeting
        fields = ("kind", "held_on", "subject", "people", "notes")
        labels = {
            "kind": gettext_lazy("Kind"),
            "held_on": gettext_lazy("Day"),
            "subject": gettext_lazy("Subject"),
            "people": gettext_lazy("With whom"),
            "notes": gettext_lazy("Notes"),
        }
        help_texts = {
            "subject": gettext_lazy("Colleagues see the day, the kind and this line: name nobody in it."),
            "people": gettext_lazy("Only you see this, and the colleagues with whom you share the meeting."),
            "notes": gettext_lazy("Only you see this, and the colleagues with whom you share the meeting."),
        }
        widgets = {"held_on": _day()}


class ObstacleForm(SourcedForm):
    """What holds a State back."""

    class Meta:
        model = models.OutreachObstacle
        fields = (
            *("kind", "says", "declared", "provisions", "source", "source_address", "certainty"),
            *("settled_on", "public"),
        )
        labels = {
            "kind": gettext_lazy("What holds it back"),
            "says": gettext_lazy("In a sentence"),
            "declared": gettext_lazy("The State says so itself: only this stands in the brief for its capital"),
            "provisions": gettext_lazy("Provisions that it concerns"),
            "settled_on": gettext_lazy("Settled on"),
            "public": gettext_lazy("Everybody may read this"),
            **SOURCE_LABELS,
        }
        help_texts = {
            "provisions": gettext_lazy(
                "Of the Convention, with spaces between them: 28 40(8). Blank for the usual ones."
            ),
            **SOURCE_HELP,
        }
        widgets = {"settled_on": _day()}

    def clean_provisions(self) -> str:
        """Articles and paragraphs that the law data has, once each."""
        found = list(dict.fromkeys(self.cleaned_data["provisions"].replace(",", " ").split()))
        known = self.law.by_number[INSTRUMENT]
        unknown = [one for one in found if not any(within(number, one) for number in known)]
        if unknown:
            raise forms.ValidationError(_("The Convention has no provision %(number)s.") % {"number": unknown[0][:20]})
        return " ".join(found)

    def check_more(self) -> None:
        """Nothing is settled in advance."""
        super().check_more()
        self.not_later("settled_on")


class HelpForm(SourcedForm):
    """Help that a State asked for."""

    class Meta:
        model = models.OutreachHelp
        fields = (
            *("what", "asked_on", "need", "source", "source_address", "certainty"),
            *("answered_on", "public"),
        )
        labels = {
            "what": gettext_lazy("Help that it asked for"),
            "asked_on": gettext_lazy("Asked on"),
            "need": gettext_lazy("Entry of the need"),
            "answered_on": gettext_lazy("Answered on"),
            "public": gettext_lazy("Everybody may read this"),
            **SOURCE_LABELS,
        }
        help_texts = {
            "need": gettext_lazy("The name under which technical assistance lists the need, such as VNM/…."),
            **SOURCE_HELP,
        }
        widgets = {"asked_on": _day(), "answered_on": _day()}

    def check_more(self) -> None:
        """Days that have come."""
        super().check_more()
        self.not_later("asked_on")
        self.not_later("answered_on")


class PromiseForm(OutreachForm):
    """What somebody promised to do."""

    class Meta:
        model = models.OutreachPromise
        fields = ("what", "by_whom", "due")
        labels = {
            "what": gettext_lazy("What is to be done"),
            "by_whom": gettext_lazy("By whom"),
            "due": gettext_lazy("Until"),
        }
        help_texts = {"by_whom": gettext_lazy("A colleague or a service of ours; colleagues see it.")}
        widgets = {"due": _day()}


class OccasionForm(OutreachForm):
    """An occasion to urge States."""

    address = forms.URLField(label=gettext_lazy("Web page"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = models.OutreachOccasion
        fields = ("kind", "title", "place", "starts_on", "ends_on", "for_states", "prepare", "address", "public")
        labels = {
            "kind": gettext_lazy("Kind"),
            "title": gettext_lazy("Title"),
            "place": gettext_lazy("Place"),
            "starts_on": gettext_lazy("First day"),
            "ends_on": gettext_lazy("Last day"),
            "for_states": gettext_lazy("For these States"),
            "prepare": gettext_lazy("What to prepare"),
            "public": gettext_lazy("Everybody may read that it takes place"),
        }
        help_texts = {
            "for_states": gettext_lazy("Their codes with spaces between them, such as KEN GHA; blank for all."),
            "prepare": gettext_lazy("Colleagues read it; the public does not."),
        }
        widgets = {"starts_on": _day(), "ends_on": _day()}

    def clean_for_states(self) -> str:
        """Codes that we know, once each."""
        found = list(dict.fromkeys(self.cleaned_data["for_states"].replace(",", " ").upper().split()))
        unknown = [one for one in found if one not in self.codes]
        if unknown:
            raise forms.ValidationError(_("%(code)s is not the code of a State.") % {"code": unknown[0][:20]})
        return " ".join(found)

    def check_more(self) -> None:
        """The days are in order."""
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day is before the first one."))


FORMS: dict[str, type[OutreachForm]] = {
    "contact": ContactForm,
    "meeting": MeetingForm,
    "obstacle": ObstacleForm,
    "help": HelpForm,
    "promise": PromiseForm,
    "occasion": OccasionForm,
}
