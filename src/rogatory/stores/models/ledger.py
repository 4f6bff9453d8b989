"""The node's append-only Merkle log; the database refuses to change or delete an entry."""

from typing import Any

from django.db import models


class RowNumber(models.BigIntegerField):  # type: ignore[type-arg] # Django has no such arguments when it runs
    """A number of 64 bits; for SQLite the row's own, so that no second index has to grow with the table."""

    def db_type(self, connection: Any) -> str | None:
        """`integer` for SQLite, whose integers have 64 bits."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class LedgerEntry(models.Model):
    """One entry: 32 bytes that say nothing without the opening kept beside the message."""

    index = RowNumber(primary_key=True)
    entry = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """The newest signed head of the log: exactly one row, which also serves as the log's lock.

    `edge` holds the hashes of the complete subtrees that the tree is made of, 32 bytes each, the largest first: all
    that the next append needs. Every other hash of the tree is derived from the entries and kept in files.
    """

    one = models.SmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    edge = models.BinaryField(default=b"")
    text = models.TextField()


class TimeStamp(models.Model):
    """What a time-stamp authority answered (RFC 3161, DER) for one checkpoint of ours; append-only."""

    size = models.BigIntegerField(db_index=True)
    text = models.TextField()
    token = models.BinaryField()
    authority = models.TextField()
    at = models.DateTimeField()
    kept_at = models.DateTimeField()


class TimeStampAsked(models.Model):
    """How asking the authority goes: one row, which is also what keeps two from asking at once."""

    one = models.SmallIntegerField(primary_key=True)
    asked_at = models.DateTimeField()
    busy_until = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    code = models.CharField(max_length=60, default="")
    reason = models.TextField(default="")
