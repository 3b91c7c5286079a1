from django.db import migrations

# PostgreSQL keeps the body apart from the trigger; a table that SQLite makes anew loses its triggers, see the tests
GUARD = {
    'postgresql': (
        """
        CREATE FUNCTION bucketlists_ballot_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'ballots are only ever added' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        """
        CREATE TRIGGER bucketlists_ballot_stays BEFORE UPDATE ON bucketlists_ballot
        FOR EACH ROW EXECUTE FUNCTION bucketlists_ballot_stays()
        """,
    ),
    'sqlite': (
        """
        CREATE TRIGGER bucketlists_ballot_stays BEFORE UPDATE ON bucketlists_ballot
        BEGIN SELECT RAISE(ABORT, 'ballots are only ever added'); END
        """,
    ),
}
LIFT = {
    'postgresql': (
        'DROP TRIGGER bucketlists_ballot_stays ON bucketlists_ballot',
        'DROP FUNCTION bucketlists_ballot_stays',
    ),
    'sqlite': ('DROP TRIGGER bucketlists_ballot_stays',),
}


def guard(apps, schema_editor):
    for statement in GUARD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift(apps, schema_editor):
    for statement in LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ('bucketlists', '0002_covers'),
    ]

    operations = [
        migrations.RunPython(guard, lift),
    ]
