"""Needs, offers, projects, contributions, pledges and good practices; what was sent of them; trainees."""

from django.db import models


class AssistanceEntry(models.Model):
    """One version of an entry; the database refuses to change or delete it.

    Personal data: log-in and name of the official who made the version, and whom to ask where the entry says so
    (purpose: to say who speaks for a State; kept with the node). Deliberately absent: names of trainees.
    """

    owner = models.CharField(max_length=3)
    entry = models.CharField(max_length=26)
    version = models.IntegerField()
    kind = models.CharField(max_length=12)
    body = models.JSONField()
    visibility = models.CharField(max_length=12)
    partners = models.JSONField()
    withdrawn = models.BooleanField()
    act = models.CharField(max_length=12)
    restores = models.IntegerField()
    letter = models.CharField(max_length=64)
    thread = models.CharField(max_length=26)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "entry", "version"], name="one_assistance_version")]
        indexes = [models.Index(fields=["kind", "owner"], name="assistance_kind")]


class AssistanceSending(models.Model):
    """One letter that took an entry of ours to a partner, or took it back; never changed."""

    letter = models.CharField(max_length=64, unique=True)
    entry = models.CharField(max_length=26, db_index=True)
    version = models.IntegerField()
    withdrawal = models.BooleanField()
    state = models.CharField(max_length=3)
    receiver = models.CharField(max_length=44)
    thread = models.CharField(max_length=26)
    at = models.DateTimeField()


class AssistanceInterest(models.Model):
    """One letter that shows interest in an entry or takes it back; never changed.

    Personal data: the name of the official who wrote it (purpose: to know whom to speak with; kept with the node).
    """

    letter = models.CharField(max_length=64, unique=True)
    owner = models.CharField(max_length=3)
    entry = models.CharField(max_length=26, db_index=True)
    version = models.IntegerField()
    state = models.CharField(max_length=3)
    interested = models.BooleanField()
    says = models.TextField()
    own = models.CharField(max_length=26)
    person = models.CharField(max_length=200)
    at = models.DateTimeField()


class AssistanceTrainee(models.Model):
    """One named trainee. Personal data: name, role and a note (purpose: to invite and to certify; removed at will)."""

    id = models.CharField(max_length=26, primary_key=True)
    project = models.CharField(max_length=26, db_index=True)
    training = models.IntegerField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40)
    note = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
