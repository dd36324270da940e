"""The follower that keeps the index: it reads the publications in order, from its cursor on.

A crash between two batches loses nothing and doubles nothing: a batch and its cursor are one transaction, and a
document that is indexed again replaces itself.
"""

from collections.abc import Iterable

from django.db import transaction

from dateline.stories import folding, items
from dateline.stories.models import Current, Cursor, Publication
from dateline.stories.models.publications import last_seq

from .engines import Document, engine, position

FOLLOWER = "search"
BATCH = 500


def catch_up() -> int:
    """Index what was published since the last time. The number of publications read."""
    read = 0
    while last_seq() > _cursor():
        read += _follow_one_batch()
    return read


def rebuild() -> int:
    """Empty the index and read everything again."""
    with transaction.atomic():
        engine().clear()
        Cursor.objects.update_or_create(follower=FOLLOWER, defaults={"seq": 0})
    return catch_up()


def verify() -> list[str]:
    """What is wrong with the index, a sentence each."""
    behind = last_seq() - _cursor()
    return [f"The search index is {behind} publications behind; start the server, or rebuild it."] if behind else []


def _cursor() -> int:
    return Cursor.objects.filter(pk=FOLLOWER).values_list("seq", flat=True).first() or 0


@transaction.atomic
def _follow_one_batch() -> int:
    Cursor.objects.get_or_create(follower=FOLLOWER)
    cursor = Cursor.objects.select_for_update().get(follower=FOLLOWER)
    news = list(Publication.objects.filter(seq__gt=cursor.seq).order_by("seq").values_list("seq", "story_id")[:BATCH])
    if not news:
        return 0
    changed = Current.objects.filter(pk__in={story for _, story in news}).select_related("publication__item")
    killed = [position(current.published_at, current.pk) for current in changed if current.killed]
    engine().remove(killed)
    engine().replace(list(_documents(current for current in changed if not current.killed)))
    cursor.seq = news[-1][0]
    cursor.save()
    return len(news)


def _documents(currents: Iterable[Current]) -> Iterable[Document]:
    for current in currents:
        yield Document(
            position=position(current.published_at, current.pk),
            words=folding.words("\n".join(texts(current))),
            facets=[f"lang {current.language}", f"edition {current.edition}", f"section {current.section_id}"],
        )


def texts(current: Current) -> list[str]:
    """What of a story can be found: its headline first, then the rest as readers see it."""
    item = items.read(current.publication.item.json or "{}")
    body = items.value(item, "bodies", "text")
    return [current.headline, current.kicker, current.summary, current.byline, current.place, body]
