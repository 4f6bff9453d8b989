"""The node's append-only Merkle log; the database refuses to change or delete an entry or a node."""

from django.db import models


class LedgerEntry(models.Model):
    """One entry: 32 bytes that say nothing without the opening kept beside the message."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.BinaryField(max_length=32)


class LedgerNode(models.Model):
    """The hash of one complete subtree. `place` is `level << 56 | index`, so that one number finds it."""

    place = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """The newest signed head of the log: exactly one row, which also serves as the log's lock."""

    one = models.SmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    text = models.TextField()
