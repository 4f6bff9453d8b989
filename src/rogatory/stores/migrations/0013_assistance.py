# Needs, offers, projects, pledges and good practices.

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("stores", "0012_readiness"),
    ]

    operations = []
