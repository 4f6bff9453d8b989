from django.db import migrations

from rogatory.stores import append_only


def forwards(apps, schema_editor):
    append_only.protect(schema_editor.connection)


def backwards(apps, schema_editor):
    append_only.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("stores", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
