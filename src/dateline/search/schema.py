"""Where the words lie: FTS5 on SQLite, a `tsvector` with its GIN index on PostgreSQL.

The tokenizer does nothing: words come to it folded (stories/folding.py), with spaces between them.
"""

from typing import Any

_INSTALL = {
    "sqlite": [
        # Beginnings of three letters have an index of their own: `har*` would else read every word that begins so.
        """
        CREATE VIRTUAL TABLE search_words USING fts5(
            words, more, tokenize = "ascii tokenchars '_'", columnsize = 0, prefix = '3'
        )""",
        # Bytes that one transaction gathers before they are written: a batch of 500 stories in one piece.
        "INSERT INTO search_words (search_words, rank) VALUES ('hashsize', 8388608)",
    ],
    "postgresql": [
        "ALTER TABLE search_entry ADD COLUMN vector tsvector NOT NULL",
        "CREATE INDEX search_entry_vector ON search_entry USING gin (vector)",
    ],
}
_REMOVE = {
    "sqlite": ["DROP TABLE search_words"],
    "postgresql": ["ALTER TABLE search_entry DROP COLUMN vector"],
}


def install(apps: Any, schema_editor: Any) -> None:
    """For a migration's RunPython."""
    for statement in _INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def remove(apps: Any, schema_editor: Any) -> None:
    for statement in _REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
