"""Messages, the list projected from them, and drafts."""

from django.db import models


class Message(models.Model):
    """One signed message; the database refuses to change or delete a row.

    `blinding` opens the ledger entry of the message. Personal data of the case are inside `jws` (purpose: the case;
    kept with the case file). Deliberately absent: any state, which is always folded from the messages.
    """

    sequence = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    case = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    number = models.IntegerField()
    ours = models.BooleanField()
    jws = models.BinaryField()
    stored_at = models.DateTimeField()
    ledger_index = models.BigIntegerField(unique=True)
    blinding = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["case", "number", "digest"], name="message_case")]


class Case(models.Model):
    """One line of the list of cases: a projection that `rogatory rebuild` makes again from the messages."""

    case = models.CharField(max_length=40, primary_key=True)
    requesting = models.CharField(max_length=44)
    requested = models.CharField(max_length=44)
    measure = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    clock_until = models.DateTimeField(null=True)
    held = models.BooleanField()
    messages = models.IntegerField()
    exercise = models.BooleanField()


class Draft(models.Model):
    """A step before it is signed. `version` makes two people who change it at once see each other."""

    id = models.CharField(max_length=26, primary_key=True)
    case = models.CharField(max_length=40, null=True, db_index=True)
    kind = models.CharField(max_length=40)
    measure = models.CharField(max_length=40)
    regarding = models.CharField(max_length=64, null=True)
    sender = models.CharField(max_length=44)
    receiver = models.CharField(max_length=44)
    body = models.JSONField()
    internal = models.JSONField()
    state = models.CharField(max_length=20, db_index=True)
    drafted_by = models.CharField(max_length=150)
    drafter_name = models.CharField(max_length=200)
    decided_by = models.CharField(max_length=150, null=True)
    remark = models.TextField()
    message = models.CharField(max_length=64, null=True)
    version = models.IntegerField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
