"""The index follows the record.

It reads the publications after its cursor and keeps what is out now: the newest words of a story, nothing of a killed
one. What it wrote and how far it read are committed together, so a crash at any moment costs nothing but the batch.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import connection, transaction

from dateline.stories import items
from dateline.stories.models import Current, Cursor, Publication
from dateline.stories.models.publications import last_seq

from . import engines, words
from .models import EVERYWHERE, Entry, place
from .questions import Question, Where

FOLLOWER = "search"


BATCH = 500  # publications in one transaction


def catch_up(limit: int | None = None) -> int:
    """Index what was published since the last time, `limit` publications at most, and return how many were read.

    Without a limit, everything committed before the call can be found when it returns. May be called by any number of
    processes at once: they take turns, a batch each. With nothing to do it costs two look-ups and no lock.
    """
    total = 0
    while (limit is None or total < limit) and last_seq() > _read_up_to():
        total += _follow(BATCH if limit is None else min(BATCH, limit - total))
    return total


def rebuild() -> int:
    """Make the index again from the record and return how many publications were read.

    Readers find less until it is done. Stopped half-way, it is finished by whoever catches up next.
    """
    with transaction.atomic():
        cursor = take_turn()
        Entry.objects.all().delete()
        if connection.vendor == "sqlite":
            _execute("DELETE FROM search_words")
        cursor.seq = 0
        cursor.save(update_fields=["seq"])
    return catch_up()


def verify() -> list[str]:
    """What is wrong with the index, a sentence each. Reads all of it."""
    behind = last_seq() - _read_up_to()
    if behind:
        return [f"The search index is {behind} publications behind; start the server, or say 'dateline reindex'."]
    out = set(Current.objects.filter(killed=False).values_list("pk", flat=True))
    held = set(Entry.objects.values_list("news_id", flat=True))
    cure = "Say 'dateline reindex'."
    wrong = [f"Story {news_id} is out and cannot be found. {cure}" for news_id in sorted(out - held)]
    wrong += [f"Story {news_id} is not out and can be found. {cure}" for news_id in sorted(held - out)]
    if older():
        wrong.append(f"Some stories are not found by their headlines first; the server sees to it. Or: {cure}")
    return wrong


def older(below: int = EVERYWHERE, limit: int = 1) -> list[engines.Found]:
    """Entries that an older release wrote, without the marked words of headlines; the newest first."""
    return engines.ask(Question((), ()), [], [engines.Tier(Where.UNMARKED, -EVERYWHERE, below)], limit)


def _follow(limit: int) -> int:
    """The words are made before the turn is taken, so that nobody who writes waits for it. 0 where another was quicker."""
    before = _read_up_to()
    coming = list(
        Publication.objects.filter(seq__gt=before).order_by("seq").values_list("seq", "story_id", "kind")[:limit]
    )
    news_ids = {story_id for _, story_id, kind in coming if kind != Publication.Kind.ADVANCE}
    out = _out(news_ids)
    with transaction.atomic():
        cursor = take_turn()
        if cursor.seq != before or not coming:
            return 0
        _bring(news_ids, out)
        cursor.seq = coming[-1][0]
        cursor.save(update_fields=["seq"])
    return len(coming)


def take_turn() -> Cursor:
    """The follower's cursor, and the turn to move it until the transaction ends."""
    Cursor.objects.get_or_create(follower=FOLLOWER)
    return Cursor.objects.select_for_update().get(follower=FOLLOWER)


def _read_up_to() -> int:
    return Cursor.objects.filter(follower=FOLLOWER).values_list("seq", flat=True).first() or 0


def bring(news_ids: set[int]) -> None:
    """Bring these stories' entries to what is out now; to be called in one's turn."""
    _bring(news_ids, _out(news_ids))


def _out(news_ids: set[int]) -> list[tuple[Current, words.Words]]:
    """Those of them that are out now, and the words by which each is found."""
    rows = Current.objects.filter(pk__in=news_ids, killed=False).select_related("publication__item").defer("picture")
    return [(row, words.of(row, items.read(row.publication.item.json))) for row in rows if row.publication.item.json]


def _bring(news_ids: set[int], out: list[tuple[Current, words.Words]]) -> None:
    known = dict(Entry.objects.filter(news_id__in=news_ids).values_list("news_id", "place"))
    _remove([known[news_id] for news_id in news_ids - {row.pk for row, _ in out} if news_id in known])
    places = _places([row for row, _ in out], known)
    _write([(places[row.pk], row.pk, kept) for row, kept in out])


def _places(rows: Sequence[Current], known: dict[int, int]) -> dict[int, int]:
    """A place for each story: the one it has, or the first free one from its own on."""
    new = {row.pk: place(row.published_at, row.pk) for row in rows if row.pk not in known}
    taken = set(Entry.objects.filter(place__in=new.values()).values_list("place", flat=True))
    for news_id, wanted in new.items():
        while wanted in taken:
            wanted += 1
            if Entry.objects.filter(place=wanted).exists():
                taken.add(wanted)
        new[news_id] = wanted
        taken.add(wanted)
    return known | new


def _remove(places: list[int]) -> None:
    if connection.vendor == "sqlite":
        _execute_many("DELETE FROM search_words WHERE rowid = %s", [(number,) for number in places])
    Entry.objects.filter(place__in=places).delete()


def _write(rows: list[tuple[int, int, words.Words]]) -> None:
    if connection.vendor == "sqlite":
        _execute_many(
            "INSERT OR REPLACE INTO search_words (rowid, words, more) VALUES (%s, %s, %s)",
            [
                (number, " ".join(kept.words), " ".join([*kept.headline, words.GAP, *kept.more]))
                for number, _, kept in rows
            ],
        )
        _execute_many(
            "INSERT OR REPLACE INTO search_entry (place, news_id) VALUES (%s, %s)",
            [(number, news_id) for number, news_id, _ in rows],
        )
    else:
        _execute_many(
            "INSERT INTO search_entry (place, news_id, vector) VALUES (%s, %s, %s::tsvector)"
            " ON CONFLICT (place) DO UPDATE SET vector = EXCLUDED.vector",
            [(number, news_id, vector(kept)) for number, news_id, kept in rows],
        )


def vector(kept: words.Words) -> str:
    """A tsvector as PostgreSQL reads it: `'mayor':1,9 '¶mayor':1 '_lang_en'`. No word holds a quote or a backslash."""
    positions: dict[str, list[str]] = {word: [] for word in kept.more}
    for number, word in chain(enumerate(kept.words, 1), enumerate(kept.headline, 1)):
        if word != words.GAP:
            positions.setdefault(word, []).append(str(number))
    return " ".join(f"'{word}':{','.join(at)}" if at else f"'{word}'" for word, at in positions.items())


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _execute_many(statement: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)
