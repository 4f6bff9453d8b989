from django.db import migrations

from rogatory.stores import append_only


def forwards(apps, schema_editor):
    append_only.protect(schema_editor.connection, append_only.FIRST_TABLES)


def backwards(apps, schema_editor):
    append_only.unprotect(schema_editor.connection, append_only.FIRST_TABLES)


class Migration(migrations.Migration):
    dependencies = [("stores", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
