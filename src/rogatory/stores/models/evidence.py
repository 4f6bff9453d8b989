"""Exhibits and their parts; the bytes themselves are blobs."""

from django.db import models


class Exhibit(models.Model):
    """A sealed exhibit that this node sends or receives."""

    id = models.CharField(max_length=26, primary_key=True)
    case = models.CharField(max_length=40, db_index=True)
    request = models.CharField(max_length=64)
    ours = models.BooleanField()
    partner = models.CharField(max_length=3)
    state = models.CharField(max_length=20, db_index=True)
    manifest = models.TextField()
    parts_list = models.CharField(max_length=200)
    custody = models.JSONField()
    sealed_blob = models.CharField(max_length=200)
    header_blob = models.CharField(max_length=200, default="", blank=True)
    retention_until = models.DateField(null=True, db_index=True)
    attempts = models.IntegerField()
    next_at = models.DateTimeField(null=True)
    reason = models.TextField()
    changed_at = models.DateTimeField()


class ExhibitPart(models.Model):
    """A part that was received, verified and written; its number counts from 0."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="parts")
    number = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibit", "number"], name="one_row_a_part")]


class LoggedEntry(models.Model):
    """Where a custody entry that this node signed stands in its ledger; rows are only ever added."""

    digest = models.CharField(max_length=64, primary_key=True)
    exhibit = models.CharField(max_length=26, db_index=True)
    ledger_index = models.BigIntegerField()
    blinding = models.BinaryField()


class Destruction(models.Model):
    """That the bytes of an exhibit are to go: written before anything is destroyed, kept as the record of it.

    Personal data: names and log-ins of officials (purpose: accountability, Art 24(2) safeguards; kept with the node).
    """

    exhibit = models.CharField(max_length=26, primary_key=True)
    why = models.CharField(max_length=20)
    purpose = models.TextField()
    state = models.CharField(max_length=20, db_index=True)
    asked_by = models.CharField(max_length=150)
    asker_name = models.CharField(max_length=200)
    approved_by = models.CharField(max_length=150)
    approver_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()


class Sealing(models.Model):
    """A sealing under way: taken up again at its milestone, or abandoned; gone once it is an exhibit.

    Personal data: name and log-in of the custodian (purpose: accountability, Art 24(2) safeguards; gone with the row).
    """

    id = models.CharField(max_length=26, primary_key=True)
    case = models.CharField(max_length=40, db_index=True)
    request = models.CharField(max_length=64)
    authority = models.CharField(max_length=100, db_index=True)
    receiver = models.CharField(max_length=100)
    recipients = models.JSONField()
    about = models.JSONField()
    source = models.TextField()
    size = models.BigIntegerField(null=True)
    begun_by = models.CharField(max_length=150)
    person = models.CharField(max_length=200)
    run = models.CharField(max_length=32)
    secret = models.TextField()
    milestone = models.JSONField(null=True)
    outcome = models.JSONField(null=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
