"""How a publication is made: checked, numbered, written down, and put out.

Everything here runs in the caller's transaction, in its turn (`take_turn`): it is there as a whole or not at all.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from . import cleaning, items, languages, pictures, refusals
from .bodies import related as related_ids
from .models import Current, CurrentRelated, CurrentTopic, Publication, PublishedItem, Story, Topic
from .models.publications import CORRECTIONS_KEPT, last_seq
from .prepared import new

Kind = Publication.Kind


def publish(
    story: Story,
    revision: Any,
    *,
    user: Any,
    kind: str | None,
    note: str,
    at: datetime | None,
    publish: Callable,
    **options: Any,
) -> Publication | None:
    """Publish `revision` of `story` through `publish` (Wagtail's) and append what went out.

    Without `kind`, a first publication is a publish and every later one an update. None where it was
    only scheduled.
    """
    previous = Current.objects.filter(pk=story.pk).first()
    kind = kind or (Kind.UPDATE if previous else Kind.PUBLISH)
    coming = revision.as_object()
    check(coming, kind, note, previous)
    publish(revision, user=user, **options)
    if coming.go_live_at and coming.go_live_at > timezone.now():
        return None
    Story.objects.filter(pk=story.pk).update(state=Story.State.PUBLISHED)
    published = Story.objects.select_related("section", "locale", "provider").get(pk=story.pk)
    return append(published, kind, by=user, note=note, revision=revision, previous=previous, at=at)


def check(story: Story, kind: str, note: str, previous: Current | None) -> None:
    """Raise the Refused that applies, if one does."""
    name = f"Story {story.pk}"
    if kind != Kind.KILL:
        check_headline(story)
    if kind in (Kind.CORRECT, Kind.KILL) and not cleaning.text(note).strip():
        what = "A correction needs a note: say" if kind == Kind.CORRECT else "A kill needs an advisory: say"
        raise refusals.NoteMissing(f"{what} what was wrong, and what is right.")
    if previous and previous.killed:
        raise refusals.AlreadyKilled(f"{name} was killed. Write a new story; it gets a News ID of its own.")
    if kind in (Kind.PUBLISH, Kind.ADVANCE) and previous:
        raise refusals.AlreadyPublished(f"{name} is published. Update it, or correct it with a note.")
    if kind in (Kind.UPDATE, Kind.CORRECT, Kind.KILL) and not previous:
        raise refusals.NeverPublished(f"{name} was never published: there is nothing to {kind}. Publish it first.")
    goes_at = max(filter(None, (story.go_live_at, timezone.now())))
    if kind not in (Kind.KILL, Kind.ADVANCE) and story.embargo and story.embargo > goes_at:
        until = timezone.localtime(story.embargo)
        raise refusals.UnderEmbargo(
            f"{name} is under embargo until {until:%Y-%m-%d %H:%M:%S %Z}. Schedule it for then, or lift the embargo first."
        )


def check_headline(story: Story) -> None:
    """Raise HeadlineMissing where nobody could see the headline."""
    if cleaning.is_blank(story.headline):
        name = f"Story {story.pk}" if story.pk else "This story"
        raise refusals.HeadlineMissing(f"{name} has no headline that can be read. Write one, then publish it.")


def append(
    story: Story,
    kind: str,
    *,
    by: Any,
    note: str = "",
    revision: Any = None,
    previous: Current | None = None,
    at: datetime | None = None,
) -> Publication:
    """Write down that `story` went out: now, or `at` an earlier time. What was not saved yet is cleaned as it would be."""
    story.prepare()
    newest = Publication.objects.filter(story_id=story.pk).order_by("-version").first()
    rows = build(
        story,
        list(story.topics.all()),
        seq=last_seq() + 1,
        version=newest.version + 1 if newest else 1,
        kind=kind,
        at=at or timezone.now(),
        by=by,
        note=cleaning.text(note).strip(),
        revision=revision,
        previous=previous,
    )
    rows.publication.save(force_insert=True)
    rows.item.save(force_insert=True)
    if rows.current:
        CurrentTopic.objects.filter(story_id=story.pk).delete()
        CurrentRelated.objects.filter(source_id=story.pk).delete()
        rows.current.save(force_insert=previous is None, force_update=previous is not None)
        CurrentTopic.objects.bulk_create(rows.topics)
        CurrentRelated.objects.bulk_create(rows.related)
    return rows.publication


@dataclass
class Rows:
    """What one publication writes."""

    publication: Publication
    item: PublishedItem
    current: Current | None  # None for an advance, which is not public
    topics: list[CurrentTopic]
    related: list[CurrentRelated]


def build(
    story: Story,
    topics: Sequence[Topic],
    *,
    seq: int,
    version: int,
    kind: str,
    at: datetime,
    by: Any = None,
    note: str = "",
    revision: Any = None,
    previous: Current | None = None,
) -> Rows:
    """The rows of one publication, none of them saved."""
    published_at = previous.published_at if previous else at
    if kind == Kind.KILL:
        item = items.cancelled(story, version=version, at=at, published_at=published_at, note=note)
    else:
        item = items.item(story, version=version, kind=kind, at=at, published_at=published_at, note=note, topics=topics)
    text, salt = items.canonical(item), os.urandom(16)
    publication = new(
        Publication, seq=seq, story_id=story.pk, version=version, kind=kind, at=at, by_id=by and by.pk, note=note,
        revision_id=revision and revision.pk, digest=items.digest(salt, text),
    )  # fmt: skip
    kept = new(PublishedItem, publication_id=seq, json=text, salt=salt)
    if kind == Kind.ADVANCE:
        return Rows(publication, kept, None, [], [])
    current = _current(story, publication, published_at=published_at, previous=previous)
    if current.killed:
        return Rows(publication, kept, current, [], [])
    return Rows(
        publication,
        kept,
        current,
        [
            new(CurrentTopic, story_id=story.pk, topic_id=topic.pk, edition=current.edition, published_at=published_at)
            for topic in topics
        ],
        [
            new(CurrentRelated, source_id=story.pk, target_id=target)
            for target in dict.fromkeys(related_ids(story.body.raw_data))
            if target != story.pk
        ],
    )


def _current(story: Story, publication: Publication, *, published_at: datetime, previous: Current | None) -> Current:
    current = new(
        Current,
        story_id=story.pk,
        publication_id=publication.pk,
        version=publication.version,
        killed=publication.kind == Kind.KILL,
        language=story.language,
        edition=languages.edition(story.language),
        section_id=story.section_id,
        urgency=story.urgency,
        published_at=published_at,
        changed_at=publication.at,
        corrections=previous.corrections if previous else [],
        translation_key=story.translation_key,
    )
    if publication.kind in (Kind.CORRECT, Kind.KILL):
        at = publication.at.astimezone(UTC).isoformat()
        correction = {"at": at, "version": publication.version, "note": publication.note}
        current.corrections = [*current.corrections, correction][-CORRECTIONS_KEPT:]
    if not current.killed:  # so that no list, feed or page can show a killed story's words by mistake
        current.slug, current.headline, current.kicker = (story.slug, story.headline, story.kicker)
        current.summary, current.byline, current.place = (story.summary, "\n".join(story.names), story.place)
        current.dateline, current.picture = story.dateline, _picture(story)
    return current


def _picture(story: Story) -> dict | None:
    sizes = pictures.sizes(story.lead_image_id) if story.lead_image_id else []
    if not sizes:
        return None
    return {"sizes": sizes, "alt": story.lead_alt, "caption": story.lead_caption, "credit": story.lead_credit}


def changes(story: Story) -> bool:
    """Whether `story` as it is would put out other words or pictures than those that are out."""
    current = Current.objects.select_related("publication__item").get(pk=story.pk)
    return items.read(current.publication.item.json or "{}") != would_go_out(story, current)


def would_go_out(story: Story, current: Current) -> items.Item:
    """The item of the version that is out, as it would be with the words and pictures of `story` as it is."""
    story.prepare()
    return items.item(
        story,
        version=current.version,
        kind=current.publication.kind,
        at=current.publication.at,
        published_at=current.published_at,
        note=current.publication.note,
        topics=list(story.topics.all()),
    )
