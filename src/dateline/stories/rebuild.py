"""What is out now, worked out anew from the publications: the proof that `Current` hides and invents nothing.

Words come from the newest public version alone. From the story's own row come only its translation key and, for a
killed story, whose item names neither, a section and an urgency that nobody reads.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db import transaction

from . import items, languages
from .models import Current, CurrentRelated, CurrentTopic, Publication, Section, Story, Topic
from .models.publications import CORRECTIONS_KEPT, take_turn

CHUNK = 500


@dataclass
class Out:
    """One story as it should be out."""

    current: Current
    topics: set[str] = field(default_factory=set)  # slugs
    related: set[int] = field(default_factory=set)  # News IDs


def publications() -> Iterator[Publication]:
    """Every publication with its item, story by story, version by version; a chunk of them in memory."""
    after = (0, 0)
    while True:
        rows = Publication.objects.select_related("item").order_by("story_id", "version")
        chunk = list(rows.filter(story_id=after[0], version__gt=after[1])[:CHUNK])
        chunk = chunk or list(rows.filter(story_id__gt=after[0])[:CHUNK])
        if not chunk:
            return
        yield from chunk
        after = (chunk[-1].story_id, chunk[-1].version)


def outs(rows: Iterable[Publication]) -> Iterator[Out]:
    """What is out, in order of News ID, from `publications`. A story that was only sent in advance is not."""
    sections = Sections()
    for news_id, versions in groupby(rows, key=lambda row: row.story_id):
        newest, first_at, corrections = _fold(versions)
        if newest and first_at:
            yield _out(news_id, newest, first_at, corrections, sections)


class Sections(dict[str, Section | None]):
    """Sections by slug, each asked for once."""

    def __missing__(self, slug: str) -> Section | None:
        self[slug] = Section.objects.filter(slug=slug).first()
        return self[slug]


def _fold(versions: Iterable[Publication]) -> tuple[Publication | None, datetime | None, list[dict[str, Any]]]:
    newest, first_at, corrections = None, None, []
    for publication in versions:
        if publication.kind == Publication.Kind.ADVANCE:
            continue
        newest, first_at = publication, first_at or publication.at
        if publication.kind in (Publication.Kind.CORRECT, Publication.Kind.KILL):
            at = publication.at.astimezone(UTC).isoformat()
            corrections.append({"at": at, "version": publication.version, "note": publication.note})
    return newest, first_at, corrections[-CORRECTIONS_KEPT:]


_OF_THE_STORY = ("translation_key", "section", "urgency", "locale__language_code")


def _out(
    news_id: int, newest: Publication, first_at: datetime, corrections: list[dict[str, Any]], sections: Sections
) -> Out:
    kept = getattr(newest, "item", None)
    item = items.read((kept and kept.json) or "{}")
    story = Story.objects.select_related("locale").only(*_OF_THE_STORY).get(pk=news_id)
    language = item.get("language") or story.language  # the words of a kill may be erased, too
    current = Current(
        story_id=news_id,
        publication=newest,
        version=newest.version,
        killed=newest.kind == Publication.Kind.KILL,
        language=language,
        edition=languages.edition(language),
        section_id=story.section_id,
        urgency=item.get("urgency", story.urgency),
        published_at=first_at,
        changed_at=newest.at,
        corrections=corrections,
        translation_key=story.translation_key,
    )
    if current.killed:
        return Out(current)
    current.section = sections[_subjects(item, "section")[0]] if _subjects(item, "section") else None  # type: ignore[assignment]
    current.slug = items.value(item, "altids", "slug")
    current.headline, current.kicker = items.value(item, "headlines", "main"), items.value(item, "headlines", "kicker")
    current.summary = items.value(item, "descriptions", "summary")
    current.dateline = items.value(item, "descriptions", "dateline")
    current.byline = "\n".join(person["name"] for person in item.get("people", ()) if person.get("rel") == "author")
    current.place = item.get("located", "")
    current.picture = items.picture(item)
    return Out(current, set(_subjects(item, "topic")), set(items.related(item)) - {news_id})


def _subjects(item: items.Item, rel: str) -> list[str]:
    return [subject["literal"] for subject in item.get("subjects", ()) if subject.get("rel") == rel]


@transaction.atomic
def rebuild() -> int:
    """Make every `Current` row again, with its topics and its related stories. The number of stories that are out.

    One transaction: readers see the old rows until it is done, and nobody publishes meanwhile.
    """
    take_turn()
    CurrentTopic.objects.all().delete()
    CurrentRelated.objects.all().delete()
    topics = dict(Topic.objects.values_list("slug", "pk"))
    made = 0
    for chunk in _chunks(outs(publications())):
        _write(chunk, topics)
        made += len(chunk)
    return made


def _chunks(rows: Iterator[Out]) -> Iterator[list[Out]]:
    chunk: list[Out] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _write(chunk: list[Out], topics: dict[str, int]) -> None:
    columns = [column.name for column in Current._meta.concrete_fields if not column.primary_key]
    rows = [out.current for out in chunk]
    Current.objects.bulk_create(rows, update_conflicts=True, unique_fields=["story"], update_fields=columns)
    CurrentTopic.objects.bulk_create(
        CurrentTopic(
            story_id=out.current.pk,
            topic_id=topics[slug],
            edition=out.current.edition,
            published_at=out.current.published_at,
        )
        for out in chunk
        for slug in sorted(out.topics & topics.keys())
    )
    targets = Story.objects.filter(pk__in={target for out in chunk for target in out.related})
    there = set(targets.values_list("pk", flat=True))  # a draft that others pointed to may have been deleted
    CurrentRelated.objects.bulk_create(
        CurrentRelated(source_id=out.current.pk, target_id=target)
        for out in chunk
        for target in sorted(out.related & there)
    )
