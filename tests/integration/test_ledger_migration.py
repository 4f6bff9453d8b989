"""A log of the first release, with a row for every hash, is taken over with its tree."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from rogatory.ledger import merkle
from rogatory.site import database

BEFORE, AFTER = [("stores", "0005_exhibits")], [("stores", "0006_ledger")]
pytestmark = pytest.mark.any_database


@pytest.fixture
def old(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[BaseDatabaseWrapper]:
    """A database of its own."""
    connections.databases["old"] = connections.configure_settings({"default": database.configuration("", tmp_path)})[
        "default"
    ]
    with django_db_blocker.unblock():
        yield connections["old"]
        connections["old"].close()
    del connections["old"], connections.databases["old"]


@pytest.mark.parametrize("size", [0, 1, 13])
def test_the_edge_is_computed_from_the_rows_of_all_hashes(old: BaseDatabaseWrapper, size: int) -> None:
    apps = MigrationExecutor(old).migrate(BEFORE).apps
    entries = [hashlib.sha256(b"%d" % number).digest() for number in range(size)]
    growth = merkle.append(merkle.EMPTY, [merkle.hash_leaf(entry) for entry in entries])
    kept, nodes, head = (apps.get_model("stores", name) for name in ("LedgerEntry", "LedgerNode", "Checkpoint"))
    for index, entry in enumerate(entries):
        kept.objects.using("old").create(index=index, entry=entry)
    for level, index, found in growth.nodes():
        nodes.objects.using("old").create(place=level << 56 | index, hash=found)
    if size:
        head.objects.using("old").create(one=1, size=size, text="signed")
    now = MigrationExecutor(old).migrate(AFTER).apps
    after = now.get_model("stores", "LedgerEntry").objects.using("old")
    assert [bytes(one.entry) for one in after.order_by("index")] == entries
    assert "stores_ledgernode" not in old.introspection.table_names()
    if size:
        row = now.get_model("stores", "Checkpoint").objects.using("old").get()
        assert (row.text, merkle.read_edge(row.size, bytes(row.edge))) == ("signed", growth.edge)
        with pytest.raises(DatabaseError, match="append-only"):
            after.all().delete()
