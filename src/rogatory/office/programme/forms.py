"""What a secretary fills in: one form a kind of row. Times are taken in the time zone that is active.

A field is shown in the desk's own style by `office/programme/field.html`.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeVar
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rogatory.office.programme import currencies
from rogatory.office.programme.badges import LONGEST, LONGEST_PASS, BadgeCategory
from rogatory.office.programme.models import Body, BudgetLine, Entry, Language, Occasion, Room, Task

Key = TypeVar("Key")

LONGEST_MEETING = timedelta(days=60)
LONGEST_ENTRY = timedelta(days=60)
MOST_ATTENDING = 100_000
LONG_TEXT = 4000


class OfficeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form on a row, whose widgets carry no colon and name their problems."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs.update({"rows": 4, "maxlength": LONG_TEXT, "class": "short"})
                field.validators = [*field.validators, _not_too_long]
            if type(field) is forms.TypedChoiceField:
                offered: Any = field.choices
                named = [(value, label) for value, label in offered if value]
                field.choices = named if field.initial else [("", _("Choose…")), *named]


def _not_too_long(text: str) -> None:
    if len(text) > LONG_TEXT:
        raise forms.ValidationError(_("This text is longer than %(n)s signs.") % {"n": LONG_TEXT})


def _by_name(names: Mapping[Key, str]) -> list[tuple[Key, str]]:
    return sorted(names.items(), key=lambda one: one[1].casefold())


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class OccasionForm(OfficeForm):
    """One meeting as its programme knows it."""

    class Meta:
        model = Occasion
        fields = (
            "meeting",
            "title",
            "place",
            "time_zone",
            "starts_on",
            "ends_on",
            "late_days",
            "steering",
            "public",
        )
        labels = {
            "meeting": gettext_lazy("Identifier of the meeting"),
            "title": gettext_lazy("Title"),
            "place": gettext_lazy("Place"),
            "time_zone": gettext_lazy("Time zone"),
            "starts_on": gettext_lazy("First day"),
            "ends_on": gettext_lazy("Last day"),
            "late_days": gettext_lazy("Days late after which a task goes to the steering committee"),
            "steering": gettext_lazy("Members of the steering committee"),
            "public": gettext_lazy("Everybody may read what is accepted and marked as public"),
        }
        help_texts = {
            "meeting": gettext_lazy("As the meeting's record calls it, such as cosp-1."),
            "place": gettext_lazy("Building and city; it stands in every calendar entry."),
            "time_zone": gettext_lazy("By its name in the tz database, such as Asia/Ho_Chi_Minh or Europe/Vienna."),
            "steering": gettext_lazy("One on each line."),
        }
        error_messages = {
            "meeting": {"unique": gettext_lazy("There is a programme of this meeting already; perhaps a removed one.")}
        }
        widgets = {
            "starts_on": _day(),
            "ends_on": _day(),
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
        }

    def clean_time_zone(self) -> str:
        """A name of the tz database."""
        name: str = self.cleaned_data["time_zone"].strip()
        if name not in available_timezones():
            raise forms.ValidationError(_("There is no time zone of this name."))
        return name

    def clean(self) -> dict[str, Any]:
        """The days are in order and not too many."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day is before the first one."))
        elif starts and ends and ends - starts > LONGEST_MEETING:
            self.add_error("ends_on", _("A meeting is at most %(n)s days long.") % {"n": LONGEST_MEETING.days})
        if given.get("late_days") is not None and given["late_days"] > 365:
            self.add_error("late_days", _("Choose at most 365 days."))
        return given


class RoomForm(OfficeForm):
    """One room of an occasion."""

    class Meta:
        model = Room
        fields = ("name", "capacity", "equipment", "shared")
        labels = {
            "name": gettext_lazy("Name of the room"),
            "capacity": gettext_lazy("Seats"),
            "equipment": gettext_lazy("Equipment"),
            "shared": gettext_lazy("Several events may be in it at the same time, as in an exhibition hall"),
        }
        help_texts = {"equipment": gettext_lazy("Interpreters' booths, screens, microphones, step-free access …")}

    def clean_name(self) -> str:
        """A name that no other room of the occasion has."""
        name: str = self.cleaned_data["name"].strip()
        others = self.instance.occasion.rooms.filter(removed_at=None).exclude(pk=self.instance.pk)
        if name.casefold() in {one.name.casefold() for one in others}:
            raise forms.ValidationError(_("There is a room of this name already."))
        return name


