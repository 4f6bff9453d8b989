"""A node on PostgreSQL is copied by PostgreSQL's own programs, into a fresh database only."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from tests.support.handover import Handover
from tests.support.partner import Partner

from rogatory.node.context import Node
from rogatory.node.evidence import handover as handing_over
from rogatory.node.people import Actor
from rogatory.site.backups import databases, layout, making, restoring

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="this run is on another database")


@pytest.fixture
def fresh() -> Iterator[dict[str, Any]]:
    """An empty database beside that of the tests."""
    import psycopg

    reach = {**connection.settings_dict, "NAME": f"{connection.settings_dict['NAME']}_restored"}
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    for odd in ("context", "cursor_factory", "prepare_threshold"):
        parameters.pop(odd, None)
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{reach["NAME"]}"')
        yield reach
        server.execute(f'DROP DATABASE "{reach["NAME"]}" WITH (FORCE)')


def address(entry: dict[str, Any]) -> str:
    """The entry as DATABASE_URL."""
    who = f"{entry['USER']}:{entry['PASSWORD']}@" if entry["USER"] else ""
    port = f":{entry['PORT']}" if entry["PORT"] else ""
    return f"postgresql://{who}{entry['HOST'] or '127.0.0.1'}{port}/{entry['NAME']}"


def test_a_node_on_postgresql_is_backed_up_and_made_again(
    shared: Node, people: dict[str, Actor], partner: Partner, fresh: dict[str, Any], tmp_path: Path
) -> None:
    import psycopg

    recipients = tuple(one.recipient for one in shared.unlock().authority("VNM/contact-point").card_encryption())
    handed = Handover(shared, people, partner, recipients, os.urandom(200_000))
    handed.announce()
    handed.give_all()
    handing_over.finish(shared, handed.id)
    making.make(shared, settings.DATA, connection.settings_dict, tmp_path / "backup")
    head = layout.read_head(tmp_path / "backup")
    assert (head.database, head.ledger_size) == ("postgresql", shared.stores.ledger.size())

    environ = {"DATABASE_URL": address(fresh)}
    restoring.restore(tmp_path / "backup", tmp_path / "node", environ)
    tables = ("stores_message", "stores_ledgerentry", "stores_exhibit", "stores_exhibitpart", "stores_auditevent")
    parameters = {**connection.get_connection_params(), "dbname": fresh["NAME"]}
    for odd in ("context", "cursor_factory", "prepare_threshold"):
        parameters.pop(odd, None)
    with psycopg.connect(**parameters) as restored, connection.cursor() as ours:
        for table in tables:
            asked = f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} AS t"  # noqa: S608 (the names of our own tables)
            ours.execute(asked)
            assert restored.execute(asked).fetchone() == ours.fetchone()
        with pytest.raises(psycopg.Error, match="append-only"):
            restored.execute("DELETE FROM stores_message")
    with pytest.raises(databases.DatabaseNotEmpty):
        restoring.restore(tmp_path / "backup", tmp_path / "another", environ)
    with pytest.raises(databases.DumpFailed):
        restoring.restore(tmp_path / "backup", tmp_path / "another", {})
    assert not (tmp_path / "another").exists()


def test_a_machine_without_the_programs_says_so(shared: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(databases.NoDumpProgram):
        making.make(shared, settings.DATA, connection.settings_dict, tmp_path / "backup")
    with pytest.raises(layout.NoBackup):
        restoring.check(tmp_path / "backup")
