# Meetings, the entries of their records, the heads that stand in the ledger, and passes.

from django.db import migrations, models

from rogatory.stores import append_only


class Migration(migrations.Migration):

    dependencies = [
        ("stores", "0008_scrub"),
    ]

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("title", models.JSONField()),
                ("body", models.CharField(max_length=30)),
                ("kind", models.CharField(max_length=30)),
                ("venue", models.TextField()),
                ("opens", models.DateField()),
                ("closes", models.DateField()),
                ("authority", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name="MeetingHead",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("meeting", models.CharField(db_index=True, max_length=40)),
                ("number", models.IntegerField()),
                ("ledger_index", models.BigIntegerField()),
                ("blinding", models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="MeetingPass",
            fields=[
                ("id", models.CharField(max_length=26, primary_key=True, serialize=False)),
                ("meeting", models.CharField(db_index=True, max_length=40)),
                ("role", models.CharField(max_length=20)),
                ("of", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.CharField(max_length=150)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.CharField(max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name="MeetingEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("meeting", models.CharField(max_length=40)),
                ("number", models.IntegerField()),
                ("line", models.BinaryField()),
                ("once", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="one_entry_a_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("once", ""), _negated=True),
                        fields=("meeting", "once"),
                        name="one_entry_a_submission",
                    ),
                ],
            },
        ),
        append_only.operation("stores_meeting", "stores_meetingentry", "stores_meetinghead"),
    ]
