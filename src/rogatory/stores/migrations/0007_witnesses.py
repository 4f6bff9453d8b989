# Witnesses, cosignatures, alarms, time-stamps.

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("stores", "0006_ledger"),
    ]

    operations = []
