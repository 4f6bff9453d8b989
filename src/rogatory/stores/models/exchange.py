"""What goes between nodes: envelopes in, deliveries out, partners' cards."""

from django.db import models


class Envelope(models.Model):
    """An envelope that was taken in, with the receipt that answered it: no envelope has two effects."""

    envelope = models.CharField(max_length=26, primary_key=True)
    sha256 = models.CharField(max_length=64)
    message = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=44)
    receipt = models.TextField()
    arrived_at = models.DateTimeField()


class Delivery(models.Model):
    """One message on its way out. `lease_until` says until when a worker holds it."""

    sequence = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=26, unique=True)
    message = models.CharField(max_length=64, db_index=True)
    case = models.CharField(max_length=40, db_index=True)
    partner = models.CharField(max_length=3)
    envelope = models.BinaryField()
    state = models.CharField(max_length=20)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField()
    failing_since = models.DateTimeField(null=True)
    code = models.CharField(max_length=60)
    reason = models.TextField()
    remedy = models.TextField()
    receipt = models.TextField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["partner", "sequence"], name="delivery_open", condition=models.Q(state="queued"))
        ]


class Partner(models.Model):
    """A contact card of a partner State that a person here compared and accepted; the database keeps every one."""

    sequence = models.BigAutoField(primary_key=True)
    state = models.CharField(max_length=3)
    serial = models.IntegerField()
    card = models.TextField()
    accepted_at = models.DateTimeField()
    accepted_by = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["state", "serial"], name="one_row_a_card")]
