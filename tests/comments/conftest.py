"""Readers who write, and a moderator who decides."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db import connection

from dateline.comments import actions


@pytest.fixture
def moderator(db):
    """Somebody who may moderate, and nothing else: in the group Moderators, which may enter the desk."""
    user = User.objects.create_user("mona", "mona@newsroom.example", "a long password")
    group = Group.objects.get(name="Moderators")
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    user.groups.add(group)
    return user


@pytest.fixture
def second(moderator):
    """Another moderator."""
    user = User.objects.create_user("milo", "milo@newsroom.example", "a long password")
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


@pytest.fixture
def write():
    """Write a comment: `write(story, "Well said.", name="Sana", address="192.0.2.7")`. It is held."""

    def make(story, text="Well said.", *, name="Sana", address="192.0.2.7", **options):
        return actions.accept(story.pk, name=name, text=text, address=address, **options)

    return make


@pytest.fixture
def approved(write, moderator):
    """Write one that a moderator approved."""

    def make(story, *args, **options):
        return actions.decide(write(story, *args, **options).pk, "approved", by=moderator, was="held")

    return make


@pytest.fixture
def plans():
    """The database's plan for each SELECT that `act` makes: `plans(lambda: ...)`.

    PostgreSQL scans small tables whole, whatever their indexes; here it is asked what it would do were that dear, and
    has counted the rows before, as its autovacuum does.
    """

    def make(act):
        found = []

        def explain(execute, sql, params, many, context):
            if "SELECT" not in sql[:10]:
                return execute(sql, params, many, context)
            with connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    cursor.cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
                how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
                cursor.cursor.execute(f"{how} {sql}", params)
                found.append("\n".join(str(row) for row in cursor.cursor.fetchall()))
            return execute(sql, params, many, context)

        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE comments_comment")
        with connection.execute_wrapper(explain):
            act()
        return found

    return make
