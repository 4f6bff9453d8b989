"""Rows of the work that urges States to join: ordinary tables, where nothing is signed, sealed or voted.

Signature and deposit are no rows here: they come from the status. A step between them is written once and never
changed; a correction is a new row that names the one it corrects. A contact, and the notes of a meeting, belong to
the person who wrote them, and are shown to nobody else but the colleagues whom that person names.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

CODE = 3
SHORT, LONG, TEXT = 80, 200, 4000


class StepKind(models.TextChoices):
    """A step between signature and deposit; `returned` takes a State back to where the status has it."""

    BEFORE_PARLIAMENT = "before-parliament", _("before parliament")
    APPROVED = "approved", _("approved")
    INSTRUMENT_READY = "instrument-ready", _("instrument ready")
    RETURNED = "returned", _("sent back or stopped")


class Certainty(models.TextChoices):
    """How sure something is."""

    HIGH = "high", _("high certainty")
    MEDIUM = "medium", _("medium certainty")
    LOW = "low", _("low certainty")


class ObstacleKind(models.TextChoices):
    """What holds a State back."""

    LAW = "law", _("its law is not ready")
    INSTITUTIONS = "institutions", _("authorities or contact point are missing")
    PEOPLE = "people", _("trained people are missing")
    COST = "cost", _("cost")
    POLITICS = "politics", _("politics")
    HUMAN_RIGHTS = "human-rights", _("concern for human rights")
    FEDERAL = "federal", _("federal structure")
    OTHER_TREATY = "other-treaty", _("another treaty comes first")
    ELECTION = "election", _("election or change of government")
    UNKNOWN = "unknown", _("not known")


class MeetingKind(models.TextChoices):
    """How people were in touch."""

    MEETING = "meeting", _("meeting")
    CALL = "call", _("call")
    VISIT = "visit", _("visit")
    LETTER = "letter", _("letter or note verbale")


class OccasionKind(models.TextChoices):
    """What an occasion is."""

    TREATY_EVENT = "treaty-event", _("treaty event")
    CONFERENCE = "conference", _("conference")
    VISIT = "visit", _("visit")
    OTHER = "other", _("other occasion")


class Sourced(models.Model):
    """Something with the source it rests on, and how sure it is."""

    source = models.CharField(max_length=LONG)
    source_address = models.CharField(max_length=500, blank=True)
    certainty = models.CharField(max_length=8, choices=Certainty.choices, default=Certainty.MEDIUM)
    public = models.BooleanField(default=False)

    class Meta:
        abstract = True


class OutreachStep(Sourced):
    """One step of a State on its way, as somebody entered it; never changed and never removed.

    `corrects` names the row in whose place this one stands, one at most for each; a row that is `taken_back` says that
    the step was not taken.
    """

    iso3 = models.CharField(max_length=CODE, db_index=True)
    kind = models.CharField(max_length=20, choices=StepKind.choices)
    taken_on = models.DateField()
    note = models.CharField(max_length=LONG, blank=True)
    entered_by = models.ForeignKey("office.Member", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    taken_back = models.BooleanField(default=False)

    class Meta:
        ordering = ["taken_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.taken_on}"


class OutreachRow(models.Model):
    """A row about one State that its writer can change, remove and bring back; `version` counts the changes."""

    iso3 = models.CharField(max_length=CODE, db_index=True)
    owner = models.ForeignKey("office.Member", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class OutreachContact(OutreachRow):
    """Somebody who can be spoken with about a State.

    Personal data: name, office and ways to reach one official (purpose: to urge the State to join; shown to the owner
    and the colleagues whom the owner names, and to nobody else; gone for good when the owner has it forgotten).
    """

    name = models.CharField(max_length=LONG)
    post = models.CharField(max_length=LONG, blank=True)
    channel = models.CharField(max_length=LONG, blank=True)
    notes = models.TextField(blank=True)
    shared_with = models.ManyToManyField("office.Member", blank=True, related_name="+")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class OutreachMeeting(OutreachRow):
    """That people were in touch: colleagues see the day, the kind and the subject; people and notes are the owner's.

    Personal data: `people` and `notes` (purpose and readers as for a contact, unless the owner opens the notes).
    """

    kind = models.CharField(max_length=12, choices=MeetingKind.choices)
    held_on = models.DateField()
    subject = models.CharField(max_length=LONG)
    people = models.CharField(max_length=LONG, blank=True)
    notes = models.TextField(blank=True)
    shared_with = models.ManyToManyField("office.Member", blank=True, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.held_on}: {self.subject}"


class OutreachObstacle(OutreachRow, Sourced):
    """What holds a State back. `declared`: the State says so itself; `provisions`: those of the Convention it names."""

    kind = models.CharField(max_length=16, choices=ObstacleKind.choices)
    says = models.CharField(max_length=LONG, blank=True)
    declared = models.BooleanField(default=False)
    provisions = models.CharField(max_length=LONG, blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["settled_on", "kind", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class OutreachHelp(OutreachRow, Sourced):
    """Help that a State asked for; `need` names the entry of a need (`VNM/…`) where there is one."""

    what = models.CharField(max_length=LONG)
    asked_on = models.DateField(null=True, blank=True)
    need = models.CharField(max_length=80, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["answered_on", "-asked_on", "pk"]

    def __str__(self) -> str:
        return self.what


class OutreachPromise(OutreachRow):
    """What somebody promised to do for a State's joining, and until when.

    Personal data: `by_whom`, a colleague (purpose: that it gets done).
    """

    what = models.CharField(max_length=LONG)
    by_whom = models.CharField(max_length=LONG)
    due = models.DateField()
    done_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.what


class OutreachOccasion(OutreachRow):
    """An occasion to urge States: `iso3` is empty when it is for all; `for_states` names some, by their codes."""

    uid = models.CharField(max_length=80, unique=True, editable=False)
    kind = models.CharField(max_length=16, choices=OccasionKind.choices)
    title = models.CharField(max_length=LONG)
    place = models.CharField(max_length=LONG, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    for_states = models.CharField(max_length=LONG, blank=True)
    prepare = models.TextField(blank=True)
    address = models.CharField(max_length=500, blank=True)
    public = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def codes(self) -> list[str]:
        """The States it is for; none when it is for all."""
        return self.for_states.split()


class OutreachDesk(models.Model):
    """What one person keeps: the key of his or her calendar's address, and the order of the list."""

    member = models.OneToOneField("office.Member", on_delete=models.CASCADE, related_name="+")
    feed_key = models.CharField(max_length=64, unique=True)
    wish = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.member)
