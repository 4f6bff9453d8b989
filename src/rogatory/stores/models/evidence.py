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
