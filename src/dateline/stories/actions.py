"""The verbs: the only ways in which something leaves the building.

Each appends a Publication in one transaction and returns it; what it returned survives a crash. A refusal
(`refusals.py`) leaves everything as it was. Callers have already asked whether the person may. `at` is for versions
that went out before they came here, from an archive that kept them; it is now otherwise. All but a kill refuse a
headline that nobody can see (HeadlineMissing).
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from . import publishing, refusals
from .models import Current, Publication, PublishedItem, Story
from .models.publications import take_turn

Kind = Publication.Kind


def publish(story: Story, *, by: Any = None, revision: Any = None, at: datetime | None = None) -> Publication:
    """Publish a story for the first time, as it is in memory, or as `revision` has it.

    Refuses a story that is out (AlreadyPublished), was killed (AlreadyKilled), or is under embargo (UnderEmbargo).
    """
    return _publish(story, Kind.PUBLISH, by=by, revision=revision, at=at)


def update(
    story: Story, *, by: Any = None, note: str = "", revision: Any = None, at: datetime | None = None
) -> Publication:
    """Publish a new version, since the news went on. Refuses what was never published, or was killed."""
    return _publish(story, Kind.UPDATE, by=by, note=note, revision=revision, at=at)


def correct(
    story: Story, *, by: Any = None, note: str, revision: Any = None, at: datetime | None = None
) -> Publication:
    """Publish a new version, since we were wrong. Readers see `note` at the story and on /corrections/.

    Refuses an empty note (NoteMissing), what was never published, what was killed, and a correction
    that changes nothing a reader can see (NothingChanged).
    """
    return _publish(story, Kind.CORRECT, by=by, note=note, revision=revision, at=at)


@transaction.atomic
def kill(story: Story, *, by: Any = None, note: str, at: datetime | None = None) -> Publication:
    """Withdraw a published story for good; `note` is the advisory that stands in its place.

    A kill is published too: it takes the next version, and its page, feeds and items say so. Refuses an empty
    note, what was never published, and a second kill.
    """
    take_turn()
    previous = Current.objects.filter(pk=story.pk).first()
    publishing.check(story, Kind.KILL, note, previous)
    _cancel_what_is_under_way(story, by)
    Story.objects.filter(pk=story.pk).update(state=Story.State.KILLED, live=False, go_live_at=None)
    story.refresh_from_db()
    return publishing.append(story, Kind.KILL, by=by, note=note, previous=previous, at=at)


@transaction.atomic
def advance(story: Story, *, by: Any = None) -> Publication:
    """Send copy to subscribers ahead of its embargo. It is on no public address; the publish follows."""
    take_turn()
    publishing.check(story, Kind.ADVANCE, "", Current.objects.filter(pk=story.pk).first())
    if not story.embargo:
        raise refusals.UnderEmbargo(f"Story {story.pk} has no embargo to go ahead of. Set one, or publish it.")
    return publishing.append(story, Kind.ADVANCE, by=by)


@transaction.atomic
def spike(story: Story, *, by: Any = None) -> None:
    """Put a draft aside that will not run. Refuses what is out: that is killed."""
    take_turn()
    if Current.objects.filter(pk=story.pk).exists():
        raise refusals.AlreadyPublished(f"Story {story.pk} is published. Kill it, with an advisory.")
    _cancel_what_is_under_way(story, by)
    Story.objects.filter(pk=story.pk).update(state=Story.State.SPIKED)
    story.refresh_from_db()


@transaction.atomic
def erase(publication: Publication, *, by: Any, note: str) -> None:
    """Erase the words of one version, as a court may order. Its number, kind, time and digest stay.

    Refuses the version that is out: kill the story first. Refuses an empty note.
    """
    take_turn()
    if not note.strip():
        raise refusals.NoteMissing("Erasing words needs a note: say who ordered it, and why.")
    if Current.objects.filter(publication=publication, killed=False).exists():
        raise refusals.AlreadyPublished(f"{publication} is what readers see now. Kill the story first.")
    PublishedItem.objects.filter(pk=publication.pk).update(json=None, salt=None)


@transaction.atomic
def _publish(
    story: Story, kind: str, *, by: Any, at: datetime | None, note: str = "", revision: Any = None
) -> Publication:
    take_turn()
    publishing.check(story, kind, note, Current.objects.filter(pk=story.pk).first())
    if story.go_live_at:
        story.go_live_at = None  # a verb means now
        revision = None
    if kind == Kind.CORRECT and not publishing.changes(revision.as_object() if revision else story):
        raise refusals.NothingChanged(
            f"Nothing in story {story.pk} differs from what is out. Change it, then correct it."
        )
    revision = revision or story.save_revision(user=by)
    story.publish(revision, user=by, kind=kind, note=note, at=at, skip_permission_checks=True)
    story.refresh_from_db()
    return Publication.objects.filter(story_id=story.pk).order_by("-version")[0]


def _cancel_what_is_under_way(story: Story, by: Any) -> None:
    """No schedule and no approval may bring back what was killed or spiked."""
    story.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
    if story.current_workflow_state:
        story.current_workflow_state.cancel(user=by)
