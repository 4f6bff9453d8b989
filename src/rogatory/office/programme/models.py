"""Rows of a conference's programme: ordinary tables, where nothing is signed, sealed or voted.

The meeting itself is known here by its identifier and title only. Whatever a person removes stays as a row with
`removed_at`, so that it can be brought back. An amount is a whole number of the currency's smallest units.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _


class Removable(models.Model):
    """A row that can be removed and brought back."""

    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class Occasion(Removable):
    """One meeting of the Conference or of a body, as its programme knows it.

    `feed_key` opens the calendar feeds that are not public. A task goes to the steering committee once it is
    `late_days` late.
    """

    meeting = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)
    starts_on = models.DateField()
    ends_on = models.DateField()
    late_days = models.PositiveSmallIntegerField(default=3)
    steering = models.TextField(blank=True)
    public = models.BooleanField(default=False)
    feed_key = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["-starts_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the place."""
        return ZoneInfo(self.time_zone)

    @property
    def days(self) -> list[date]:
        """The days of the meeting, the first and the last included."""
        return [self.starts_on + timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)]


class Body(Removable):
    """A State (`iso3`, ISO 3166 alpha-3) or another body that organises something or bears a cost."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="bodies")
    name = models.CharField(max_length=200)
    iso3 = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Room(Removable):
    """A room; a `shared` one, such as an exhibition hall, holds several events at the same time."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField(null=True, blank=True)
    equipment = models.CharField(max_length=400, blank=True)
    shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Kind(models.TextChoices):
    """What an entry of the programme is."""

    PLENARY = "plenary", _("Plenary sitting")
    SIDE_EVENT = "side-event", _("Side event")
    WORKSHOP = "workshop", _("Workshop")
    STAND = "stand", _("Exhibition stand")


class Standing(models.TextChoices):
    """How far an entry is; a cancelled one had been accepted."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("cancelled")


class Language(models.TextChoices):
    """Languages of interpretation: the six of the United Nations, then others."""

    AR = "ar", _("Arabic")
    ZH = "zh", _("Chinese")
    EN = "en", _("English")
    FR = "fr", _("French")
    RU = "ru", _("Russian")
    ES = "es", _("Spanish")
    PT = "pt", _("Portuguese")
    VI = "vi", _("Vietnamese")


class Entry(Removable):
    """Something that takes place, is proposed, or no longer takes place.

    Personal data: `contact`, one person of the organiser (purpose: to prepare the event; shown to people with a
    log-in and in feeds that are not public). `version` counts the changes; calendars call it SEQUENCE. `published` is
    the title under which everybody could see the entry, so that its cancellation is told to those who saw it.
    """

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="entries")
    uid = models.CharField(max_length=80, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=16, choices=Standing.choices, default=Standing.PROPOSED)
    starts = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    organisers = models.ManyToManyField(Body, blank=True, related_name="entries")
    expected = models.PositiveIntegerField(null=True, blank=True)
    wanted = models.JSONField(default=list, blank=True)
    confirmed = models.JSONField(default=list, blank=True)
    team = models.CharField(max_length=80, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    public = models.BooleanField(default=False)
    published = models.CharField(max_length=200, blank=True, editable=False)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["starts", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_place(self) -> bool:
        """Whether it is accepted, or may still be."""
        return self.removed_at is None and self.status in (Standing.PROPOSED, Standing.ACCEPTED)

    @property
    def languages(self) -> list[tuple[str, bool]]:
        """The names of the languages of interpretation, each with whether it is confirmed."""
        return [(str(one.label), one.value in self.confirmed) for one in Language if one.value in self.wanted]


class Category(models.TextChoices):
    """What a cost is for."""

    VENUE = "venue", _("Venue and rooms")
    INTERPRETATION = "interpretation", _("Interpretation")
    DOCUMENTS = "documents", _("Documents and translation")
    STAFF = "staff", _("Staff")
    TRAVEL = "travel", _("Travel and accommodation")
    EQUIPMENT = "equipment", _("Equipment and connections")
    SECURITY = "security", _("Security")
    HOSPITALITY = "hospitality", _("Hospitality")
    OTHER = "other", _("Other")


class BudgetLine(Removable):
    """One cost, the body that bears it, and its amounts in the smallest units of `currency` (ISO 4217)."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="budget")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="budget")
    category = models.CharField(max_length=16, choices=Category.choices)
    title = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    estimated = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["body__name", "category", "pk"]

    def __str__(self) -> str:
        return self.title


class Task(Removable):
    """Something that somebody must have done by a day.

    Personal data: `owner`, the person who does it (purpose: to prepare the meeting).
    """

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    due = models.DateField()
    notes = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.title


class Telling(models.Model):
    """That somebody of the steering committee was told of a late task; such a row is neither changed nor removed."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="tellings")
    told = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    noted_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["told_at", "pk"]

    def __str__(self) -> str:
        return self.told
