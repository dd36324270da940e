"""The index: FTS5 on SQLite, a tsvector with GIN on PostgreSQL. Its tokens are already folded and cut."""

from django.db import migrations

CREATE = {
    # ascii: every character beyond ASCII is part of a word, so FTS5 cuts only where we put a space.
    "sqlite": "CREATE VIRTUAL TABLE search_index USING fts5(words, facets, tokenize='ascii', detail=full)",
    "postgresql": """
        CREATE TABLE search_entry (position bigint PRIMARY KEY, vector tsvector NOT NULL);
        CREATE INDEX search_entry_vector ON search_entry USING gin (vector);
    """,
}
DROP = {"sqlite": "DROP TABLE search_index", "postgresql": "DROP TABLE search_entry"}


def create(apps, schema_editor):
    schema_editor.execute(CREATE[schema_editor.connection.vendor], params=None)


def drop(apps, schema_editor):
    schema_editor.execute(DROP[schema_editor.connection.vendor], params=None)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("stories", "0002_append_only")]
    operations = [migrations.RunPython(create, drop)]
