"""Migrations that the release before can live with (docs/decisions/0013-online-migrations.md)."""

import pytest
from django.db import migrations, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

# The newest of each room when the rule began; what is older ran before there were two machines.
BEFORE = {"comments": 10, "desk": 2, "edge": 2, "ingest": 1, "search": 1, "stories": 2}
REFUSED = ("RemoveField", "RenameField", "RenameModel", "DeleteModel", "AlterField", "AddIndex")


def refused(migration):
    """The operations that a running older release, or its readers, would feel."""
    if getattr(migration, "online", ""):
        return []
    new = {operation.name_lower for operation in migration.operations if isinstance(operation, migrations.CreateModel)}
    found = [
        operation
        for operation in migration.operations
        if type(operation).__name__ in REFUSED and getattr(operation, "model_name", "").lower() not in new
    ]
    return found + [operation for operation in migration.operations if _must_be_filled(operation)]


def _must_be_filled(operation):
    if not isinstance(operation, migrations.AddField):
        return False
    field = operation.field
    return not (field.null or field.many_to_many or field.has_db_default())


def test_no_new_migration_troubles_the_release_before():
    ours = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    found = {
        f"{app}.{name}": refused(migration)
        for (app, name), migration in ours.items()
        if migration.__module__.startswith("dateline.") and int(name[:4]) > BEFORE.get(app, 0)
    }
    assert not {name: operations for name, operations in found.items() if operations}


@pytest.mark.parametrize(
    ("operation", "troubles"),
    [
        (migrations.AddField("story", "note", models.TextField(null=True)), False),
        (migrations.AddField("story", "note", models.TextField(db_default="")), False),
        (migrations.AddField("story", "note", models.TextField(default="")), True),
        (migrations.RemoveField("story", "note"), True),
        (migrations.AddIndex("story", models.Index(fields=["note"], name="n")), True),
    ],
)
def test_the_rule_refuses_what_it_says(operation, troubles):
    class Newer(migrations.Migration):
        operations = [operation]

    assert bool(refused(Newer("0099_newer", "stories"))) is troubles
    Newer.online = "The release before does not use it."
    assert not refused(Newer("0099_newer", "stories"))


def test_what_the_squashed_migrations_make_is_what_the_eighteen_made():
    loader = MigrationLoader(None, ignore_no_migrations=True, replace_migrations=False)
    eighteen = loader.project_state(("comments", "0018_places_indexed"))
    squashed = loader.project_state(("comments", "0001_squashed"))
    assert MigrationAutodetector(eighteen, squashed)._detect_changes() == {}
    assert {("comments", "comment"), ("comments", "vote")} <= set(squashed.models)
