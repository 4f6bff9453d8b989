"""National profiles: what States notified of their own law, as administrators of this node entered it."""

from django.db import models


class NationalProfile(models.Model):
    """One profile, or the withdrawal of those that count from a day on (empty `text`); rows only grow.

    What counts on a day is computed from the rows of a State in their order. Deliberately absent: the parsed entries,
    which are read from `text` with the law data of the day, and any mark that a row has ended.
    Personal data: the log-in and name of an official (purpose: to say who entered it; kept with the node).
    """

    state = models.CharField(max_length=3)
    instrument = models.CharField(max_length=20)
    effective = models.DateField()
    until = models.DateField(null=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["state"], name="profile_state")]
