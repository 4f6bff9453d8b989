"""What scrubbing found, how far it has come, and which blobs the second store holds."""

from django.db import models


class ScrubFinding(models.Model):
    """Stored bytes that are not what was sealed; a finding stays when it was mended, and says from where."""

    exhibit = models.CharField(max_length=26, db_index=True)
    store = models.CharField(max_length=6)
    what = models.CharField(max_length=9)
    part = models.IntegerField()
    kind = models.CharField(max_length=7)
    found_at = models.DateTimeField()
    mended_at = models.DateTimeField(null=True)
    mended_from = models.CharField(max_length=9)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit", "store", "what", "part"],
                condition=models.Q(mended_at__isnull=True),
                name="one_open_finding_a_part",
            )
        ]


class ScrubProgress(models.Model):
    """The one row that says how far the present pass has come; also the lease of whoever is at work on it."""

    one = models.SmallIntegerField(primary_key=True)
    number = models.IntegerField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    exhibit = models.CharField(max_length=26)
    part = models.IntegerField()
    exhibits = models.BigIntegerField()
    done = models.BigIntegerField()
    total = models.BigIntegerField()
    leased_until = models.DateTimeField(null=True)


class BlobCopy(models.Model):
    """A blob that the second store holds, verified when it was copied."""

    name = models.CharField(max_length=200, primary_key=True)
    exhibit = models.CharField(max_length=26, db_index=True)
    copied_at = models.DateTimeField()
