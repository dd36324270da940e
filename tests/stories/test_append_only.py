"""The database itself keeps what was published: whoever asks it, and however."""

import pytest
from django.db import DatabaseError, connection, transaction

from dateline.stories import actions, triggers
from dateline.stories.models import Publication, PublishedItem

pytestmark = pytest.mark.django_db


def refuse(statement, *parameters, match="never changed or deleted"):
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stories_publication SET note = 'Nothing happened.'",
        "UPDATE stories_publication SET seq = seq + 1000",
        "UPDATE stories_publication SET digest = ''",
        "UPDATE stories_publisheditem SET json = '{}'",
        "UPDATE stories_publisheditem SET salt = NULL",
        "UPDATE stories_publisheditem SET json = NULL",
        "DELETE FROM stories_publication",
        "DELETE FROM stories_publisheditem",
    ],
)
def test_what_was_published_is_not_changed_or_deleted_by_hand(published, statement):
    story = published("Mayor resigns")
    refuse(statement)
    assert Publication.objects.get(story=story).seq == 1
    assert "Mayor resigns" in PublishedItem.objects.get().json


@pytest.mark.parametrize("table", ["stories_publication", "stories_publisheditem"])
def test_the_record_is_not_emptied(published, table):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: SQLite knows no TRUNCATE")
    published()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check waits: it is the guard that refuses
    refuse(f"TRUNCATE {table} CASCADE")
    assert Publication.objects.count() == PublishedItem.objects.count() == 1


@pytest.mark.parametrize("seq", [0, 1, 3, 1000])
def test_a_publication_takes_the_next_number_or_none(published, seq):
    story = published()
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.bulk_create(
            [Publication(seq=seq, story=story, version=2, kind="update", at=story.last_published_at, digest="")]
        )
    assert Publication.objects.count() == 1


def test_an_erased_item_stays_erased(published, editor):
    story = published()
    first = Publication.objects.get(story=story)
    actions.kill(story, note="A court ordered it.")
    actions.erase(first, by=editor, note="The court of Harbour City, order 12.")
    refuse(
        "UPDATE stories_publisheditem SET json = '{}', salt = digest WHERE publication_id = 1".replace("digest", "''")
    )
    assert PublishedItem.objects.get(pk=1).json is None


def test_every_guard_is_in_place(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        assert triggers.NAMES[connection.vendor] <= {name for (name,) in cursor.fetchall()}
