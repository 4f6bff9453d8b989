# Needs, offers, projects, pledges and good practices.

from django.db import migrations, models

from rogatory.stores import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("stores", "0012_readiness"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssistanceInterest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter", models.CharField(max_length=64, unique=True)),
                ("owner", models.CharField(max_length=3)),
                ("entry", models.CharField(db_index=True, max_length=26)),
                ("version", models.IntegerField()),
                ("state", models.CharField(max_length=3)),
                ("interested", models.BooleanField()),
                ("says", models.TextField()),
                ("own", models.CharField(max_length=26)),
                ("person", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AssistanceSending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("letter", models.CharField(max_length=64, unique=True)),
                ("entry", models.CharField(db_index=True, max_length=26)),
                ("version", models.IntegerField()),
                ("withdrawal", models.BooleanField()),
                ("state", models.CharField(max_length=3)),
                ("receiver", models.CharField(max_length=44)),
                ("thread", models.CharField(max_length=26)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AssistanceTrainee",
            fields=[
                ("id", models.CharField(max_length=26, primary_key=True, serialize=False)),
                ("project", models.CharField(db_index=True, max_length=26)),
                ("training", models.IntegerField()),
                ("name", models.CharField(max_length=200)),
                ("role", models.CharField(max_length=40)),
                ("note", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
            ],
        ),
        migrations.CreateModel(
            name="AssistanceEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owner", models.CharField(max_length=3)),
                ("entry", models.CharField(max_length=26)),
                ("version", models.IntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("body", models.JSONField()),
                ("visibility", models.CharField(max_length=12)),
                ("partners", models.JSONField()),
                ("withdrawn", models.BooleanField()),
                ("act", models.CharField(max_length=12)),
                ("restores", models.IntegerField()),
                ("letter", models.CharField(max_length=64)),
                ("thread", models.CharField(max_length=26)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("by_name", models.CharField(max_length=200)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "owner"], name="assistance_kind")],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "entry", "version"), name="one_assistance_version")
                ],
            },
        ),
        append_only.operation("stores_assistanceentry", "stores_assistancesending", "stores_assistanceinterest"),
    ]
