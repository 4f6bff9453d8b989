# Letters between nodes that belong to no case.

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("stores", "0010_alignment"),
    ]

    operations = []
