"""The desk's search: an index over Story.words, which are already folded."""

from django.db import migrations

CREATE = {
    # An external content table: it holds no copy of the words, and triggers keep it in step.
    "sqlite": [
        "CREATE VIRTUAL TABLE desk_words USING fts5("
        "words, content='stories_story', content_rowid='news_id', tokenize='ascii', columnsize=0)",
        "INSERT INTO desk_words (desk_words) VALUES ('rebuild')",
        """CREATE TRIGGER desk_words_insert AFTER INSERT ON stories_story BEGIN
            INSERT INTO desk_words (rowid, words) VALUES (NEW.news_id, NEW.words); END""",
        """CREATE TRIGGER desk_words_delete AFTER DELETE ON stories_story BEGIN
            INSERT INTO desk_words (desk_words, rowid, words) VALUES ('delete', OLD.news_id, OLD.words); END""",
        """CREATE TRIGGER desk_words_update AFTER UPDATE OF words ON stories_story WHEN OLD.words != NEW.words BEGIN
            INSERT INTO desk_words (desk_words, rowid, words) VALUES ('delete', OLD.news_id, OLD.words);
            INSERT INTO desk_words (rowid, words) VALUES (NEW.news_id, NEW.words); END""",
    ],
    "postgresql": ["CREATE INDEX desk_words ON stories_story USING gin (to_tsvector('simple', words))"],
}
DROP = {
    "sqlite": [
        *(f"DROP TRIGGER desk_words_{event}" for event in ("insert", "delete", "update")),
        "DROP TABLE desk_words",
    ],
    "postgresql": ["DROP INDEX desk_words"],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("stories", "0002_append_only")]
    operations = [migrations.RunPython(create, drop)]
