from django.db import migrations, models

from rogatory.stores import append_only

class Migration(migrations.Migration):

    dependencies = [
        ('stores', '0003_official_copies'),
    ]

    operations = [
        migrations.CreateModel(
            name='NationalProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=3)),
                ('instrument', models.CharField(max_length=20)),
                ('effective', models.DateField()),
                ('until', models.DateField(null=True)),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=255)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=150)),
                ('name', models.CharField(max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['state'], name='profile_state')],
            },
        ),
        append_only.operation("stores_nationalprofile"),
    ]
