"""What was decided, marked and filed on the way to becoming a Party."""

from django.db import models


class ReadinessEntry(models.Model):
    """One entry; the database refuses to change or delete it, so a mistake is put right by another entry.

    Deliberately absent: what stands now, which is computed from the entries in their order.
    Personal data: log-in and name of the official (purpose: to say who decided or filed; kept with the node); choices
    name officials who sign and how authorities are reached (purpose: the letters themselves).
    """

    kind = models.CharField(max_length=12)
    place = models.IntegerField()
    subject = models.CharField(max_length=80)
    on = models.DateField(null=True)
    reference = models.CharField(max_length=200)
    body = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "place"], name="one_readiness_entry_a_place")]
