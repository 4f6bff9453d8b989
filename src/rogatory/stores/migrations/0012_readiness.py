# The choices and steps of a State on its way to become a Party.

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("stores", "0011_correspondence"),
    ]

    operations = []
