"""The threads follow the record: what is quoted from a story that was killed is not shown in other threads either.

`catch_up` reads the publications after its cursor and masks every comment that quotes a killed story; what it wrote
and how far it read are committed together. A comment that is shown later (approved, edited, moved in) is looked at by
`look_at`, in the transaction that shows it. The two take turns, so that no quote slips between them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from dateline.edge import keys
from dateline.edge.purging import purge
from dateline.stories import folding, items
from dateline.stories.models import Cursor, Publication
from dateline.stories.models.publications import last_seq

from ..models import Comment, Fingerprint, WithdrawnWords
from ..moderation import gone
from . import quotes

FOLLOWER = "comments"
ASKED_AT_ONCE = 500  # hashes in one question to the database
PUBLICATIONS_AT_ONCE = 500
# The number of the lock that those who show comments share, and the follower takes for itself.
_TURN = 0x43_6F_6D_6D  # "Comm"


def catch_up(limit: int | None = None) -> int:
    """Mask what quotes the stories killed since the last time, and return how many publications were read.

    Any number of processes may call it at once. With nothing to do it costs two look-ups and no lock.
    """
    total = 0
    while (limit is None or total < limit) and last_seq() > _read_up_to():
        total += _follow(PUBLICATIONS_AT_ONCE if limit is None else min(PUBLICATIONS_AT_ONCE, limit - total))
    return total


def look_at(comments: Sequence[Comment]) -> None:
    """Find the quotes of withdrawn stories in comments that are shown from now on, and keep their fingerprints.

    Call it within the transaction that shows them, or that changes their words.
    """
    take_turn()
    ids = [comment.pk for comment in comments]
    Fingerprint.objects.filter(comment__in=ids).delete()
    Fingerprint.objects.bulk_create(
        Fingerprint(comment=comment, hash=hash)
        for comment in comments
        for hash in quotes.fingerprints(comment.text) | quotes.fingerprints(comment.name)
    )
    _mask(comments)


def verify() -> list[str]:
    """What is wrong with what the threads withdrew, a sentence each."""
    behind = last_seq() - _read_up_to()
    cure = "start the server, or say 'dateline follow'"
    return [f"The threads are {behind} publications behind the record; {cure}."] if behind else []


@transaction.atomic
def _follow(limit: int) -> int:
    cursor = _take_cursor()
    take_turn(alone=True)
    rows = Publication.objects.filter(seq__gt=cursor.seq).order_by("seq")
    coming = list(rows.values_list("seq", "story_id", "kind")[:limit])
    for _, story_id, kind in coming:
        if kind == Publication.Kind.KILL:
            _withdraw(story_id)
    if coming:
        cursor.seq = coming[-1][0]
        cursor.save(update_fields=["seq"])
    return len(coming)


def _withdraw(news_id: int) -> None:
    """Mask what is quoted of a story that was killed, wherever it is shown, and remember its words.

    What waits under it for a moderator waits no longer.
    """
    gone.withdrawn(news_id)
    said = _published_words(news_id)
    words = {hash for text in said for hash in quotes.shingles(text)}
    WithdrawnWords.objects.bulk_create(
        (WithdrawnWords(story_id=news_id, hash=hash) for hash in sorted(words)), ignore_conflicts=True
    )
    grams = {hash for text in said for hash in quotes.shingles(text, quotes.GRAM)}
    quoting = sorted({pk for hashes in _portions(sorted(grams)) for pk in _with_fingerprints(hashes)})
    for ids in _portions(quoting):
        _mask(Comment.objects.filter(pk__in=ids))


def _read_up_to() -> int:
    return Cursor.objects.filter(follower=FOLLOWER).values_list("seq", flat=True).first() or 0


def _take_cursor() -> Cursor:
    Cursor.objects.get_or_create(follower=FOLLOWER)
    return Cursor.objects.select_for_update().get(follower=FOLLOWER)


def take_turn(*, alone: bool = False) -> None:
    """Wait for the follower, and keep it waiting until the transaction ends.

    Whoever shows a comment takes it before he touches a row, so that none waits for another in a circle. SQLite's
    IMMEDIATE transactions take turns by themselves.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
            cursor.execute(f"SELECT {lock}(%s)", [_TURN])


def _published_words(news_id: int) -> list[list[str]]:
    """The words of everything that readers saw of a story: headlines, summaries and bodies of its versions."""
    kinds = (Publication.Kind.ADVANCE, Publication.Kind.KILL)
    rows = Publication.objects.filter(story_id=news_id).exclude(kind__in=kinds).select_related("item")
    found: dict[str, None] = {}
    for publication in rows.iterator(chunk_size=100):
        item = items.read(publication.item.json or "{}")
        for kind, role in (("headlines", "main"), ("descriptions", "summary"), ("bodies", "text")):
            found[items.value(item, kind, role)] = None
    return [folding.words(text) for text in found]


def _with_fingerprints(hashes: Sequence[int]) -> Iterator[int]:
    yield from Fingerprint.objects.filter(hash__in=hashes).values_list("comment_id", flat=True)


def _mask(comments: Iterable[Comment]) -> None:
    """Find anew which words of these comments were withdrawn. A name that quotes a story is none, and is taken off."""
    looked = {comment: quotes.shingles(folding.words(comment.text)) for comment in comments}
    named = {comment: quotes.shingles(folding.words(comment.name)) for comment in looked}
    asked = sorted({hash for hashes in (*looked.values(), *named.values()) for hash in hashes})
    withdrawn: dict[int, set[int]] = defaultdict(set)
    for hashes in _portions(asked) if asked and WithdrawnWords.objects.exists() else ():
        for hash, story in WithdrawnWords.objects.filter(hash__in=hashes).values_list("hash", "story_id"):
            withdrawn[hash].add(story)
    changed = []
    for comment, hashes in looked.items():
        runs = [[*run] for run in quotes.runs(comment.text, withdrawn)] if withdrawn.keys() & set(hashes) else []
        name = "" if withdrawn.keys() & set(named[comment]) else comment.name
        if (runs, name) != (comment.withdrawn, comment.name):
            comment.withdrawn, comment.name = runs, name
            changed.append(comment)
    if changed:
        Comment.objects.bulk_update(changed, ["withdrawn", "name"], batch_size=100)
        purge(keys.thread(news_id) for news_id in sorted({comment.story_id for comment in changed}))


def _portions(values: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(values), ASKED_AT_ONCE):
        yield values[start : start + ASKED_AT_ONCE]
