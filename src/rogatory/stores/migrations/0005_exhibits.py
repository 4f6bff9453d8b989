# Exhibits: sealings under way, headers sealed anew, openings of custody entries.

import json
from base64 import urlsafe_b64decode
from datetime import date

from django.db import migrations, models

from rogatory.stores import append_only


def _read_retention(apps, schema_editor):
    """The day of each exhibit, from the signed manifest (a JWS) that its row holds."""
    exhibits = apps.get_model("stores", "Exhibit").objects
    for found in exhibits.all().iterator():
        payload = found.manifest.split(".")[1]
        said = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        until = said["conditions"]["retention_until"]
        if until:
            found.retention_until = date.fromisoformat(until)
            found.save(update_fields=["retention_until"])


class Migration(migrations.Migration):

    dependencies = [
        ("stores", "0004_national_profiles"),
    ]

    operations = [
        migrations.AddField(
            model_name="exhibit",
            name="header_blob",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField("exhibit", "retention_until", models.DateField(db_index=True, null=True)),
        migrations.RunPython(_read_retention, migrations.RunPython.noop),
        migrations.CreateModel(
            "LoggedEntry",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("exhibit", models.CharField(db_index=True, max_length=26)),
                ("ledger_index", models.BigIntegerField()),
                ("blinding", models.BinaryField()),
            ],
        ),
        append_only.operation("stores_loggedentry"),
        migrations.CreateModel(
            "Destruction",
            fields=[
                ("exhibit", models.CharField(max_length=26, primary_key=True, serialize=False)),
                ("why", models.CharField(max_length=20)),
                ("purpose", models.TextField()),
                ("state", models.CharField(db_index=True, max_length=20)),
                ("asked_by", models.CharField(max_length=150)),
                ("asker_name", models.CharField(max_length=200)),
                ("approved_by", models.CharField(max_length=150)),
                ("approver_name", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "Sealing",
            fields=[
                ("id", models.CharField(max_length=26, primary_key=True, serialize=False)),
                ("case", models.CharField(db_index=True, max_length=40)),
                ("request", models.CharField(max_length=64)),
                ("authority", models.CharField(db_index=True, max_length=100)),
                ("receiver", models.CharField(max_length=100)),
                ("recipients", models.JSONField()),
                ("about", models.JSONField()),
                ("source", models.TextField()),
                ("size", models.BigIntegerField(null=True)),
                ("begun_by", models.CharField(max_length=150)),
                ("person", models.CharField(max_length=200)),
                ("run", models.CharField(max_length=32)),
                ("secret", models.TextField()),
                ("milestone", models.JSONField(null=True)),
                ("outcome", models.JSONField(null=True)),
                ("begun_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
    ]
