"""What a reader who signed in may do to his own comments: change one for a quarter of an hour, and erase one for ever."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.edge import keys
from dateline.edge.purging import purge
from dateline.stories.models import Current

from . import actions, checks
from .models import Comment, FormerWords, Reader
from .refusals import NotEditable

EDITABLE = timedelta(minutes=15)
State = Comment.State


def of(reader: Reader) -> QuerySet[Comment]:
    """His comments, those that he erased left out."""
    return Comment.objects.filter(reader=reader, deleted_at=None)


def is_editable(comment: Comment, now: datetime | None = None) -> bool:
    """Whether it is young enough, and was not rejected. It may have been answered since: `edit` looks."""
    return (now or timezone.now()) - comment.created_at < EDITABLE and comment.state != State.REJECTED


@transaction.atomic
def edit(comment_id: int, *, reader: Reader, text: str) -> Comment:
    """Give `reader`'s comment other words, and put it through the checks again.

    It is held, even where it was approved: nobody is shown words that no moderator has read. Those it had are kept
    for the moderator. Refuses what is too old, was rejected, or was answered (NotEditable: the answer would stand
    under other words), and what a check refuses. Comment.DoesNotExist where it is not his, or erased.
    """
    comment = of(reader).select_for_update().get(pk=comment_id)
    if text == comment.text:
        return comment
    _check_editable(comment)
    now, was = timezone.now(), comment.state
    concerns = _judge(comment, text, now)
    FormerWords.objects.create(comment=comment, text=comment.text, until=now)
    comment.text, comment.edited_at, comment.concerns = text, now, [Comment.Concern.EDITED.value, *concerns]
    comment.state, comment.decided_at, comment.decided_by = State.HELD, None, None
    comment.save()
    actions.moved(comment, was)
    return comment


@transaction.atomic
def delete(comment_id: int, *, reader: Reader) -> None:
    """Erase `reader`'s comment. Comment.DoesNotExist where it is not his, or erased already."""
    comment = of(reader).select_for_update().get(pk=comment_id)
    erase(Comment.objects.filter(pk=comment.pk))


def erase(rows: QuerySet[Comment]) -> None:
    """Erase the words of `rows`, for ever. What is shown keeps its place; what is held no longer waits for anybody.

    To be called in a transaction. Its submission's name (an HMAC of its words) goes too: the same may be sent again.
    """
    now = timezone.now()
    show_anew(rows)
    FormerWords.objects.filter(comment__in=rows.values("pk")).delete()
    rows.filter(state=State.HELD).update(state=State.REJECTED, reason=Comment.Reason.DELETED, decided_at=now)
    gone = Concat(Value("deleted "), Cast(F("pk"), CharField()))
    rows.filter(deleted_at=None).update(text="", name="", deleted_at=now, submission=gone)


def show_anew(rows: QuerySet[Comment]) -> None:
    """Have the pages made anew that show `rows`, once the transaction is committed."""
    stories = rows.filter(state=State.APPROVED).values_list("story_id", flat=True).distinct()
    if threads := [keys.thread(story) for story in stories]:
        purge(threads)


def _check_editable(comment: Comment) -> None:
    if not is_editable(comment):
        raise NotEditable(
            _("A comment can be changed for 15 minutes, unless it was rejected. You can still delete it.")
        )
    if Comment.objects.filter(parent=comment, state=State.APPROVED).exists():
        raise NotEditable(
            _("Somebody has answered your comment: its words stay. You can answer, too, or delete yours.")
        )


def _judge(comment: Comment, text: str, now: datetime) -> list[str]:
    current = Current.objects.get(pk=comment.story_id)
    before = Comment.objects.filter(reader=comment.reader).exclude(pk=comment.pk).order_by("-created_at")
    said = list(before[: checks.OFTEN])
    return checks.judge(checks.Attempt(current, comment.reader, comment.name, text, now, True, said))
