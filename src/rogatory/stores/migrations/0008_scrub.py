# Findings of the scrub, how far it has come, and what the second store holds.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("stores", "0007_witnesses"),
    ]

    operations = [
        migrations.CreateModel(
            "BlobCopy",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("exhibit", models.CharField(db_index=True, max_length=26)),
                ("copied_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "ScrubProgress",
            fields=[
                ("one", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("exhibit", models.CharField(max_length=26)),
                ("part", models.IntegerField()),
                ("exhibits", models.BigIntegerField()),
                ("done", models.BigIntegerField()),
                ("total", models.BigIntegerField()),
                ("leased_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            "ScrubFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("exhibit", models.CharField(db_index=True, max_length=26)),
                ("store", models.CharField(max_length=6)),
                ("what", models.CharField(max_length=9)),
                ("part", models.IntegerField()),
                ("kind", models.CharField(max_length=7)),
                ("found_at", models.DateTimeField()),
                ("mended_at", models.DateTimeField(null=True)),
                ("mended_from", models.CharField(max_length=9)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("mended_at__isnull", True)),
                        fields=("exhibit", "store", "what", "part"),
                        name="one_open_finding_a_part",
                    )
                ],
            },
        ),
    ]
