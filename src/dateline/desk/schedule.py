"""What is scheduled goes out at its second."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils import timezone
from wagtail.models import Revision

from dateline.stories.models import Story
from dateline.stories.refusals import Refused

from .models import Missed

log = logging.getLogger(__name__)

AT_ONCE = 100  # revisions of one call
LONGEST_REST = timedelta(minutes=5)


def publish_due(now: datetime | None = None) -> int:
    """Publish every revision whose time has come, in order, and return how many went out.

    One that fails never stops the others, and stands on the desk's home with the reason. A refused one is taken off
    the schedule; one that failed otherwise is tried again after 2 s, 4 s, ... 5 minutes. Raises when the database
    does not answer: then nothing can be written down, and the whole call is to be made again.
    """
    now = now or timezone.now()
    resting = Missed.objects.filter(next_try_at__gt=now).values("revision_id")
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    return sum(_publish(revision, now) for revision in list(due.exclude(pk__in=resting)[:AT_ONCE]))


def _publish(revision: Revision, now: datetime) -> bool:
    due_at = revision.approved_go_live_at
    try:
        revision.publish()
    except Refused as refusal:
        log.error("Not published as scheduled: %s", refusal)
        _miss(revision, due_at, str(refusal), None)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        return False
    except (InterfaceError, OperationalError):
        raise
    except Exception as error:
        log.exception("Story %s was not published as scheduled.", revision.object_id)
        tries = Missed.objects.filter(revision=revision).values_list("tries", flat=True).first() or 0
        rest = min(LONGEST_REST, timedelta(seconds=2 ** min(tries + 1, 9)))
        _miss(revision, due_at, f"{type(error).__name__}: {error}", now + rest, tries + 1)
        return False
    return True


def forget(instance: Any, **signal: Any) -> None:
    """What went out after all, whoever published it, is missed no more. For Wagtail's `published` signal."""
    if isinstance(instance, Story):
        Missed.objects.filter(story_id=instance.pk).delete()


def _miss(revision: Revision, due_at: datetime, reason: str, next_try_at: datetime | None, tries: int = 1) -> None:
    Missed.objects.update_or_create(
        story_id=int(revision.object_id),
        defaults={
            "revision": revision,
            "due_at": due_at,
            "reason": reason,
            "tries": tries,
            "next_try_at": next_try_at,
        },
    )
