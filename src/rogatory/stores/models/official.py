"""Official copies of instruments, and the comparisons that people made with them."""

from django.db import models


class OfficialCopy(models.Model):
    """The official text of one instrument in one language: loading another replaces the row.

    The text is in `articles`, split by provision. It was given by the node's administrator and stays in this table.
    Deliberately absent: the file itself, whose name and SHA-256 are enough to tell which one it was.
    """

    instrument = models.CharField(max_length=20)
    lang = models.CharField(max_length=2)
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    format = models.CharField(max_length=10)
    title = models.CharField(max_length=500)
    articles = models.JSONField()
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=150)
    loader_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "lang"], name="one_copy_a_language")]


class Compared(models.Model):
    """Who held our words on a provision against which official copy, when, and with what result; rows only grow.

    Personal data: the log-in and name of an official (purpose: to say who checked a description; kept with the node).
    """

    instrument = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    lang = models.CharField(max_length=2)
    verdict = models.CharField(max_length=10)
    note = models.TextField()
    copy_sha256 = models.CharField(max_length=64)
    ours_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["instrument", "number"], name="compared_provision")]
