"""Meetings, the entries of their records, and the passes of those who take part."""

from django.db import models


class Meeting(models.Model):
    """A meeting as lists show it; the row is also the lock of its record.

    Personal data: the log-in of the secretary who made it (purpose: accountability; kept with the record).
    """

    id = models.CharField(max_length=40, primary_key=True)
    title = models.JSONField()
    body = models.CharField(max_length=30)
    kind = models.CharField(max_length=30)
    venue = models.TextField()
    opens = models.DateField()
    closes = models.DateField()
    authority = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)


class MeetingEntry(models.Model):
    """One signed entry of a record; the database refuses to change or delete a row.

    Personal data: names of delegates and officials as the record of a public body gives them (kept with the record).
    """

    meeting = models.CharField(max_length=40)
    number = models.IntegerField()
    line = models.BinaryField()
    once = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_entry_a_number"),
            models.UniqueConstraint(
                fields=["meeting", "once"], condition=~models.Q(once=""), name="one_entry_a_submission"
            ),
        ]


class MeetingHead(models.Model):
    """A head of a record that stands in the ledger; append-only."""

    digest = models.CharField(max_length=64, primary_key=True)
    meeting = models.CharField(max_length=40, db_index=True)
    number = models.IntegerField()
    ledger_index = models.BigIntegerField()
    blinding = models.BinaryField(max_length=32)


class MeetingPass(models.Model):
    """A pass for a device: the digest of its secret, and for whom it opens what.

    Personal data: the name on a badge (purpose: to know which pass to revoke; kept with the meeting).
    """

    id = models.CharField(max_length=26, primary_key=True)
    meeting = models.CharField(max_length=40, db_index=True)
    role = models.CharField(max_length=20)
    of = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=150)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=150)
