# National laws, their texts, and what people judged of them.

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("stores", "0009_conference"),
    ]

    operations = []
