"""What the newsroom itself does in a thread: it picks letters, and writes some of its own."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.edge import keys
from dateline.edge.purging import purge
from dateline.stories.models import Current

from .. import actions
from ..models import Comment, Reader
from ..moderation import log as moderation_log
from ..refusals import NotShown, ParentNotShown, ThreadClosed
from . import formatting, showing, submissions

State = Comment.State


@transaction.atomic
def pick(comment_id: int, *, by: Any, was: str = "") -> Comment:
    """Set a comment at the head of its thread; one that `by` saw held is approved first. The second time changes nothing.

    Refuses what is not approved (NotShown), and what `actions.decide` refuses.
    """
    if was == State.HELD:
        actions.decide(comment_id, State.APPROVED, by=by, was=was)
    rows = Comment.objects.filter(pk=comment_id, state=State.APPROVED)
    rows.filter(picked_at=None).update(picked_at=timezone.now(), picked_by=by)
    picked = rows.first()
    if picked:
        purge([keys.thread(picked.story_id)])
    if picked is None:
        raise NotShown(_("This comment is not shown, so it cannot be picked. Approve it first."))
    return picked


@transaction.atomic
def unpick(comment_id: int) -> Comment:
    """Take a comment from the head of its thread. It stays where it was written."""
    Comment.objects.filter(pk=comment_id).update(picked_at=None, picked_by=None)
    comment = Comment.objects.get(pk=comment_id)
    purge([keys.thread(comment.story_id)])
    return comment


def write(current: Current, *, by: Any, text: str, parent_id: int | None = None, form: str = "") -> Comment:
    """Publish a comment of the newsroom under the story that is out as `current`, with the name of `by` and the badge.

    The same again adds nothing, as for readers. Refuses a killed story (ThreadClosed) and a reply to what is not shown
    (ParentNotShown). `text` has been cleaned (`forms.py`).
    """
    if current.killed:
        raise ThreadClosed(_("The story was withdrawn, and its comments with it."))
    parent = showing.comment(current, parent_id)
    if parent_id and parent is None:
        raise ParentNotShown(_("What you answer is not shown any more. Send yours as one of its own."))
    name, who = by.get_full_name() or by.get_username(), f"staff-{by.pk}"
    submission = submissions.name(
        story_id=current.pk, parent_id=parent_id, name=name, text=text, address=who, form=form
    )
    try:
        with transaction.atomic():
            made = Comment.objects.create(
                story_id=current.pk,
                version=current.version,
                parent=parent,
                thread_id=(parent.thread_id or parent.pk) if parent else None,
                depth=parent.depth + 1 if parent else 0,
                reader=Reader.objects.get_or_create(address=who, name=name[:80])[0],
                name=name[:80],
                staff=by,
                text=text,
                html=formatting.html(text),
                language=current.edition,
                submission=submission,
                created_at=timezone.now(),
            )
            moderation_log.came(made)
            return actions.decide(made.pk, State.APPROVED, by=by, was=State.HELD)
    except IntegrityError:
        return Comment.objects.get(submission=submission)  # sent twice
