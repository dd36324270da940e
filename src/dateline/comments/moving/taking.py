"""Take records in: each once, its neighbours whatever it is, and what it answers before it.

A batch is one transaction: a stop at any moment leaves whole batches, and the same import goes on from there.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone

from dateline.stories import cleaning
from dateline.stories.models import Current

from ..models import Comment, LeftBehind
from . import saving
from .finding import Finder
from .records import MAIL, Bad, Record, Skipped, State
from .shelf import Shelf

BATCH = 500
LONGEST = 100_000  # characters; more is no comment


@dataclass
class Count:
    """How it went. `comments` is always the sum of the others."""

    imported: int = 0
    skipped: int = 0
    failed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def comments(self) -> int:
        return self.imported + self.skipped + self.failed


class Taker:
    """Takes in the comments of one file, called `file` in reports."""

    def __init__(self, file: str, shelf: Shelf, finder: Finder, *, dry: bool = False) -> None:
        self.file, self.shelf, self.finder, self.dry = file, shelf, finder, dry
        self.count = Count()

    def take(self, records: Iterable[Record | Bad | Skipped]) -> Iterator[Bad]:
        """Yields those that failed, as they do. What waits for its parent is tried again when the file is read."""
        yield from self._take(records)
        while True:
            before = self.count.comments
            yield from self._take(self.shelf.waiting())
            if self.count.comments == before:
                break
        for record in self.shelf.waiting():
            why = f"What it answers ({record.parent}) was not taken in." if record.parent else "Its thread is missing."
            yield self._fail(record, why)

    def _take(self, records: Iterable[Record | Bad | Skipped]) -> Iterator[Bad]:
        batch: list[Record] = []
        for record in records:
            if isinstance(record, Record):
                batch.append(record)
            elif isinstance(record, Skipped):
                self._skip(record.reason)
            else:
                yield self._set_aside(record)
            if len(batch) == BATCH:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, batch: Sequence[Record]) -> Iterator[Bad]:
        fresh = self._fresh(batch)
        ready: list[tuple[Record, Current]] = []
        for record in map(_cleaned, fresh):
            current = self.finder.find(record.thread)
            if wrong := _fault(record):
                yield self._fail(record, wrong)
            elif current is not None:
                ready.append((record, current))
            elif record.thread.number:
                self.shelf.wait(record)
            else:
                where = record.thread.link or record.thread.identifier or record.thread.news_id
                yield self._fail(record, "No story is known for its thread. Name it with --map.", where=f" ({where})")
        parents = saving.parents([record.parent for record, _ in ready if record.parent])
        yield from self._with_parents(ready, parents)

    def _with_parents(self, ready: list[tuple[Record, Current]], parents: dict[str, Comment]) -> Iterator[Bad]:
        """Save those whose parents are here, or come in the same batch; the others wait."""
        stories = {record.key: current.pk for record, current in ready}
        chosen: list[tuple[Record, Current]] = []
        for record, current in ready:
            story = self._story_of(record.parent, parents, stories) if record.parent else current.pk
            if story is None or record.parent == record.key:
                self.shelf.wait(record)
            elif story != current.pk:
                yield self._fail(record, "It answers a comment on another story.")
            else:
                chosen.append((record, current))
        yield from self._save(chosen, parents)

    def _story_of(self, key: str, parents: dict[str, Comment], stories: dict[str, int]) -> int | None:
        if key in parents:
            return parents[key].story_id
        return stories.get(key) or (self.shelf.taken(key) if self.dry else None)

    def _save(self, chosen: list[tuple[Record, Current]], parents: dict[str, Comment]) -> Iterator[Bad]:
        if self.dry:
            self.shelf.take([(record.key, current.pk) for record, current in chosen])
            self.count.imported += len(chosen)
            return
        try:
            left = saving.save(chosen, parents)
        except DatabaseError as error:
            if len(chosen) == 1:
                yield self._fail(chosen[0][0], f"The database refused it: {error}")
            else:  # one of them breaks the batch, or another import was quicker: each by itself
                for record, _ in chosen:
                    yield from self._batch([record])
            return
        self.count.imported += len(chosen) - len(left)
        for record in left:
            self.shelf.wait(record)

    def _fresh(self, batch: Sequence[Record]) -> list[Record]:
        """Those that are not here yet, each once."""
        keys = [record.key for record in batch]
        here = set(Comment.objects.filter(submission__in=keys).values_list("submission", flat=True))
        fresh = []
        for record in batch:
            if record.key in here or (self.dry and self.shelf.taken(record.key)):
                self._skip("It is here already.")
            else:
                here.add(record.key)
                fresh.append(record)
        return fresh

    def _skip(self, reason: str) -> None:
        self.count.skipped += 1
        self.count.reasons[reason] += 1

    def _fail(self, record: Record, reason: str, *, where: str = "") -> Bad:
        raw = json.dumps(record.as_json(), ensure_ascii=False)
        return self._set_aside(Bad(record.position + where, reason, raw, record.key))

    def _set_aside(self, bad: Bad) -> Bad:
        """Keep it where it can be looked at; the second time it is there already."""
        self.count.failed += 1
        self.count.reasons[bad.reason] += 1
        if not self.dry:
            LeftBehind.keep(self.file, bad.position, bad.reason, bad.raw, bad.key)
        return bad


def _cleaned(record: Record) -> Record:
    """As our own form would have it. Who signed with a mail address did not mean to be written to by everybody."""
    name = "" if MAIL.search(record.name) else cleaning.line(record.name)
    shown = name if len(name) <= saving.LONGEST_NAME else f"{name[: saving.LONGEST_NAME - 1]}…"
    if record.deleted_at:
        return replace(record, text="", name="")
    return replace(record, text=cleaning.printable(record.text).strip(), name="" if cleaning.is_blank(shown) else shown)


def _fault(record: Record) -> str:
    """Why it is no comment; "" where it is one. One that was deleted may have lost its words."""
    if record.state != State.REJECTED and not record.deleted_at and cleaning.is_blank(record.text):
        return "There is nothing in it."
    if len(record.text) > LONGEST:
        return f"It has {len(record.text):,} characters; {LONGEST:,} are the most."
    if record.at > timezone.now() + timedelta(days=1):
        return "Its date is still to come."
    return ""
