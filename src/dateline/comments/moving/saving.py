"""The rows of many comments at once: what each would have as if it had been written and approved here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F

from dateline.edge import keys
from dateline.edge.purging import purge
from dateline.stories.models import Current, Publication

from ..models import Comment, LeftBehind, Reader
from ..moderation import log as moderation_log
from ..record import following
from ..threads import addresses, formatting
from .records import Record, State

LONGEST_NAME = 80
MOST_VALUED = 2**31 - 1  # what the databases take
Pair = tuple[Record, Current]


def parents(keys: Iterable[str]) -> dict[str, Comment]:
    """The comments of these keys that are here."""
    rows = Comment.objects.filter(submission__in=set(keys)).only("pk", "story_id", "thread_id", "depth", "submission")
    return {row.submission: row for row in rows}


@transaction.atomic
def save(pairs: Sequence[Pair], known: dict[str, Comment]) -> list[Record]:
    """Save each after what it answers; returns those that answer each other in a circle. All of it, or nothing."""
    following.take_turn()
    readers = _readers([record for record, _ in pairs])
    versions = _Versions({current.pk for _, current in pairs})
    places = _Places()
    saved: list[Comment] = []
    waiting = list(pairs)
    while ready := [pair for pair in waiting if not pair[0].parent or pair[0].parent in known]:
        waiting = [pair for pair in waiting if pair[0].parent and pair[0].parent not in known]
        rows = [
            _comment(record, current, readers[_person(record)], versions, known.get(record.parent))
            for record, current in ready
        ]
        places.give(rows)
        Comment.objects.bulk_create(rows)
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
    record: Record, current: Current, reader: Reader, versions: "_Versions", parent: Comment | None
) -> Comment:
    return Comment(
        story_id=current.pk,
        version=versions.of(record, current),
        parent=parent,
        thread_id=(parent.thread_id or parent.pk) if parent else None,
        depth=parent.depth + 1 if parent else 0,
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
    )


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
    """Gives approved replies their places, each thread's in the order in which they are saved."""

    def __init__(self) -> None:
        self.first: dict[int, int] = {}  # of each thread: how many places it had
        self.given: Counter[int] = Counter()

    def give(self, rows: Sequence[Comment]) -> None:
        replies = [row for row in rows if row.thread_id and row.state == State.APPROVED]
        unseen = sorted({row.thread_id for row in replies if row.thread_id} - set(self.first))
        threads = Comment.objects.filter(pk__in=unseen).order_by("pk").select_for_update()
        self.first |= dict(threads.values_list("pk", "places"))
        for row in replies:
            thread = row.thread_id or 0
            self.given[thread] += 1
            row.place = self.first[thread] + self.given[thread]

    def keep(self) -> None:
        for number, threads in _alike(self.given):
            Comment.objects.filter(pk__in=threads).update(places=F("places") + number, replies=F("replies") + number)


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
