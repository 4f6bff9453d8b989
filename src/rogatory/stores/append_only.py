"""Tables that only grow: the database itself refuses to change or delete their rows."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython

FIRST_TABLES = (
    "stores_message",
    "stores_envelope",
    "stores_partner",
    "stores_ledgerentry",
    "stores_ledgernode",
    "stores_auditevent",
)
#: The log's hashes were rows once; today they are derived.
TABLES = (
    *(name for name in FIRST_TABLES if name != "stores_ledgernode"),
    "stores_compared",
    "stores_nationalprofile",
    "stores_timestamp",
    "stores_loggedentry",
    "stores_alarm",
    "stores_alarmacknowledgement",
    "stores_meeting",
    "stores_meetingentry",
    "stores_meetinghead",
    "stores_judgement",
    "stores_earlieranswer",
    "stores_letter",
    "stores_readinessentry",
    "stores_assistanceentry",
    "stores_assistancesending",
    "stores_assistanceinterest",
)

_SQLITE = (
    'CREATE TRIGGER "{table}_{act}" BEFORE {ACT} ON "{table}" '
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
)
_POSTGRES_FUNCTION = (
    "CREATE OR REPLACE FUNCTION rogatory_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
)
_POSTGRES = (
    'CREATE TRIGGER "{table}_{act}" BEFORE {ACT} ON "{table}" FOR EACH ROW EXECUTE FUNCTION rogatory_append_only()'
)


def protect(connection: BaseDatabaseWrapper, tables: Sequence[str] = TABLES) -> None:
    """Make every one of *tables* append-only."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        template = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
        for table in tables:
            for act in ("update", "delete"):
                cursor.execute(template.format(table=table, act=act, ACT=act.upper()))


def unprotect(connection: BaseDatabaseWrapper, tables: Sequence[str] = TABLES) -> None:
    """Take the protection away; for taking a table down, never for changing a row."""
    with connection.cursor() as cursor:
        for table in tables:
            for act in ("update", "delete"):
                suffix = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{table}_{act}"{suffix}')


def operation(*tables: str) -> RunPython:
    """The step of a migration that makes *tables* append-only, and frees them again when it is taken back."""

    def forwards(_apps: Any, schema_editor: Any) -> None:
        protect(schema_editor.connection, tables)

    def backwards(_apps: Any, schema_editor: Any) -> None:
        unprotect(schema_editor.connection, tables)

    return RunPython(forwards, backwards)
