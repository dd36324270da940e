"""What a reader who signed in may do to his own comments: change one for a quarter of an hour, and erase one for ever."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.edge import keys
from dateline.edge.purging import purge

from .. import actions, checks
from ..checks import rates
from ..models import Comment, Fingerprint, FormerWords, Reader
from ..moderation import gone
from ..refusals import NotEditable, TooOften
from ..threads import before, formatting

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
    under other words), too many changes at once (TooOften), and what a check refuses. What the editors picked, they
    picked for its words: it is no pick any more. Comment.DoesNotExist where it is not his, or erased.
    """
    comment = of(reader).select_for_update().get(pk=comment_id)
    if text == comment.text:
        return comment
    _check_editable(comment)
    now, was = timezone.now(), comment.state
    _check_rate(reader, now)
    attempt = _attempt(comment, text, now)
    concerns = checks.judge(attempt).concerns
    FormerWords.objects.create(comment=comment, text=comment.text, until=now)
    comment.text, comment.html, comment.sketch, comment.score = (
        text,
        formatting.html(text),
        attempt.sketch,
        attempt.score,
    )
    comment.edited_at, comment.concerns = now, [Comment.Concern.EDITED.value, *concerns]
    comment.state, comment.decided_at, comment.decided_by = State.HELD, None, None
    comment.decided_times += 1  # whoever has the former words before him decides on other words
    comment.withdrawn = []
    comment.picked_at = comment.picked_by = None
    comment.save()
    Fingerprint.objects.filter(comment=comment).delete()
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
    gone.deleted(rows)
    FormerWords.objects.filter(comment__in=rows.values("pk")).delete()
    rows.filter(state=State.HELD).update(state=State.REJECTED, reason=Comment.Reason.DELETED, decided_at=now)
    _rename(rows.filter(deleted_at=None))
    Fingerprint.objects.filter(comment__in=rows.values("pk")).delete()
    rows.filter(deleted_at=None).update(
        text="", html="", name="", sketch=b"", withdrawn=[], deleted_at=now,
        picked_at=None, picked_by=None,
    )  # fmt: skip


def rename_erased() -> None:
    """Give those their names that an earlier release erased: it named them by their numbers, which other places have too."""
    _rename(Comment.objects.filter(submission__startswith="deleted ", deleted_at__isnull=False))


def _rename(rows: QuerySet[Comment]) -> None:
    """By names that nobody can guess, and that no other newsroom has: `moving` knows each by it."""
    erased = list(rows.only("pk"))
    for row in erased:
        row.submission = secrets.token_hex(16)
    Comment.objects.bulk_update(erased, ["submission"], batch_size=500)


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


def _check_rate(reader: Reader, now: datetime) -> None:
    """Each change is read by a moderator. What is older than may be changed is not looked at."""
    young = Comment.objects.filter(reader=reader, created_at__gt=now - EDITABLE - rates.OFTEN_WITHIN)
    changes = FormerWords.objects.filter(comment__in=young, until__gt=now - rates.OFTEN_WITHIN)
    if len(changes.values_list("pk")[: rates.OFTEN]) == rates.OFTEN:
        raise TooOften(_("You changed your comments many times just now. Wait ten minutes, then change this one."))


def _attempt(comment: Comment, text: str, now: datetime) -> checks.Attempt:
    """The other words as something that is sent now; what this comment said before counts for nothing."""
    return before.attempt(
        comment.story_id, comment.reader,
        name=comment.name, text=text, at=now, address="", limited=True, but=comment.pk,
    )  # fmt: skip
