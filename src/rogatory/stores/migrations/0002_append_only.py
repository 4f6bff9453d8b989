from django.db import migrations

from rogatory.stores import append_only


class Migration(migrations.Migration):
    dependencies = [("stores", "0001_initial")]
    operations = [append_only.operation(*append_only.FIRST_TABLES)]
