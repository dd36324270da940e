"""What is scheduled goes out at its second."""

import logging
from datetime import datetime

from django.utils import timezone
from wagtail.models import Revision

from dateline.stories.refusals import Refused

log = logging.getLogger(__name__)


def publish_due(now: datetime | None = None) -> int:
    """Publish every revision whose time has come, oldest first. One that is refused is taken off the schedule and logged."""
    published = 0
    due = Revision.objects.filter(approved_go_live_at__lte=now or timezone.now()).order_by("approved_go_live_at", "pk")
    for revision in due[:100]:
        try:
            revision.publish()
            published += 1
        except Refused as refusal:
            log.error("Not published as scheduled: %s", refusal)
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    return published
