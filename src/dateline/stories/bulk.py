"""Many stories at once, as an archive brings them: the record without the desk."""

from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from . import publishing
from .models import Publication, Story, Topic
from .models.publications import last_seq, take_turn
from .prepared import insert_many, new


def publish_many(batch: Sequence[tuple[Story, Sequence[Topic]]]) -> list[Publication]:
    """Save new stories and append the first publication of each, all of them or none.

    Each story has its publish date in `first_published_at`. One with `news_id` set takes that number, which must be
    free; the others are given one. A few statements for each kind of row, whatever the number of stories. Refuses a
    headline that nobody can see (HeadlineMissing).
    """
    for story, _ in batch:  # before the turn is taken, for which others wait
        story.prepare()
        publishing.check_headline(story)
        story.state, story.live, story.has_unpublished_changes = (Story.State.PUBLISHED, True, False)
        story.first_published_at = story.first_published_at or timezone.now()
        story.last_published_at = story.touched_at = story.first_published_at
    with transaction.atomic():
        return _publish(batch)


def _publish(batch: Sequence[tuple[Story, Sequence[Topic]]]) -> list[Publication]:
    take_turn()
    stories = [story for story, _ in batch]
    given = [story for story in stories if story.news_id is not None]
    insert_many(given)
    Story.objects.bulk_create(story for story in stories if story.news_id is None)
    if given:
        _go_on_after(max(story.news_id for story in given))
    first = last_seq() + 1
    rows = [
        publishing.build(story, topics, seq=seq, version=1, kind=Publication.Kind.PUBLISH, at=story.first_published_at)
        for seq, (story, topics) in enumerate(batch, first)
    ]
    through = Story.topics.through
    insert_many([new(through, story_id=story.pk, topic_id=topic.pk) for story, topics in batch for topic in topics])
    publications = [row.publication for row in rows]
    insert_many(publications)
    insert_many([row.item for row in rows])
    insert_many([row.current for row in rows if row.current])
    insert_many([topic for row in rows for topic in row.topics])
    insert_many([link for row in rows for link in row.related])
    return publications


def write_much() -> None:
    """Let this connection write an archive: SQLite then brings its log home every 32 MiB, and not every four.

    The pages of the indexes are written over and over meanwhile. On PostgreSQL that is the server's own affair.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint = 8000")


def _go_on_after(news_id: int) -> None:
    """Give new stories numbers above `news_id`. SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('stories_story', 'news_id'), GREATEST(%s, nextval("
                "pg_get_serial_sequence('stories_story', 'news_id'))))",
                [news_id],
            )
