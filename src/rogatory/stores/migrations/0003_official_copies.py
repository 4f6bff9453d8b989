from django.db import migrations, models

from rogatory.stores import append_only

class Migration(migrations.Migration):

    dependencies = [
        ('stores', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Compared',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instrument', models.CharField(max_length=20)),
                ('number', models.CharField(max_length=40)),
                ('lang', models.CharField(max_length=2)),
                ('verdict', models.CharField(max_length=10)),
                ('note', models.TextField()),
                ('copy_sha256', models.CharField(max_length=64)),
                ('ours_sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('name', models.CharField(max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['instrument', 'number'], name='compared_provision')],
            },
        ),
        migrations.CreateModel(
            name='OfficialCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('instrument', models.CharField(max_length=20)),
                ('lang', models.CharField(max_length=2)),
                ('sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=255)),
                ('format', models.CharField(max_length=10)),
                ('title', models.CharField(max_length=500)),
                ('articles', models.JSONField()),
                ('loaded_at', models.DateTimeField()),
                ('loaded_by', models.CharField(max_length=150)),
                ('loader_name', models.CharField(max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('instrument', 'lang'), name='one_copy_a_language')],
            },
        ),
        append_only.operation("stores_compared"),
    ]
