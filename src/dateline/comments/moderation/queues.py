"""What waits for moderators: each queue a list of comments in the order in which it is read, by an index of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dateline.stories.models import Current

from ..models import Comment

State = Comment.State
LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Queue:
    """A list of comments: its name in addresses and on the screen, its rows, and the time that orders them."""

    name: str
    label: Any
    rows: Callable[[Any], QuerySet[Comment]]
    time: str
    oldest_first: bool = True
    waits: bool = True  # it is read one by one, until it is empty; else it is only looked up
    nothing: Any = ""  # what is said when it is empty

    def ordered(self, by: Any) -> QuerySet[Comment]:
        """Its comments as they are given to the moderator `by`."""
        sign = "" if self.oldest_first else "-"
        return self.rows(by).order_by(f"{sign}{self.time}", f"{sign}id")


def _comments() -> QuerySet[Comment]:
    return Comment.objects.select_related("reader", "decided_by", "parent").prefetch_related("former")


def _held(by: Any) -> QuerySet[Comment]:
    return _comments().filter(decided_at=None)


def _reported(by: Any) -> QuerySet[Comment]:
    return _comments().filter(reported_at__isnull=False)


def _appealed(by: Any) -> QuerySet[Comment]:
    """Against the decisions of others: nobody answers an appeal against his own."""
    return _comments().filter(~Q(decided_by=by) | Q(decided_by=None), appealed_at__isnull=False)


def _new(by: Any) -> QuerySet[Comment]:
    """Approved in the last days by the checks, without a moderator, and there still."""
    killed = Current.objects.filter(pk=OuterRef("story_id"), killed=True)
    lately = _comments().filter(state=State.APPROVED, decided_by=None, decided_at__gt=timezone.now() - LATELY)
    return lately.filter(~Exists(killed), deleted_at=None)


def _approved(by: Any) -> QuerySet[Comment]:
    return _comments().filter(state=State.APPROVED)


def _rejected(by: Any) -> QuerySet[Comment]:
    return _comments().filter(state=State.REJECTED)


QUEUES = {
    queue.name: queue
    for queue in (
        Queue("held", State.HELD.label, _held, "created_at", nothing=_("No comment waits to be read.")),
        Queue("reported", _("reported"), _reported, "reported_at", nothing=_("No report waits.")),
        Queue("appealed", _("appealed"), _appealed, "appealed_at", nothing=_("No appeal waits.")),
        Queue("new", _("new"), _new, "decided_at", oldest_first=False, nothing=_("All that was let through was read.")),
        Queue("approved", State.APPROVED.label, _approved, "decided_at", False, False, _("None.")),
        Queue("rejected", State.REJECTED.label, _rejected, "decided_at", False, False, _("None.")),
    )
}


def asked(name: str | None) -> Queue:
    """The queue of that name; the held comments where it is none."""
    return QUEUES.get(name or "", QUEUES["held"])
