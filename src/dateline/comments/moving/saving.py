"""The rows of many comments at once: what each would have as if it had been written and approved here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F

from dateline.stories.models import Current, Publication

from .. import addresses, following
from ..models import Comment, LeftBehind, Reader
from .records import Record, State

LONGEST_NAME = 80
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
    saved: list[Comment] = []
    waiting = list(pairs)
    while ready := [pair for pair in waiting if not pair[0].parent or pair[0].parent in known]:
        waiting = [pair for pair in waiting if pair[0].parent and pair[0].parent not in known]
        rows = [
            _comment(record, current, readers[_person(record)], versions, known.get(record.parent))
            for record, current in ready
        ]
        Comment.objects.bulk_create(rows)
        known |= {row.submission: row for row in rows}
        saved += rows
    _place(saved)
    _count(saved)
    following.look_at([row for row in saved if row.state == State.APPROVED])
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
        language=record.language or current.edition,
        state=record.state,
        reason=record.reason,
        submission=record.key,
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


def _place(saved: Sequence[Comment]) -> None:
    """Give approved replies their places, each thread's in the order in which they were saved."""
    replies = [row for row in saved if row.thread_id and row.state == State.APPROVED]
    roots = Comment.objects.select_for_update().only("places", "replies").order_by("pk")
    threads = {root.pk: root for root in roots.filter(pk__in={row.thread_id for row in replies})}
    for row in replies:
        root = threads[row.thread_id or 0]
        root.places += 1
        root.replies += 1
        row.place = root.places
    Comment.objects.bulk_update(replies, ["place"], batch_size=200)
    Comment.objects.bulk_update(threads.values(), ["places", "replies"], batch_size=200)


def _count(saved: Sequence[Comment]) -> None:
    """Keep the readers' numbers."""
    steps: dict[int, Counter[str]] = defaultdict(Counter)
    for row in saved:
        steps[row.reader_id][row.state] += 1
    readers = [
        Reader(pk=pk, approved=F("approved") + step[State.APPROVED], rejected=F("rejected") + step[State.REJECTED])
        for pk, step in sorted(steps.items())
    ]
    Reader.objects.bulk_update(readers, ["approved", "rejected"], batch_size=200)
