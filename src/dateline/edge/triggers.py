"""PostgreSQL rings a bell on every machine when something is committed that pages follow.

By triggers, so that whoever writes rings it: the desk, a command, an import, another machine. The transaction that
writes is the one that notifies, so the bell never rings for what is not there yet.
"""

CHANNEL = "dateline"
TABLES = ("stories_publication", "edge_purge", "stories_cursor")

_INSTALL = f"""
    CREATE FUNCTION dateline_ring() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN NOTIFY {CHANNEL}; RETURN NULL; END $$;
""" + "".join(
    f"CREATE TRIGGER {table}_rings AFTER INSERT OR UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION dateline_ring();\n"
    for table in TABLES
)


def install(apps, schema_editor) -> None:
    """For a migration's RunPython."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_INSTALL, params=None)


def remove(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS dateline_ring() CASCADE", params=None)
