"""The desk's own indexes on the stories, there after every migration.

A migration that rebuilds the table of stories on SQLite leaves triggers and hand-written indexes behind: what is
missing is made again here.
"""

from django.db import connections

LISTS = [
    # All that the list filters by, beside its order: see finding.narrow.
    "CREATE INDEX IF NOT EXISTS desk_list ON stories_story "
    "(touched_at DESC, news_id DESC, state, section_id, locale_id, provider_id, owner_id)",
    # Django's partial indexes compare with parameters, which SQLite cannot match with a query's.
    "CREATE INDEX IF NOT EXISTS desk_flagged ON stories_story (touched_at DESC, news_id DESC) WHERE flag <> ''",
    "CREATE INDEX IF NOT EXISTS desk_embargo ON stories_story (embargo) WHERE embargo IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS desk_to_approve ON wagtailcore_taskstate (status, id)",
]
FLAGGED = "stories_story.flag <> ''"

_ROW = "INSERT INTO desk_words (rowid, words) VALUES (NEW.news_id, NEW.words);"
_FORGET = "INSERT INTO desk_words (desk_words, rowid, words) VALUES ('delete', OLD.news_id, OLD.words);"
TRIGGERS = {
    "desk_words_insert": f"AFTER INSERT ON stories_story BEGIN {_ROW} END",
    "desk_words_delete": f"AFTER DELETE ON stories_story BEGIN {_FORGET} END",
    "desk_words_update": "AFTER UPDATE OF words ON stories_story WHEN OLD.words != NEW.words "
    f"BEGIN {_FORGET} {_ROW} END",
}


def ensure(using: str = "default") -> None:
    """Make what is missing. Harmless when repeated, and quick when nothing is."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in LISTS:
            cursor.execute(statement)
        if connection.vendor != "sqlite":
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'desk_words_%%'", [])
        missing = TRIGGERS.keys() - {name for (name,) in cursor.fetchall()}
        for name in missing:
            cursor.execute(f"CREATE TRIGGER {name} {TRIGGERS[name]}")
        if missing:
            cursor.execute("INSERT INTO desk_words (desk_words) VALUES ('rebuild')")
