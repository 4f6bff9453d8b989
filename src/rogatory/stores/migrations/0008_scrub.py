# Findings of the scrub.

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("stores", "0007_witnesses"),
    ]

    operations = []
