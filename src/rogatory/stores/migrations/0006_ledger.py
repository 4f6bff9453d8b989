# The ledger: its entries and its head are kept, the hashes of its tree are derived (and kept in files).

from django.db import migrations, models

import rogatory.stores.models.ledger
from rogatory.stores import append_only


def _take_edge(apps, schema_editor):
    alias = schema_editor.connection.alias
    head = apps.get_model("stores", "Checkpoint").objects.using(alias).filter(one=1).first()
    if head is None:
        return
    nodes = apps.get_model("stores", "LedgerNode").objects.using(alias)
    levels = [level for level in range(head.size.bit_length() - 1, -1, -1) if head.size >> level & 1]
    places = [level << 56 | (head.size >> level) - 1 for level in levels]
    head.edge = b"".join(bytes(nodes.get(place=place).hash) for place in places)
    head.save(update_fields=["edge"])


def _unprotect(_apps, schema_editor):
    append_only.unprotect(schema_editor.connection, ["stores_ledgerentry", "stores_ledgernode"])


class Migration(migrations.Migration):

    dependencies = [
        ("stores", "0005_exhibits"),
    ]

    operations = [
        migrations.AddField("checkpoint", "edge", models.BinaryField(default=b"")),
        migrations.RunPython(_take_edge),
        migrations.RunPython(_unprotect),
        migrations.AlterField(
            "ledgerentry",
            "index",
            rogatory.stores.models.ledger.RowNumber(primary_key=True, serialize=False),
        ),
        append_only.operation("stores_ledgerentry"),
        migrations.DeleteModel("LedgerNode"),
        migrations.CreateModel(
            name="TimeStamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("size", models.BigIntegerField(db_index=True)),
                ("text", models.TextField()),
                ("token", models.BinaryField()),
                ("authority", models.TextField()),
                ("at", models.DateTimeField()),
                ("kept_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="TimeStampAsked",
            fields=[
                ("one", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField()),
                ("busy_until", models.DateTimeField()),
                ("failing_since", models.DateTimeField(null=True)),
                ("code", models.CharField(default="", max_length=60)),
                ("reason", models.TextField(default="")),
            ],
        ),
        append_only.operation("stores_timestamp"),
    ]
