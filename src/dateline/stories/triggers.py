"""The database itself refuses to change or delete what was published.

`INSTALL` and `REMOVE` hold, for each engine, the statements that migration 0002 runs. A later migration that makes
SQLite build one of these tables anew must install them again; tests/stories/test_append_only.py notices.
"""

REFUSAL = "What was published is never changed or deleted."
GAP = "Publications are numbered without gaps."

_SQLITE = {
    "publication_no_update": f"""
        BEFORE UPDATE ON stories_publication
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "publication_no_delete": f"""
        BEFORE DELETE ON stories_publication
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "publication_no_gap": f"""
        BEFORE INSERT ON stories_publication
        WHEN NEW.seq != (SELECT COALESCE(MAX(seq), 0) + 1 FROM stories_publication)
        BEGIN SELECT RAISE(ABORT, '{GAP}'); END""",
    "publisheditem_only_erased": f"""
        BEFORE UPDATE ON stories_publisheditem
        WHEN NEW.json IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.publication_id != OLD.publication_id
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    "publisheditem_no_delete": f"""
        BEFORE DELETE ON stories_publisheditem
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
}

_POSTGRESQL = f"""
    CREATE FUNCTION dateline_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$;

    CREATE FUNCTION dateline_no_gap() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM stories_publication) THEN
            RAISE EXCEPTION '{GAP}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER publication_kept BEFORE UPDATE OR DELETE ON stories_publication
        FOR EACH ROW EXECUTE FUNCTION dateline_refuse();
    CREATE TRIGGER publication_not_emptied BEFORE TRUNCATE ON stories_publication
        EXECUTE FUNCTION dateline_refuse();
    CREATE TRIGGER publication_no_gap BEFORE INSERT ON stories_publication
        FOR EACH ROW EXECUTE FUNCTION dateline_no_gap();
    CREATE TRIGGER publisheditem_only_erased BEFORE UPDATE ON stories_publisheditem
        FOR EACH ROW WHEN (NEW.json IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.publication_id <> OLD.publication_id)
        EXECUTE FUNCTION dateline_refuse();
    CREATE TRIGGER publisheditem_kept BEFORE DELETE ON stories_publisheditem
        FOR EACH ROW EXECUTE FUNCTION dateline_refuse();
    CREATE TRIGGER publisheditem_not_emptied BEFORE TRUNCATE ON stories_publisheditem
        EXECUTE FUNCTION dateline_refuse();
"""

INSTALL = {"sqlite": [f"CREATE TRIGGER {name} {rule}" for name, rule in _SQLITE.items()], "postgresql": [_POSTGRESQL]}
REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in _SQLITE],
    "postgresql": [
        "DROP FUNCTION IF EXISTS dateline_refuse() CASCADE",
        "DROP FUNCTION IF EXISTS dateline_no_gap() CASCADE",
    ],
}

NAMES = {
    "sqlite": set(_SQLITE),
    "postgresql": {
        "publication_kept",
        "publication_not_emptied",
        "publication_no_gap",
        "publisheditem_only_erased",
        "publisheditem_kept",
        "publisheditem_not_emptied",
    },
}


def install(apps, schema_editor) -> None:
    """For a migration's RunPython."""
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def remove(apps, schema_editor) -> None:
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
