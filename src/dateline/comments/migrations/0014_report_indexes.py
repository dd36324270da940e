from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class AddIndexMeanwhile(AddIndexConcurrently):
    """While reports come in, where the database can do that: SQLite lets one write at a time anyhow."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        kind = AddIndexConcurrently if schema_editor.connection.vendor == 'postgresql' else migrations.AddIndex
        kind.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        kind = AddIndexConcurrently if schema_editor.connection.vendor == 'postgresql' else migrations.AddIndex
        kind.database_backwards(self, app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('comments', '0013_report_erased'),
    ]

    operations = [
        AddIndexMeanwhile('report', models.Index(fields=['mail', '-created_at'], name='report_mailbox')),
        AddIndexMeanwhile('report', models.Index(fields=['created_at'], condition=Q(erased_at=None), name='report_kept')),
    ]
