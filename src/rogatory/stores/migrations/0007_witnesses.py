# Witnesses of our log, partners' logs that are watched, and alarms about logs.

from django.db import migrations, models

from rogatory.stores import append_only


class Migration(migrations.Migration):

    dependencies = [
        ("stores", "0006_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name='AlarmAcknowledgement',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('name', models.CharField(max_length=200)),
                ('remark', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='CosignedCheckpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Witness',
            fields=[
                ('state', models.CharField(max_length=3, primary_key=True, serialize=False)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(max_length=150)),
                ('known_size', models.BigIntegerField()),
                ('cosigned_size', models.BigIntegerField()),
                ('cosigned_at', models.DateTimeField(null=True)),
                ('next_at', models.DateTimeField()),
                ('attempts', models.IntegerField()),
                ('failing_since', models.DateTimeField(null=True)),
                ('code', models.CharField(max_length=60)),
                ('reason', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='WitnessPolicy',
            fields=[
                ('one', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('needed', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('state', models.CharField(max_length=3)),
                ('origin', models.CharField(max_length=255)),
                ('kind', models.CharField(max_length=20)),
                ('values', models.JSONField()),
                ('first', models.TextField()),
                ('second', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'kind'], name='alarm_state_kind')],
            },
        ),
        migrations.CreateModel(
            name='WatchedLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=3)),
                ('origin', models.CharField(max_length=255)),
                ('key', models.CharField(max_length=512)),
                ('size', models.BigIntegerField()),
                ('text', models.TextField()),
                ('verified_at', models.DateTimeField(null=True)),
                ('cosigned_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('claimed', models.TextField()),
                ('next_at', models.DateTimeField()),
                ('attempts', models.IntegerField()),
                ('failing_since', models.DateTimeField(null=True)),
                ('code', models.CharField(max_length=60)),
                ('reason', models.TextField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('state', 'origin'), name='one_row_a_log')],
            },
        ),
        append_only.operation("stores_alarm", "stores_alarmacknowledgement"),
    ]
