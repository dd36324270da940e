"""Readers say which comments are valuable: each of them once, and whoever did can take it back.

There is no vote against one: what breaks the rules is reported, and what one disagrees with is answered. Who voted is
kept as a keyed hash of its own, so that no vote can be laid beside what somebody wrote: of the reader who is signed in, of
a guest's address.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.edge import keys
from dateline.edge.purging import purge

from ..models import Comment, Reader, Vote
from ..refusals import OwnComment, TooOften
from . import addresses

OFTEN = 60  # votes from one address
OFTEN_WITHIN = timedelta(minutes=10)


def voter(address: str, reader: Reader | None = None) -> str:
    """Whose vote it is: the signed-in reader's, wherever he is; else the address of this month (addresses.py)."""
    if reader:
        return addresses.secret("vote of a reader", str(reader.pk))
    return addresses.secret("vote", addresses.keyed(address, timezone.now()))


def stands(comment: Comment, *, address: str, reader: Reader | None = None) -> bool:
    """Whether the vote of `reader`, or of a guest at `address`, stands."""
    return Vote.objects.filter(comment=comment, voter=voter(address, reader)).exists()


@transaction.atomic
def value(comment: Comment, *, address: str, reader: Reader | None = None) -> None:
    """Count that `reader`, or a guest at `address`, calls the comment valuable. The second time changes nothing.

    Refuses the writer's own (OwnComment), and more votes than anybody reads comments for (TooOften).
    """
    if reader and comment.reader_id == reader.pk:
        raise OwnComment(_("This comment is your own: others may call it valuable."))
    if not reader and comment.address and comment.address == addresses.keyed(address, comment.created_at):
        raise OwnComment(_("This comment came from your own address: others may call it valuable."))
    who = voter(address, reader)
    if (reader or addresses.is_public(address)) and _voted_too_often(who):
        raise TooOften(_("Many votes came from your address in the last minutes. Wait ten minutes, then go on."))
    _vote, new = Vote.objects.get_or_create(comment=comment, voter=who, defaults={"at": timezone.now()})
    if new:
        _count(comment, 1)


@transaction.atomic
def take_back(comment: Comment, *, address: str, reader: Reader | None = None) -> None:
    """Take back the vote of `reader`, or of a guest at `address`; nothing where there is none."""
    taken, _rows = Vote.objects.filter(comment=comment, voter=voter(address, reader)).delete()
    if taken:
        _count(comment, -1)


def _count(comment: Comment, step: int) -> None:
    Comment.objects.filter(pk=comment.pk).update(valued=F("valued") + step)
    purge([keys.thread(comment.story_id)])


def _voted_too_often(who: str) -> bool:
    recent = Vote.objects.filter(voter=who, at__gt=timezone.now() - OFTEN_WITHIN).order_by("-at")
    return len(recent.values_list("at")[:OFTEN]) == OFTEN
