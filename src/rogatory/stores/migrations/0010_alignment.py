# National laws, their texts, and what people judged of them.

from django.db import migrations, models

from rogatory.stores import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("stores", "0009_conference"),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=3)),
                ("title", models.CharField(max_length=300)),
                ("texts", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=150)),
                ("version", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="EarlierAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assessment", models.CharField(db_index=True, max_length=32)),
                ("cite", models.CharField(max_length=60)),
                ("answer", models.CharField(max_length=20)),
                ("body", models.JSONField()),
                ("source", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name="NationalLaw",
            fields=[
                ("id", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=3)),
                ("title", models.CharField(max_length=500)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name="NationalText",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("law", models.CharField(db_index=True, max_length=60)),
                ("version", models.CharField(max_length=120)),
                ("since", models.DateField(null=True)),
                ("lang", models.CharField(max_length=8)),
                ("title", models.CharField(max_length=500)),
                ("file_name", models.CharField(max_length=255)),
                ("format", models.CharField(max_length=20)),
                ("sha256", models.CharField(max_length=64)),
                ("provisions", models.IntegerField()),
                ("remarks", models.JSONField()),
                ("imported_at", models.DateTimeField()),
                ("imported_by", models.CharField(max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("assessment", models.CharField(max_length=32)),
                ("number", models.CharField(max_length=40)),
                ("place", models.IntegerField()),
                ("reader", models.CharField(max_length=150)),
                ("reader_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("answer", models.CharField(max_length=20)),
                ("body", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "number", "place"), name="one_judgement_a_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="NationalProvision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=32)),
                ("place", models.IntegerField()),
                ("key", models.CharField(max_length=80)),
                ("number", models.CharField(max_length=60)),
                ("label", models.CharField(max_length=500)),
                ("heading", models.TextField()),
                ("above", models.JSONField()),
                ("passages", models.JSONField()),
                ("where", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("text", "place"), name="one_provision_a_place"),
                    models.UniqueConstraint(fields=("text", "key"), name="one_provision_a_key"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=32)),
                ("number", models.CharField(max_length=40)),
                ("found", models.BooleanField()),
                ("how", models.CharField(max_length=20)),
                ("glossary", models.CharField(max_length=64)),
                ("proposals", models.JSONField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("text", "number"), name="one_proposal_set_a_number")],
            },
        ),
        migrations.CreateModel(
            name="UnsavedJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assessment", models.CharField(max_length=32)),
                ("number", models.CharField(max_length=40)),
                ("reader", models.CharField(max_length=150)),
                ("body", models.JSONField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "number", "reader"), name="one_unsaved_a_reader")
                ],
            },
        ),
        append_only.operation("stores_judgement", "stores_earlieranswer"),
    ]
