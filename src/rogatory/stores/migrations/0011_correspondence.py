# Letters between nodes that belong to no case, and drills.

from django.db import migrations, models

from rogatory.stores import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("stores", "0010_alignment"),
    ]

    operations = [
        migrations.CreateModel(
            name="Drill",
            fields=[
                ("id", models.CharField(max_length=26, primary_key=True, serialize=False)),
                ("way", models.CharField(max_length=3)),
                ("state", models.CharField(max_length=20)),
                ("asking", models.CharField(max_length=44)),
                ("asked", models.CharField(max_length=44)),
                ("planned_by", models.CharField(max_length=150)),
                ("planner", models.CharField(max_length=200)),
                ("planner_role", models.CharField(max_length=40)),
                ("planned_at", models.DateTimeField(db_index=True)),
                ("until", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("answer_minutes", models.IntegerField()),
                ("note", models.TextField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(max_length=200)),
                ("answered_role", models.CharField(max_length=40)),
                ("answer_note", models.TextField()),
                ("trouble", models.TextField()),
            ],
            options={
                "indexes": [models.Index(fields=["state", "due_at"], name="drill_state_due")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("thread", models.CharField(max_length=26)),
                ("kind", models.CharField(max_length=40)),
                ("number", models.IntegerField()),
                ("ours", models.BooleanField()),
                ("understood", models.BooleanField()),
                ("sender", models.CharField(max_length=44)),
                ("receiver", models.CharField(max_length=44)),
                ("jws", models.BinaryField()),
                ("stored_at", models.DateTimeField()),
                ("ledger_index", models.BigIntegerField(unique=True)),
                ("blinding", models.BinaryField(max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["thread", "ledger_index"], name="letter_thread"),
                    models.Index(fields=["kind", "ledger_index"], name="letter_kind"),
                ],
            },
        ),
        append_only.operation("stores_letter"),
    ]
