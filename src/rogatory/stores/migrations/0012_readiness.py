# What was decided, marked and filed on the way to becoming a Party.

from django.db import migrations, models

from rogatory.stores import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("stores", "0011_correspondence"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadinessEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("place", models.IntegerField()),
                ("subject", models.CharField(max_length=80)),
                ("on", models.DateField(null=True)),
                ("reference", models.CharField(max_length=200)),
                ("body", models.JSONField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=150)),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "place"), name="one_readiness_entry_a_place")],
            },
        ),
        append_only.operation("stores_readinessentry"),
    ]
