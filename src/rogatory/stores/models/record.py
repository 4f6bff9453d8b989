"""The access record and the counters."""

from django.db import models


class AuditEvent(models.Model):
    """Who did what to what; the database refuses to change or delete a row.

    Personal data: the log-in of an official (purpose: accountability, Art 24(2) safeguards; kept with the node).
    """

    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=64, db_index=True)
    detail = models.TextField()


class Counter(models.Model):
    """A number that only grows."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.BigIntegerField()
