"""Letters, which belong to no case, and the drills of a contact point."""

from django.db import models


class Letter(models.Model):
    """One signed letter; the database refuses to change or delete a row.

    `blinding` opens the ledger entry of the letter. Personal data: the name and role of the official who wrote it,
    inside `jws` (purpose: to say who speaks for a State; kept with the node).
    """

    digest = models.CharField(max_length=64, primary_key=True)
    thread = models.CharField(max_length=26)
    kind = models.CharField(max_length=40)
    number = models.IntegerField()
    ours = models.BooleanField()
    understood = models.BooleanField()
    sender = models.CharField(max_length=44)
    receiver = models.CharField(max_length=44)
    jws = models.BinaryField()
    stored_at = models.DateTimeField()
    ledger_index = models.BigIntegerField(unique=True)
    blinding = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["thread", "ledger_index"], name="letter_thread"),
            models.Index(fields=["kind", "ledger_index"], name="letter_kind"),
        ]


class Drill(models.Model):
    """One drill of a contact point: planned, sent, answered or cancelled. What was written stands in the letters.

    Personal data: the names and roles of the officials who asked and answered (purpose: to show that a person was
    there; kept with the node).
    """

    id = models.CharField(max_length=26, primary_key=True)
    way = models.CharField(max_length=3)
    state = models.CharField(max_length=20)
    asking = models.CharField(max_length=44)
    asked = models.CharField(max_length=44)
    planned_by = models.CharField(max_length=150)
    planner = models.CharField(max_length=200)
    planner_role = models.CharField(max_length=40)
    planned_at = models.DateTimeField(db_index=True)
    until = models.DateTimeField()
    due_at = models.DateTimeField()
    answer_minutes = models.IntegerField()
    note = models.TextField()
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=200)
    answered_role = models.CharField(max_length=40)
    answer_note = models.TextField()
    trouble = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="drill_state_due")]
