"""Take records in: idempotent, in batches that are whole or not at all, and with every neighbour of a bad one."""

import hashlib
import logging
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from wagtail.models import Locale

from dateline.stories import bulk, cleaning
from dateline.stories.models import Provider, Section, Story, Topic
from dateline.stories.refusals import Refused
from dateline.stories.slugs import slug

from .models import KEPT, Quarantined
from .records import Bad, Record, Skipped

log = logging.getLogger(__name__)
BATCH = 250  # a transaction of some tenths of a second, so that the desk's own never wait long
ASIDE = 20  # documents that are no stories, kept together
FOLLOWED = 500  # stories, about; as many as the index takes in at once


@dataclass
class Count:
    """How it went. `documents` is always the sum of the others."""

    imported: int = 0
    skipped: int = 0
    failed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def documents(self) -> int:
        return self.imported + self.skipped + self.failed


class Refusal(Exception):
    """A record that cannot be taken in, and why."""


class Taker:
    """Takes records of one import in. `provider`, `section` and `language` are for records that name none.

    Calls `committed` once in a while, when there are stories that nobody follows yet.
    """

    def __init__(
        self,
        *,
        provider: str = "Archive",
        section: str = "archive",
        language: str = "",
        keep_ids: bool = True,
        dry: bool = False,
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        self.provider, self.section, self.language = provider, section, language
        self.keep_ids, self.dry = keep_ids, dry
        self.count = Count()
        self.unfollowed = 0
        self.aside: list[Quarantined] = []
        self.committed = committed
        self.languages = dict(settings.LANGUAGES)
        self._look_around()

    def _look_around(self) -> None:
        """What is there to file stories under; again after a batch that failed, perhaps since somebody made the same."""
        self.providers: dict[str, Provider] = {}
        self.sections = {row.slug: row for row in Section.objects.all()}
        self.topics = {(row.kind, row.name): row for row in Topic.objects.all()}
        self.topic_slugs = {row.slug for row in self.topics.values()}
        self.locales = {row.language_code: row for row in Locale.objects.all()}

    def take(self, file: str, records: Iterable[Record | Bad | Skipped]) -> Iterator[Bad]:
        """Take a file's records in; yields those that failed as they do."""
        batch: list[Record] = []
        for record in records:
            if isinstance(record, Record):
                batch.append(record)
            else:
                yield from self._set_aside(file, record)
            if len(batch) == BATCH:
                yield from self._batch(file, batch)
                batch = []
        yield from self._batch(file, batch)
        self._keep_aside()

    def _batch(self, file: str, batch: list[Record]) -> Iterator[Bad]:
        if not batch:
            return
        fresh, refused = self._fresh(batch)
        for bad in refused:
            yield from self._set_aside(file, bad)
        if self.dry:
            self.count.imported += len(fresh)
            return
        try:
            self._save(fresh)
            self.count.imported += len(fresh)
        except (DatabaseError, ValueError, TypeError, Refusal, Refused) as error:
            self._look_around()
            if len(fresh) == 1:
                yield from self._set_aside(file, Bad(fresh[0].position, str(error), fresh[0].raw))
            else:  # one of them breaks the batch: its neighbours go in by themselves
                for record in fresh:
                    yield from self._batch(file, [record])
        self.unfollowed += len(fresh)
        if self.unfollowed >= FOLLOWED:
            self.unfollowed = 0
            self.committed()

    def _fresh(self, batch: list[Record]) -> tuple[list[Record], list[Bad]]:
        """Those that are not here yet. What is here already is skipped; the same number with other words is refused."""
        for record in batch:
            # As they will be kept: what an archive writes with odd spaces is found again.
            record.provider = cleaning.line(record.provider or self.provider)[:200]
            if not self.keep_ids:
                record.news_id = None
            record.source_id = cleaning.line(record.source_id)[:255] or record.fingerprint
            record.source_version = cleaning.line(record.source_version)[:50] or record.fingerprint[:16]
        here = self._here(batch)
        taken = set(Story.objects.filter(pk__in=[r.news_id for r in batch if r.news_id]).values_list("pk", flat=True))
        fresh: list[Record] = []
        refused: list[Bad] = []
        for record in batch:
            key = (record.provider, record.source_id)
            if key in here:
                if here[key] == record.source_version:
                    self._skip("It is here already.")
                else:
                    refused.append(Bad(record.position, self._clash(record), record.raw))
            elif record.news_id in taken:
                refused.append(Bad(record.position, self._clash(record), record.raw))
            else:
                here[key] = record.source_version
                if record.news_id:
                    taken.add(record.news_id)
                fresh.append(record)
        return fresh, refused

    def _here(self, batch: list[Record]) -> dict[tuple[str, str], str]:
        rows = Story.objects.filter(
            provider__name__in={record.provider for record in batch},
            source_id__in=[record.source_id for record in batch],
        )
        return {
            (name, source): version
            for name, source, version in rows.values_list("provider__name", "source_id", "source_version")
        }

    def _clash(self, record: Record) -> str:
        if record.news_id:
            return (
                f"News ID {record.news_id} already belongs to another story, with other words."
                " Import with --news-ids assign and another --provider to give this one a number of its own."
            )
        return f"'{record.source_id}' is here already, with other words. Update that story at the desk."

    def _save(self, records: list[Record]) -> None:
        out: list[tuple[Story, list[Topic]]] = []
        inside: list[tuple[Story, list[Topic]]] = []
        for record in records:
            story, topics = self._story(record), self._topics(record)
            (inside if record.embargo else out).append((story, topics))
        if not inside:
            bulk.publish_many(out)
            return
        with transaction.atomic():
            bulk.publish_many(out)
            for story, topics in inside:
                story.save()
                story.topics.set(topics)
                story.save()

    def _story(self, record: Record) -> Story:
        moment = self._moment(record)  # before the flag is read: it may set one
        return Story(
            news_id=record.news_id,
            headline=cleaning.line(record.headline),
            summary=cleaning.text(record.summary),
            kicker=cleaning.line(record.kicker)[:200],
            slugline=cleaning.line(record.slugline)[:200],
            place=cleaning.line(record.place)[:200],
            credit=cleaning.line(record.credit)[:200],
            byline=cleaning.text(record.byline),
            body=record.stored,
            section=self._section(record),
            locale=self._locale(record),
            translation_key=uuid.uuid4(),
            urgency=record.urgency,
            embargo=record.embargo,
            provider=self._provider(record.provider),
            source_id=record.source_id,
            source_version=record.source_version,
            original_publisher=cleaning.line(record.original_publisher)[:255],
            flag=record.flag[:255],
            first_published_at=moment,
            dateline_date=timezone.localtime(record.published_at).date() if record.published_at else None,
        )

    def _moment(self, record: Record) -> datetime | None:
        if record.embargo:
            return None
        if record.published_at is None:
            record.doubt("The archive gave no date: it has the date of its import.")
        return record.published_at or timezone.now()

    def _section(self, record: Record) -> Section:
        key = slug(record.section) if record.section else self.section
        found = self.sections.get(key) or self.sections.get(self.section)
        if found is None:
            found = self.sections[self.section] = Section.objects.create(
                slug=self.section, **_new_section(self.section)
            )
        return found

    def _locale(self, record: Record) -> Locale:
        language = (record.language or self.language or "en").lower().replace("_", "-")
        while language not in self.languages and "-" in language:
            language = language.rpartition("-")[0]
        if language == "zh":
            language = "zh-hans"
        if language not in self.languages:
            raise Refusal(
                f"'{record.language}' is no language that Dateline knows; say --language CODE, such as en or ar."
            )
        if language not in self.locales:
            self.locales[language] = Locale.objects.get_or_create(language_code=language)[0]
        return self.locales[language]

    def _provider(self, name: str) -> Provider:
        if name not in self.providers:
            self.providers[name] = Provider.objects.get_or_create(name=name)[0]
        return self.providers[name]

    def _topics(self, record: Record) -> list[Topic]:
        named = [("subject", name) for name in record.subjects] + [("place", name) for name in record.places]
        return [
            self._topic(kind, cleaning.line(name)[:200]) for kind, name in dict.fromkeys(named) if cleaning.line(name)
        ]

    def _topic(self, kind: str, name: str) -> Topic:
        if (kind, name) not in self.topics:
            wanted = slug(name)
            if wanted in self.topic_slugs:
                wanted = (
                    f"{wanted}-{kind}"
                    if f"{wanted}-{kind}" not in self.topic_slugs
                    else f"{wanted}-{uuid.uuid4().hex[:6]}"
                )
            self.topic_slugs.add(wanted)
            self.topics[kind, name] = Topic.objects.create(kind=kind, name=name, slug=wanted)
        return self.topics[kind, name]

    def _skip(self, reason: str) -> None:
        self.count.skipped += 1
        self.count.reasons[reason] += 1

    def _set_aside(self, file: str, document: Bad | Skipped) -> Iterator[Bad]:
        if isinstance(document, Skipped):
            self._skip(document.reason)
        else:
            self.count.failed += 1
            self.count.reasons[document.reason] += 1
        if not self.dry:
            key = f"{file}\0{document.position}\0".encode("utf-8", "replace") + document.raw
            self.aside.append(
                Quarantined(
                    digest=hashlib.sha256(key).hexdigest(),
                    file=cleaning.text(file),
                    position=document.position[:200],
                    reason=cleaning.text(document.reason),
                    raw=document.raw[:KEPT],
                    size=len(document.raw),
                )
            )
            if len(self.aside) == ASIDE:
                self._keep_aside()
        if isinstance(document, Bad):
            yield document

    def _keep_aside(self) -> None:
        """Keep those where they can be looked at; the second time they are there already."""
        Quarantined.objects.bulk_create(self.aside, ignore_conflicts=True)
        self.aside = []


def _new_section(key: str) -> dict:
    names = {"ar": "الأرشيف", "fa": "بایگانی", "fr": "Archives", "es": "Archivo"} if key == "archive" else {}
    return {"name": key.replace("-", " ").capitalize(), "names": names, "order": 900}
