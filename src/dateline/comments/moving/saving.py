"""The rows of many comments at once: what each would have as if it had been written and approved here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F

from dateline.edge import keys
from dateline.edge.purging import purge
from dateline.stories.models import Current, Publication
from dateline.stories.prepared import insert

from ..models import Comment, LeftBehind, Reader
from ..moderation import log as moderation_log
from ..record import following
from ..threads import addresses, formatting
from . import jsonl
from .records import Record, State

AT_ONCE = 250  # rows in a statement: a comment has some 40 columns, and SQLite takes 32,766 values
LONGEST_NAME = 80
MOST_VALUED = 2**31 - 1  # what the databases take
Pair = tuple[Record, Current]


def parents(keys: Iterable[str]) -> dict[str, Comment]:
    """The comments of these keys that are here."""
    wanted = ("pk", "story_id", "parent_id", "thread_id", "depth", "state", "place", "keeps_place", "submission")
    rows = Comment.objects.filter(submission__in=set(keys)).only(*wanted)
    return {row.submission: row for row in rows}


@transaction.atomic
def save(pairs: Sequence[Pair], known: dict[str, Comment]) -> list[Record]:
    """Save each after what it answers; returns those that answer each other in a circle. All of it, or nothing."""
    following.take_turn()
    readers, staff = _readers([record for record, _ in pairs]), _Newsroom()
    versions = _Versions({current.pk for _, current in pairs})
    places = _Places()
    saved: list[Comment] = []
    waiting = list(pairs)
    while ready := [pair for pair in waiting if not pair[0].parent or pair[0].parent in known]:
        waiting = [pair for pair in waiting if pair[0].parent and pair[0].parent not in known]
        rows = [
            _comment(record, current, readers[_person(record)], versions, known.get(record.parent), staff)
            for record, current in ready
        ]
        places.give(rows)
        for start in range(0, len(rows), AT_ONCE):
            insert(*rows[start : start + AT_ONCE])
        known |= {row.submission: row for row in rows}
        saved += rows
    places.keep()
    _count(saved)
    moderation_log.moved_in(saved)
    following.look_at([row for row in saved if row.state == State.APPROVED])
    if saved:
        purge(keys.thread(news_id) for news_id in sorted({row.story_id for row in saved}))
    LeftBehind.objects.filter(key__in=[row.submission for row in saved]).delete()
    return [record for record, _ in waiting]


def _comment(
    record: Record,
    current: Current,
    reader: Reader,
    versions: "_Versions",
    parent: Comment | None,
    newsroom: "_Newsroom",
) -> Comment:
    return Comment(
        story_id=current.pk,
        version=versions.of(record, current),
        parent=parent,
        thread_id=(parent.thread_id or parent.pk) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        place=record.place if parent else None,
        keeps_place=bool(parent and record.place and record.state != State.APPROVED),
        reader=reader,
        name=record.name,
        text=record.text,
        html=formatting.html(record.text),
        language=record.language or current.edition,
        state=record.state,
        reason=record.reason,
        submission=record.key,
        valued=min(max(record.valued, 0), MOST_VALUED),
        created_at=record.at,
        decided_at=None if record.state == State.HELD else record.decided_at or record.at,
        decided_by=newsroom.nobody if record.by_moderator and record.state != State.HELD else None,
        edited_at=record.edited_at,
        deleted_at=record.deleted_at,
        signed_in=record.signed_in,
        staff=newsroom.who(record.staff) if record.staff else None,
        picked_at=record.picked_at,
        picked_by=newsroom.nobody if record.picked_at else None,
    )


class _Newsroom:
    """Who of the newsroom wrote, picked or decided. No file says who; a badge and a pick need somebody all the same."""

    @cached_property
    def nobody(self) -> Any:
        """An account that nobody can enter."""
        made = {"is_active": False, "first_name": "Moved in", "password": make_password(None)}
        return get_user_model().objects.get_or_create(username="moved-in", defaults=made)[0]

    def who(self, mark: str) -> Any:
        """The one who wrote it here, where the file was written here."""
        return self._ours.get(mark) or self.nobody

    @cached_property
    def _ours(self) -> dict[str, Any]:
        return {jsonl.staff(user.pk): user for user in get_user_model().objects.only("pk")}


class _Versions:
    """Which version of a story was out at a moment."""

    def __init__(self, news_ids: set[int]) -> None:
        self.out = defaultdict(list)
        kinds = (Publication.Kind.ADVANCE, Publication.Kind.KILL)
        rows = Publication.objects.filter(story_id__in=news_ids).exclude(kind__in=kinds).order_by("story_id", "version")
        for story_id, version, at in rows.values_list("story_id", "version", "at"):
            self.out[story_id].append((at, version))

    def of(self, record: Record, current: Current) -> int:
        """Which its writer read: as the file says, else the newest of that moment, else the first."""
        if record.version and 1 <= record.version <= current.version:
            return record.version
        out = self.out[current.pk]
        return max((version for at, version in out if at <= record.at), default=out[0][1] if out else 1)


def _person(record: Record) -> tuple[str, str]:
    """Who wrote it, told apart as the other system did. Of a mail address this keyed hash is all that stays."""
    who = record.person.strip().casefold() or f"name {record.name}"
    return addresses.secret("moved in", who), record.name


def _readers(records: Sequence[Record]) -> dict[tuple[str, str], Reader]:
    wanted = {_person(record) for record in records}
    hashes = {address for address, _ in wanted}
    found = {(row.address, row.name): row for row in Reader.objects.filter(address__in=hashes)}
    missing = [Reader(address=address, name=name) for address, name in sorted(wanted - set(found))]
    if missing:
        Reader.objects.bulk_create(missing, ignore_conflicts=True)
        found |= {(row.address, row.name): row for row in Reader.objects.filter(address__in=hashes)}
    return found


class _Places:
    """Gives approved replies their places: those that the file says, where they are free, else the next.

    What is not shown keeps a place above an answer that is.
    """

    def __init__(self) -> None:
        self.last: dict[int, int] = {}  # of each thread: how many places were given
        self.taken: set[tuple[int, int]] = set()
        self.shown: Counter[int] = Counter()
        self.kept: dict[int, Comment] = {}

    def give(self, rows: Sequence[Comment]) -> None:
        replies = [row for row in rows if row.thread_id and (row.is_shown or row.place)]
        self._look_up(replies)
        for row in replies:
            if row.is_shown:
                self._stand(row.parent)
                self.shown[row.thread_id or 0] += 1
            self._place(row)

    def keep(self) -> None:
        threads = defaultdict(list)
        for thread, last in sorted(self.last.items()):
            threads[last, self.shown[thread]].append(thread)
        for (last, shown), numbers in threads.items():
            Comment.objects.filter(pk__in=numbers).update(places=last, replies=F("replies") + shown)
        Comment.objects.bulk_update(self.kept.values(), ["place", "keeps_place"], batch_size=100)

    def _look_up(self, replies: Sequence[Comment]) -> None:
        """How many places the threads of these have, and which of those that they want are taken."""
        unseen = sorted({row.thread_id for row in replies if row.thread_id} - set(self.last))
        threads = Comment.objects.filter(pk__in=unseen).order_by("pk").select_for_update()
        self.last |= dict(threads.values_list("pk", "places"))
        wanted = {row.place for row in replies if row.place and self.last[row.thread_id or 0]}
        if wanted:
            there = Comment.objects.filter(thread__in={row.thread_id for row in replies}, place__in=wanted)
            self.taken |= {(thread or 0, place or 0) for thread, place in there.values_list("thread_id", "place")}

    def _stand(self, above: Comment | None) -> None:
        """Keep the places of what is not shown, from `above` up to what is: the uppermost comes first."""
        chain: list[Comment] = []
        while above is not None and not (above.is_shown or above.keeps_place or above.pk in self.kept):
            chain.append(above)
            above = above.parent
        for row in reversed(chain):
            row.keeps_place, self.kept[row.pk] = True, row
            if row.thread_id:
                self._place(row)

    def _place(self, row: Comment) -> None:
        thread = row.thread_id or 0
        if not row.place or (thread, row.place) in self.taken:
            row.place = self.last[thread] + 1
        self.taken.add((thread, row.place))
        self.last[thread] = max(self.last[thread], row.place)


def _count(saved: Sequence[Comment]) -> None:
    """Keep the readers' numbers."""
    for state in (State.APPROVED, State.REJECTED):
        steps = Counter(row.reader_id for row in saved if row.state == state)
        for number, readers in _alike(steps):
            Reader.objects.filter(pk__in=readers).update(**{state.value: F(state.value) + number})


def _alike(steps: Counter[int]) -> list[tuple[int, list[int]]]:
    """The rows that go up by the same number: a statement for each."""
    rows = defaultdict(list)
    for row, step in sorted(steps.items()):
        rows[step].append(row)
    return list(rows.items())
