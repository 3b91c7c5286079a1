from django.db import migrations

from core.tournaments.guards import LOG_STAYS
from core.work.guards import put_up


def guard(apps, schema_editor):
    put_up(LOG_STAYS, schema_editor.execute)


def lift(apps, schema_editor):
    for it in LOG_STAYS:
        on = f' ON {it.table}' if schema_editor.connection.vendor == 'postgresql' else ''
        schema_editor.execute(f'DROP TRIGGER {it.name}{on}')


class Migration(migrations.Migration):

    dependencies = [
        ('tournaments', '0001_competitions_and_results'),
    ]

    operations = [
        migrations.RunPython(guard, lift),
    ]
