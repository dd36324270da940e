"""The verbs: the only ways in which a comment comes in, and is decided on.

What a verb returned survives a crash. A refusal (`refusals.py`) leaves everything as it was.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.edge import keys
from dateline.edge.purging import purge
from dateline.stories.models import Current

from . import addresses, checks, following, submissions
from .models import Comment, Decision, Reader
from .refusals import AlreadyDecided, ParentNotShown, ReasonMissing, ThreadClosed

State = Comment.State


def accept(
    current: Current,
    *,
    name: str,
    text: str,
    address: str,
    language: str,
    version: int | None = None,
    parent_id: int | None = None,
    form: str = "",
) -> Comment:
    """Take in a comment on the story that is out as `current`, and hold it for a moderator.

    The same submission again (`submissions.py`) adds nothing and returns the comment that it made. Refuses what is
    written under a killed story (ThreadClosed), a reply to what readers do not see (ParentNotShown), and what comes
    too often (TooOften; see `checks.py`). `version` is
    the one its writer read; one that was never out is taken for the newest. Name and text have been cleaned
    (`forms.py`).
    """
    parent = _answered(current, parent_id) if parent_id else None
    now = timezone.now()
    keyed = addresses.keyed(address, now)
    submission = submissions.name(
        story_id=current.pk, parent_id=parent_id, name=name, text=text, address=keyed, form=form
    )
    taken_in = Comment.objects.filter(submission=submission)
    comment = taken_in.first()
    if comment:
        return comment
    comment = Comment(
        story_id=current.pk,
        version=version if version and 1 <= version <= current.version else current.version,
        parent=parent,
        thread_id=(parent.thread_id or parent.pk) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        name=name,
        text=text,
        language=language,
        address=keyed,
        submission=submission,
        created_at=now,
    )
    before = list(Comment.objects.filter(address=keyed).order_by("-created_at")[: checks.OFTEN]) if keyed else []
    try:
        with transaction.atomic():
            comment.reader = Reader.objects.get_or_create(address=keyed, name=name)[0]
            comment.concerns = checks.judge(
                checks.Attempt(current, comment.reader, name, text, now, addresses.is_public(address), before)
            )
            comment.save(force_insert=True)
    except IntegrityError:
        return taken_in.get()  # the same, sent at the same moment
    return comment


@transaction.atomic
def decide(comment_id: int, state: str, *, by: Any, was: str, reason: str = "") -> Comment:
    """Approve or reject the comment that `by` saw in the state `was`, and write down who did, when and why.

    Of two moderators who decide at once the second is refused (AlreadyDecided, naming the first). Refuses a rejection
    without a reason (ReasonMissing), and the approval of what answers a killed story (ThreadClosed).
    """
    if state == State.REJECTED and reason not in Comment.Reason.values:
        raise ReasonMissing(_("A rejection needs a reason: its writer is told. Choose one."))
    following.take_turn()
    decided = Comment.objects.filter(pk=comment_id, state=was).update(
        state=state, reason=reason if state == State.REJECTED else "", decided_at=timezone.now(), decided_by=by
    )
    comment = Comment.objects.select_related("decided_by").get(pk=comment_id)
    if not decided:
        raise AlreadyDecided(
            _("%(who)s decided on this comment before you: it is %(state)s.")
            % {"who": comment.decided_by, "state": comment.get_state_display()}
        )
    if state == State.APPROVED:
        _check_that_it_can_be_shown(comment)
        following.look_at([comment])
    Decision.objects.create(comment=comment, was=was, state=state, reason=comment.reason, by=by)
    purge([keys.thread(comment.story_id)])
    _place(comment, was)
    _count(comment.reader_id, {state: 1, was: -1})
    return comment


def _answered(current: Current, parent_id: int) -> Comment:
    parent = Comment.objects.filter(pk=parent_id, story_id=current.pk, state=State.APPROVED).first()
    if parent is None:
        raise ParentNotShown(_("The comment that you answer is not shown any more. Send yours as one of its own."))
    return parent


def _check_that_it_can_be_shown(comment: Comment) -> None:
    if Current.objects.filter(pk=comment.story_id, killed=True).exists():
        raise ThreadClosed(_("The story was withdrawn, and its comments with it. Reject this one, or leave it."))
    above = {number for number in (comment.parent_id, comment.thread_id) if number}
    if above and len(Comment.objects.filter(pk__in=above, state=State.APPROVED).values_list("pk")) < len(above):
        raise ParentNotShown(_("What it answers is not shown any more. Reject it, or approve that first."))


def _place(reply: Comment, was: str) -> None:
    """Give a reply its place in the thread when it is first approved, and keep the thread's numbers."""
    if reply.thread_id is None or State.APPROVED not in (reply.state, was):
        return
    thread = Comment.objects.filter(pk=reply.thread_id)
    if reply.state != State.APPROVED:
        thread.update(replies=F("replies") - 1)
    elif reply.place:
        thread.update(replies=F("replies") + 1)
    else:
        thread.update(replies=F("replies") + 1, places=F("places") + 1)
        reply.place = thread.values_list("places", flat=True)[0]
        reply.save(update_fields=["place"])


def _count(reader_id: int, steps: dict[str, int]) -> None:
    changes = {counted: F(counted) + step for counted, step in steps.items() if counted != State.HELD}
    Reader.objects.filter(pk=reader_id).update(**changes)
