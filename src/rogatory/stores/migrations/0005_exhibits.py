# Exhibits: sealings under way, headers sealed anew, openings of custody entries.

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("stores", "0004_national_profiles"),
    ]

    operations = []
