"""Who works at this node: a log-in with an authority and roles."""

from django.conf import settings
from django.db import models

from rogatory.office.outreach import models as outreach  # noqa: F401 - Django looks for the tables here
from rogatory.office.programme import models as programme  # noqa: F401 - and here


class Member(models.Model):
    """One person's place: the authority that he or she speaks for and the roles held there.

    Personal data: the name and log-in of an official (purpose: signing and access control; kept while the account
    exists). Deliberately absent: anything about the person's private life.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="member")
    name = models.CharField(max_length=200)
    authority = models.CharField(max_length=44)
    roles = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """What a program shows in a person's place, to read law, status and opinions; only its SHA-256 digest is kept.

    It is never deleted, so that the record stays readable: it expires, or is revoked. `last_used` is a day and no
    more, enough to see which tokens nobody needs.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    last_used = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
