"""What is forgotten by itself, a little each hour.

Who reported, once nobody can appeal any more; old mail in the folder; the keys of months that are over.
"""

import time
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ..mail import folder as mail_folder
from ..threads import address_keys
from .objections import Appeal, Report
from .reports import APPEAL_WITHIN

EVERY = 3600.0  # seconds
AT_ONCE = 500
_due = 0.0


def forget() -> bool:
    """Forget what is due, at most once an hour. A follower: True where there was more than is done at once."""
    global _due
    if time.monotonic() < _due:
        return False
    address_keys.forget()
    more = max(forget_reporters(), mail_folder.forget()) >= AT_ONCE
    _due = 0.0 if more else time.monotonic() + EVERY
    return more


def forget_reporters() -> int:
    """Erase the names and mail addresses in reports that were answered, where the time for an appeal is over."""
    since = timezone.now() - APPEAL_WITHIN - timedelta(days=1)
    appealed = Appeal.objects.filter(report=OuterRef("pk"), outcome="")
    old = Report.objects.filter(Q(answer__at__lt=since) | Q(ended_at__lt=since), erased_at=None, created_at__lt=since)
    found = old.filter(~Exists(appealed)).order_by("created_at").values_list("pk", flat=True)
    return erase(Report.objects.filter(pk__in=list(found[:AT_ONCE])))


def erase(reports: QuerySet[Report]) -> int:
    """Forget who sent these reports. What they said of the comment stays."""
    return reports.update(name="", mail="", address="", erased_at=timezone.now())
