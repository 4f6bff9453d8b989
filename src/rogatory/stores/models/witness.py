"""Witnesses of our log, partners' logs that we watch, and the alarms about them."""

from django.db import models


class Witness(models.Model):
    """A partner State that is asked to cosign our checkpoints."""

    state = models.CharField(max_length=3, primary_key=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)
    known_size = models.BigIntegerField()
    cosigned_size = models.BigIntegerField()
    cosigned_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    attempts = models.IntegerField()
    failing_since = models.DateTimeField(null=True)
    code = models.CharField(max_length=60)
    reason = models.TextField()


class WitnessPolicy(models.Model):
    """How many cosignatures make a checkpoint witnessed: one row, or none before anybody said."""

    one = models.SmallIntegerField(primary_key=True)
    needed = models.IntegerField()


class CosignedCheckpoint(models.Model):
    """A checkpoint of ours as it was put before the witnesses; lines are added to its text, never taken away."""

    size = models.BigIntegerField(primary_key=True)
    text = models.TextField()
    at = models.DateTimeField()


class WatchedLog(models.Model):
    """A partner's log and the largest head of it that was verified. The row is also the lock of cosigning it."""

    state = models.CharField(max_length=3)
    origin = models.CharField(max_length=255)
    key = models.CharField(max_length=512)
    size = models.BigIntegerField()
    text = models.TextField()
    verified_at = models.DateTimeField(null=True)
    cosigned_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    claimed = models.TextField()
    next_at = models.DateTimeField()
    attempts = models.IntegerField()
    failing_since = models.DateTimeField(null=True)
    code = models.CharField(max_length=60)
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state", "origin"], name="one_row_a_log")]


class Alarm(models.Model):
    """What went wrong with a log, and the signed notes that show it; the database keeps every one as it was."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=3)
    origin = models.CharField(max_length=255)
    kind = models.CharField(max_length=20)
    values = models.JSONField()
    first = models.TextField()
    second = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["state", "kind"], name="alarm_state_kind")]


class AlarmAcknowledgement(models.Model):
    """Who looked into an alarm, and their remark; only ever added.

    Personal data: the log-in and name of an official (purpose: to say who answered for an alarm; kept with the node).
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    name = models.CharField(max_length=200)
    remark = models.TextField()
