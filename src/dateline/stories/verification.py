"""The record read back as a stranger would: every number, every digest, and what is out against what was published.

Reads everything as it stands at one moment, a chunk in memory, while publishing may go on.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from . import items, rebuild, triggers
from .models import Current, CurrentRelated, CurrentTopic, Cursor, Publication, Story
from .models.publications import last_seq

NAMED = 100  # faults that are said one by one; the rest are counted
# A killed story's section and urgency are nobody's business, and its item names neither.
COMPARED = [column.attname for column in Current._meta.concrete_fields]
COMPARED_WHEN_KILLED = [name for name in COMPARED if name not in ("section_id", "urgency")]
Tick = Callable[[], object]


@dataclass
class Report:
    """What was read, and what is wrong with it."""

    last_seq: int = 0
    stories: int = 0
    erased: int = 0
    digest: str = ""  # over the numbers and digests of all publications: the same for the same record only
    wrong: list[str] = field(default_factory=list)
    more_wrong: int = 0

    def say(self, sentence: str) -> None:
        if len(self.wrong) < NAMED:
            self.wrong.append(sentence)
        else:
            self.more_wrong += 1


def verify(tick: Tick = lambda: None) -> Report:
    """Read it all. Faults stand in the report, none is raised. `tick` is called for each publication.

    Followers catch up first, so that what they keep can be compared with the record.
    """
    for path in settings.DATELINE_FOLLOWERS:
        import_string(path)()
    report = Report()
    with one_moment():
        _check_triggers(report)
        _check_numbers(report)
        _check_stories(report, tick)
        _check_counters(report)
    for path in settings.DATELINE_VERIFIERS:
        for sentence in import_string(path)():
            report.say(sentence)
    return report


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is as of one moment, and nobody who writes is kept waiting."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        engine: Any = connection
        usual, engine.transaction_mode = engine.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                engine.transaction_mode = usual
                yield
        finally:
            engine.transaction_mode = usual
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _check_triggers(report: Report) -> None:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    for name in sorted(triggers.NAMES[connection.vendor] - there):
        report.say(f"The database no longer guards the record: trigger {name} is missing.")


def _check_numbers(report: Report) -> None:
    """Numbers run from 1 without a gap; the digest over all of them."""
    digest = hashlib.sha256()
    for seq, one in Publication.objects.order_by("seq").values_list("seq", "digest").iterator(chunk_size=5000):
        if seq != report.last_seq + 1:
            report.say(f"Publication {report.last_seq + 1} is missing: {seq} comes next.")
        report.last_seq = seq
        digest.update(f"{seq} {one}\n".encode())
    report.digest = digest.hexdigest()


def _check_stories(report: Report, tick: Tick) -> None:
    """Versions without gaps, words that fit their digests, and out what the newest version says."""
    kept = Kept()
    for out in rebuild.outs(_read(report, tick)):
        while kept.news_id is not None and kept.news_id < out.current.pk:
            report.say(f"Story {kept.news_id} is shown, and was never published.")
            kept.advance()
        if kept.news_id != out.current.pk:
            report.say(f"Story {out.current.pk} was published, and is not shown.")
            continue
        _compare(kept, out, report)
        kept.advance()
    while kept.news_id is not None:
        report.say(f"Story {kept.news_id} is shown, and was never published.")
        kept.advance()


def _read(report: Report, tick: Tick) -> Iterator[Publication]:
    """All publications, each looked at on its way."""
    for news_id, versions in groupby(rebuild.publications(), key=lambda row: row.story_id):
        report.stories += 1
        for number, publication in enumerate(versions, 1):
            if publication.version != number:
                report.say(f"Story {news_id}: version {number} is missing; {publication.version} comes next.")
            _check_words(publication, report)
            tick()
            yield publication


def _check_words(publication: Publication, report: Report) -> None:
    item = getattr(publication, "item", None)
    if item is None:
        report.say(f"{publication} has no item.")
    elif item.json is None and item.salt is None:
        report.erased += 1
    elif item.json is None or item.salt is None:
        report.say(f"{publication} is half erased.")
    elif items.digest(bytes(item.salt), item.json) != publication.digest:
        report.say(f"{publication} has other words than it went out with: its digest does not fit.")


class Kept:
    """The rows that lists are made from, in order of News ID, with what hangs on them."""

    def __init__(self) -> None:
        self.rows = self._chunks()
        self.advance()

    def advance(self) -> None:
        found: tuple[Current | None, set[tuple], set[int]] = next(self.rows, (None, set(), set()))
        self.current, self.topics, self.related = found
        self.news_id = self.current and self.current.pk

    def _chunks(self) -> Iterator[tuple[Current, set[tuple], set[int]]]:
        after = 0
        while chunk := list(Current.objects.filter(pk__gt=after).order_by("pk")[: rebuild.CHUNK]):
            numbers = [row.pk for row in chunk]
            links = CurrentTopic.objects.filter(story_id__in=numbers)
            topics = _by_first(links.values_list("story_id", "topic__slug", "edition", "published_at"))
            related = _by_first(
                CurrentRelated.objects.filter(source_id__in=numbers).values_list("source_id", "target_id")
            )
            for row in chunk:
                yield row, topics.get(row.pk, set()), {target for (target,) in related.get(row.pk, ())}
            after = numbers[-1]


def _by_first(rows: Iterable[tuple]) -> dict[int, set[tuple]]:
    found: dict[int, set[tuple]] = {}
    for first, *rest in rows:
        found.setdefault(first, set()).add(tuple(rest))
    return found


def _compare(kept: Kept, out: rebuild.Out, report: Report) -> None:
    should = out.current
    for name in COMPARED_WHEN_KILLED if should.killed else COMPARED:
        if getattr(kept.current, name) != getattr(should, name):
            report.say(f"Story {should.pk}: its {name} is not what version {should.version} says. {CURE}")
    topics = {(slug, should.edition, should.published_at) for slug in out.topics}
    missing = out.related - kept.related
    if kept.topics != topics:
        report.say(f"Story {should.pk} is not listed under the topics that version {should.version} names. {CURE}")
    if kept.related - out.related or (missing and Story.objects.filter(pk__in=missing).exists()):
        report.say(f"Story {should.pk} does not point to the stories that version {should.version} names. {CURE}")


CURE = "Say: dateline verify --rebuild"


def _check_counters(report: Report) -> None:
    """Followers have read no further than the record goes, and no News ID will be given twice."""
    newest = last_seq()
    for ahead in Cursor.objects.filter(seq__gt=newest):
        report.say(f"Follower {ahead.follower} has read up to {ahead.seq}; the record ends at {newest}.")
    highest = Story.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'stories_story'")
        else:
            cursor.execute("SELECT pg_sequence_last_value(pg_get_serial_sequence('stories_story', 'news_id'))")
        row = cursor.fetchone()
    if highest > ((row and row[0]) or 0):
        report.say(f"The counter of News IDs stands below {highest}, the highest that was given.")