class BodyForm(OfficeForm):
    """A State or another body."""

    iso3 = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    class Meta:
        model = Body
        fields = ("iso3", "name")
        labels = {"name": gettext_lazy("Or the name of another body")}
        help_texts = {"name": gettext_lazy("An organisation, a company, the secretariat …")}

    def __init__(self, *args: Any, states: Mapping[str, str], **kwargs: Any) -> None:
        """*states*: the names of States in the language of the page, by ISO 3166 alpha-3."""
        super().__init__(*args, **kwargs)
        self.states = states
        field = self.fields["iso3"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("No State")), *_by_name(states)]
        self.fields["name"].required = False

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, which the occasion does not have yet."""
        given: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        code, name = given.get("iso3", ""), given.get("name", "").strip()
        if code:
            given["name"] = name = self.states.get(code, code)
        if not name:
            self.add_error("name", _("Choose a State, or write the name of a body."))
        others = self.instance.occasion.bodies.filter(removed_at=None).exclude(pk=self.instance.pk)
        if any(one.name.casefold() == name.casefold() or (code and one.iso3 == code) for one in others):
            self.add_error("name", _("It is in the list already."))
        return given


class EntryForm(OfficeForm):
    """One entry of the programme; `read_version` is the version that the person saw."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Interpretation wanted"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    confirmed = forms.MultipleChoiceField(
        label=gettext_lazy("Interpretation confirmed"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    read_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = Entry
        fields = (
            "kind",
            "title",
            "description",
            "status",
            "starts",
            "ends",
            "room",
            "expected",
            "organisers",
            "wanted",
            "confirmed",
            "team",
            "contact",
            "public",
            "notes",
        )
        labels = {
            "kind": gettext_lazy("What it is"),
            "title": gettext_lazy("Title"),
            "description": gettext_lazy("Description"),
            "status": gettext_lazy("How far it is"),
            "starts": gettext_lazy("Begins"),
            "ends": gettext_lazy("Ends"),
            "room": gettext_lazy("Room"),
            "expected": gettext_lazy("People expected"),
            "organisers": gettext_lazy("Organisers"),
            "team": gettext_lazy("Team of interpreters"),
            "contact": gettext_lazy("Contact"),
            "public": gettext_lazy("In the public programme, once it is accepted"),
            "notes": gettext_lazy("Notes of the secretariat"),
        }
        help_texts = {
            "description": gettext_lazy("For the programme and the calendars."),
            "team": gettext_lazy("Its name; the same team cannot be at two places at once."),
            "contact": gettext_lazy("Name and address or telephone of one person; never shown to the public."),
            "notes": gettext_lazy("Stay here; they are in no calendar."),
        }
        widgets = {
            "starts": _moment(),
            "ends": _moment(),
            "organisers": forms.CheckboxSelectMultiple,
            "team": forms.TextInput(attrs={"list": "teams", "autocomplete": "off"}),
        }

    def __init__(self, *args: Any, body_names: Mapping[int, str], **kwargs: Any) -> None:
        """*body_names*: how the page calls each body, by its key."""
        super().__init__(*args, **kwargs)
        occasion: Occasion = self.instance.occasion
        self.initial["read_version"] = self.instance.version
        rooms, organisers = self.fields["room"], self.fields["organisers"]
        if isinstance(rooms, forms.ModelChoiceField) and isinstance(organisers, forms.ModelMultipleChoiceField):
            rooms.queryset = occasion.rooms.filter(removed_at=None)
            rooms.empty_label = _("no room yet")
            organisers.queryset = occasion.bodies.filter(removed_at=None)
            organisers.choices = _by_name(body_names)

    def clean(self) -> dict[str, Any]:
        """Both times or none, in order; what is confirmed is wanted."""
        given: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        starts, ends = given.get("starts"), given.get("ends")
        if bool(starts) != bool(ends) and not ({"starts", "ends"} & set(self.errors)):
            self.add_error("ends" if starts else "starts", _("Give both the beginning and the end, or neither."))
        elif starts and ends and ends <= starts:
            self.add_error("ends", _("The end is not after the beginning."))
        elif starts and ends and ends - starts > LONGEST_ENTRY:
            self.add_error("ends", _("An entry is at most %(n)s days long.") % {"n": LONGEST_ENTRY.days})
        if (given.get("expected") or 0) > MOST_ATTENDING:
            self.add_error("expected", _("Choose at most %(n)s people.") % {"n": MOST_ATTENDING})
        given["team"] = " ".join((given.get("team") or "").split())
        sure = given.get("confirmed") or []
        given["wanted"] = [code for code in Language.values if code in (given.get("wanted") or []) or code in sure]
        return given


class BudgetForm(OfficeForm):
    """One line of the budget, its amounts as people write them."""

    estimated = forms.CharField(label=gettext_lazy("Estimated"), max_length=30, required=False)
    committed = forms.CharField(label=gettext_lazy("Committed"), max_length=30, required=False)
    paid = forms.CharField(label=gettext_lazy("Paid"), max_length=30, required=False)

    class Meta:
        model = BudgetLine
        fields = ("title", "body", "category", "currency", "estimated", "committed", "paid")
        labels = {
            "title": gettext_lazy("What is paid for"),
            "body": gettext_lazy("Who bears it"),
            "category": gettext_lazy("Category"),
            "currency": gettext_lazy("Currency"),
        }
        help_texts = {"currency": gettext_lazy("Three letters of ISO 4217, such as USD, EUR or VND.")}
        widgets = {"currency": forms.TextInput(attrs={"list": "currencies", "autocomplete": "off", "maxlength": 3})}

    def __init__(self, *args: Any, body_names: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        line: BudgetLine = self.instance
        for name in ("estimated", "committed", "paid"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
            if line.pk:
                self.initial[name] = f"{currencies.exact(getattr(line, name), line.currency):f}"
        bodies = self.fields["body"]
        if isinstance(bodies, forms.ModelChoiceField):
            bodies.queryset = line.occasion.bodies.filter(removed_at=None)
            bodies.choices = [("", _("Choose…")), *_by_name(body_names)]

    def clean(self) -> dict[str, Any]:
        """A known currency, and amounts that it can have."""
        given: dict[str, Any] = dict(super().clean() or self.cleaned_data)
        currency = (given.get("currency") or "").strip().upper()
        given["currency"] = currency
        if currency and currency not in currencies.DIGITS:
            self.add_error("currency", _("This is not a currency of ISO 4217 that is in use."))
            return given
        for name in ("estimated", "committed", "paid"):
            units = currencies.read(given.get(name) or "", currency) if currency else 0
            if units is None:
                self.add_error(
                    name,
                    _("Write an amount such as 1 234.50, with at most %(n)s decimals and no sign for thousands.")
                    % {"n": currencies.DIGITS[currency]},
                )
            given[name] = units or 0
        return given


class TaskForm(OfficeForm):
    """One task."""

    class Meta:
        model = Task
        fields = ("title", "owner", "due", "notes")
        labels = {
            "title": gettext_lazy("What is to be done"),
            "owner": gettext_lazy("Who does it"),
            "due": gettext_lazy("Due on"),
            "notes": gettext_lazy("Notes"),
        }
        widgets = {"due": _day()}


class TellingForm(forms.Form):
    """Whom somebody told of a late task."""

    told = forms.CharField(label=gettext_lazy("Who was told"), max_length=200)


class BadgeForm(forms.Form):
    """One badge that is typed in; a form that is left blank makes none."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST, required=False)
    delegation = forms.CharField(label=gettext_lazy("Delegation"), max_length=LONGEST, required=False)
    function = forms.CharField(label=gettext_lazy("Function"), max_length=LONGEST, required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=BadgeCategory.choices, required=False)
    link = forms.CharField(label=gettext_lazy("Pass link"), max_length=LONGEST_PASS, required=False)
