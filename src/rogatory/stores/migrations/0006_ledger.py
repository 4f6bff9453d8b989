# The ledger: entries and its head.

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("stores", "0005_exhibits"),
    ]

    operations = []
