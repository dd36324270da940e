"""What lies before a moderator is given to no other: a lease, which ends by itself.

A moderator who goes home, or whose browser dies, keeps nothing from the others for longer than five minutes.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Comment
from ..refusals import LeasedToAnother
from .objections import Lease

LASTS = timedelta(minutes=5)  # renewed every two while the desk's page is open (queue.js)


@transaction.atomic
def take(rows: QuerySet[Comment], *, by: Any, limit: int) -> list[Comment]:
    """The first `limit` of `rows` that lie before nobody else, leased to `by` from now on.

    On PostgreSQL two who ask at once pass over each other's rows (SKIP LOCKED); on SQLite they take turns. Either
    way a lease that another holds is overwritten only once it has ended.
    """
    now = timezone.now()
    others = Lease.objects.filter(comment=OuterRef("pk"), until__gt=now).exclude(by=by)
    found = list(rows.filter(~Exists(others)).select_for_update(skip_locked=True, of=("self",), no_key=True)[:limit])
    ours = hold((comment.pk for comment in found), by=by, now=now)
    return [comment for comment in found if comment.pk in ours]


@transaction.atomic
def hold(numbers: Iterable[int], *, by: Any, now: datetime | None = None) -> set[int]:
    """Lease these comments to `by`, where nobody else holds them. Those that `by` holds now."""
    now = now or timezone.now()
    numbers, until = sorted(numbers), now + LASTS
    if not numbers:
        return set()
    Lease.objects.bulk_create(
        [Lease(comment_id=number, by=by, until=until) for number in numbers], ignore_conflicts=True
    )
    free = Lease.objects.filter(Q(by=by) | Q(until__lte=now), comment__in=numbers)
    free.update(by=by, until=until)
    return set(Lease.objects.filter(comment__in=numbers, by=by).values_list("comment_id", flat=True))


def renew(numbers: Iterable[int], *, by: Any) -> set[int]:
    """Let the leases of `by` on these comments run on. Those that he still holds: another has taken the others."""
    numbers, now = list(numbers), timezone.now()
    Lease.objects.filter(comment__in=numbers, by=by).update(until=now + LASTS)
    return set(Lease.objects.filter(comment__in=numbers, by=by).values_list("comment_id", flat=True))


def release(number: int, *, by: Any) -> None:
    """Give a comment back, to whoever asks next."""
    Lease.objects.filter(comment=number, by=by).delete()


def check(comment: Comment, *, by: Any) -> None:
    """Raises LeasedToAnother, naming whom, where it lies before somebody else."""
    lease = Lease.objects.filter(comment=comment, until__gt=timezone.now()).exclude(by=by).select_related("by").first()
    if lease:
        raise LeasedToAnother(_("%(who)s is reading this comment just now. Go on to the next one.") % {"who": lease.by})


def holders(comments: Iterable[Comment]) -> dict[int, Any]:
    """Before whom each of these comments lies. One query."""
    standing = Lease.objects.filter(comment__in=[comment.pk for comment in comments], until__gt=timezone.now())
    return {lease.comment_id: lease.by for lease in standing.select_related("by")}
