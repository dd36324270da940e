"""The verbs: the only ways in which a comment comes in, and is decided on.

What a verb returned survives a crash. A refusal (`refusals.py`) leaves everything as it was.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from dateline.edge import keys
from dateline.edge.purging import purge
from dateline.stories.models import Current
from dateline.stories.prepared import insert, new

from . import checks
from .mail import replies as replies_mail
from .mail import telling
from .models import Comment, Decision, Reader
from .moderation import answers, leases, statements
from .moderation import log as moderation_log
from .record import following
from .refusals import (
    AlreadyDecided,
    DecidedByOneself,
    NothingToUndo,
    ParentNotShown,
    ReasonMissing,
    Refused,
    ThreadClosed,
)
from .threads import addresses, before, formatting, submissions, together

State = Comment.State


def accept(
    news_id: int,
    *,
    name: str,
    text: str,
    address: str,
    version: int | None = None,
    parent_id: int | None = None,
    form: str = "",
    reader: Reader | None = None,
) -> Comment:
    """Take in a comment on a story that was published: hold it for a moderator, or show it at once.

    The mode (`moderation/modes.py`) and the checks (`checks/`) say which. The same submission again
    (`threads/submissions.py`) adds nothing and returns the comment that it made. Refuses a reply to what readers do not
    see (ParentNotShown), and what a check refuses: a closed thread (ThreadClosed), too many at once (TooOften).
    Current.DoesNotExist where no such story was published. `version` is the one its writer read; one that was never out
    is taken for the newest. Name and text have been cleaned (`threads/forms.py`). `reader` is who is signed in: his own
    name stands under it, where he has one.
    """
    name = (reader and reader.name) or name
    parent = _answered(news_id, parent_id) if parent_id else None
    now = timezone.now()
    keyed = addresses.keyed(address, now)
    submission = submissions.name(
        story_id=news_id,
        parent_id=parent_id,
        name=name,
        text=text,
        form=form,
        address=f"reader {reader.pk}" if reader else keyed,
    )
    ask = partial(
        before.attempt, news_id, reader,
        name=name, text=text, at=now, address=keyed, limited=addresses.is_public(address),
    )  # fmt: skip
    attempt = ask()
    try:
        judgement = checks.judge(attempt)
    except Refused:
        if taken_in := _taken_in(submission):  # a retry, of what was not refused the first time
            return taken_in
        raise
    comment = _draft(attempt, keyed, parent, version)
    comment.concerns, comment.submission = judgement.concerns, submission
    try:
        _arrivals.write(_Arrival(comment, attempt.reader, judgement.held))
    except IntegrityError:  # a retry; or the same guest's first was sent at the same moment
        if taken_in := _taken_in(submission):
            return taken_in
        _arrivals.write(_Arrival(comment, ask().reader, judgement.held))
    return comment


def _draft(attempt: checks.Attempt, keyed: str, parent: Comment | None, version: int | None) -> Comment:
    """What came in, as it is written down; not saved yet."""
    current = attempt.current
    comment = new(
        Comment,
        story_id=current.pk,
        version=version if version and 1 <= version <= current.version else current.version,
        thread_id=(parent.thread_id or parent.pk) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        name=attempt.name,
        text=attempt.text,
        html=formatting.html(attempt.text),
        language=current.edition,
        signed_in=attempt.reader.confirmed_at is not None,
        score=attempt.score,
        sketch=attempt.sketch,
        address=keyed,
        created_at=attempt.at,
    )
    if parent:
        comment.parent = parent
    return comment


def _taken_in(submission: str) -> Comment | None:
    return Comment.objects.filter(submission=submission).first()


@dataclass
class _Arrival:
    """A comment that was judged, and who wrote it: a guest who was never here before is written down with it."""

    comment: Comment
    reader: Reader
    held: bool

    def __post_init__(self) -> None:
        self.reader_is_new = self.reader.pk is None


def _write_down(arrivals: Sequence[_Arrival]) -> None:
    """Write down what came in; what no check holds is approved with it, by nobody.

    In the order in which everybody else takes the same rows, so that no two wait for each other in a circle.
    """
    for arrival in arrivals:
        arrival.comment.pk = None  # of an attempt that failed
        if arrival.reader_is_new:
            arrival.reader.pk = None
    shown = [arrival.comment for arrival in arrivals if not arrival.held]
    if shown:
        following.take_turn()
    readers = [arrival.reader for arrival in arrivals if arrival.reader_is_new]
    insert(*sorted(readers, key=lambda reader: (reader.address, reader.name)))
    for arrival in arrivals:
        arrival.comment.reader = arrival.reader
    for comment in sorted(shown, key=lambda comment: comment.thread_id or 0):
        comment.state, comment.decided_at = State.APPROVED, comment.created_at
        comment.place = _next_place(comment.thread_id)
    comments = sorted((arrival.comment for arrival in arrivals), key=lambda comment: str(comment.submission))
    insert(*comments)
    moderation_log.came(*comments)
    if shown:
        _show(shown)


def _show(comments: Sequence[Comment]) -> None:
    """What follows when comments are shown as soon as they came in."""
    insert(*(new(Decision, comment_id=each.pk, was=State.HELD, state=State.APPROVED) for each in comments))
    following.look_at(comments)
    purge(keys.thread(news_id) for news_id in sorted({comment.story_id for comment in comments}))
    for reader_id, number in sorted(Counter(comment.reader_id for comment in comments).items()):
        _count(reader_id, {State.APPROVED: number})
    for comment in comments:
        if comment.parent_id:
            replies_mail.tell(comment)


_arrivals = together.Together(_write_down)


@transaction.atomic
def decide(
    comment_id: int,
    state: str,
    *,
    by: Any,
    was: str,
    reason: str = "",
    words: str = "",
    seen: int | None = None,
) -> Comment:
    """Approve or reject the comment that `by` saw in the state `was`, and write down who did, when and why.

    To decide again as it is answers the reports and the appeal on it, or says that a moderator has read what the
    checks let through. `words` stand in the statement of reasons (the facts; what the law is, where it is broken).
    `seen` is how often it had been decided on when `by` saw it.

    Of two moderators who decide at once the second is refused (AlreadyDecided, naming the first). Refuses what lies
    before another moderator (LeasedToAnother); an appeal against the decision of `by` (DecidedByOneself); a rejection
    without a reason, or by a law that is not named (ReasonMissing); and the approval of what answers a killed story
    (ThreadClosed) or what is not shown (ParentNotShown).
    """
    _check_reason(state, reason, words)
    following.take_turn()
    comment = _locked(comment_id)
    waits = bool(comment.reported_at or comment.appealed_at or comment.decided_by_id is None)
    if comment.state != was or seen not in (None, comment.decided_times) or (state == was and not waits):
        if comment.state == was and comment.edited_at and not comment.decided_at:
            raise AlreadyDecided(_("Its writer changed this comment while it lay before you. Read it again."))
        raise AlreadyDecided(
            _("%(who)s decided on this comment before you: it is %(state)s.")
            % {"who": comment.decided_by or _("The checks"), "state": comment.get_state_display()}
        )
    leases.check(comment, by=by)
    if comment.appealed_at and comment.decided_by == by:
        raise DecidedByOneself(_("The appeal is against your decision: another moderator answers it."))
    if state == State.APPROVED != was:
        _check_that_it_can_be_shown(comment)
        following.look_at([comment])
        telling.forget_rejection(comment)
    decision = Decision(
        comment=comment, was=was, state=state, reason=reason if state == State.REJECTED else "", by=by,
        was_reason=comment.reason, was_at=comment.decided_at, was_by=comment.decided_by,
    )  # fmt: skip
    decision.save()
    _turn(comment, decision, at=timezone.now() if state != was else comment.decided_at, by=by)
    statements.write(decision, words)
    if state == State.REJECTED != was:
        telling.rejected(decision)
    answers.give(decision)
    moderation_log.decided(comment, decision)
    leases.release(comment.pk, by=by)
    return comment


@transaction.atomic
def undo(*, by: Any) -> Comment:
    """Take back the last decision of `by`: the comment is what it was, and lies before him again.

    Within ten minutes, and only where nobody decided on it since (NothingToUndo). A ban that came with it is lifted;
    reports and appeals that it answered are open again; whom it was to be told to is told nothing.
    """
    following.take_turn()
    last = Decision.objects.filter(by=by, undoes=None, undone=None).order_by("-id").first()
    if last is None or timezone.now() - last.at > Decision.UNDO_WITHIN:
        raise NothingToUndo(_("You decided nothing in the last ten minutes that could be taken back."))
    comment = _locked(last.comment_id)
    if comment.deleted_at or comment.state != last.state:
        raise NothingToUndo(_("Its writer changed or deleted that comment after you. There is nothing to take back."))
    if Current.objects.filter(pk=comment.story_id, killed=True).exists():
        raise NothingToUndo(_("The story was withdrawn, and its comments with it."))
    if comment.decisions.order_by("-id").values_list("pk", flat=True)[0] != last.pk:
        raise NothingToUndo(_("Somebody decided on that comment after you. Look for it among those that were decided."))
    back = Decision(
        comment=comment, was=last.state, state=last.was, reason=last.was_reason, by=by, undoes=last,
        was_reason=comment.reason, was_at=comment.decided_at, was_by=comment.decided_by,
    )  # fmt: skip
    back.save()
    _turn(comment, back, at=last.was_at, by=last.was_by)
    if comment.state == State.APPROVED:
        following.look_at([comment])
    answers.take_back(last, comment)
    telling.take_back(last)
    moderation_log.undone(comment, last)
    leases.hold([comment.pk], by=by)
    return comment


def _check_reason(state: str, reason: str, words: str) -> None:
    if state != State.REJECTED:
        return
    if reason not in statements.REASONS:
        raise ReasonMissing(_("A rejection needs a reason: its writer is told. Choose one."))
    if reason == Comment.Reason.ILLEGAL and not words.strip():
        raise ReasonMissing(_("Name the law that it is against, and why: its writer is told. Then reject it."))


def _locked(comment_id: int) -> Comment:
    """The comment, which nobody else decides on until this transaction ends."""
    return Comment.objects.select_related("decided_by").select_for_update(of=("self",), no_key=True).get(pk=comment_id)


def _turn(comment: Comment, decision: Decision, *, at: Any, by: Any) -> None:
    """Make the comment what the decision says."""
    comment.state, comment.reason = decision.state, decision.reason
    comment.decided_at, comment.decided_by = at, by
    comment.reported_at = comment.appealed_at = None
    comment.keeps_place = comment.state != State.APPROVED and bool(comment.place or comment.places)
    comment.decided_times += 1
    comment.save(
        update_fields=[
            "state", "reason", "decided_at", "decided_by", "reported_at", "appealed_at", "decided_times",
            "keeps_place",
        ]
    )  # fmt: skip
    if decision.state != decision.was:
        purge([keys.thread(comment.story_id)])
        _place(comment, decision.was)
        _count(comment.reader_id, {decision.state: 1, decision.was: -1})


def moved(comment: Comment, was: str) -> None:
    """Keep the thread's, the reader's and the log's numbers when its writer took it from the state `was` to another."""
    purge([keys.thread(comment.story_id)])
    if comment.state != was:
        _place(comment, was)
        _count(comment.reader_id, {comment.state: 1, was: -1})
        moderation_log.moved(comment, was)


def _answered(news_id: int, parent_id: int) -> Comment:
    parent = Comment.objects.filter(pk=parent_id, story_id=news_id, state=State.APPROVED).first()
    if parent is None:
        raise ParentNotShown(_("The comment that you answer is not shown any more. Send yours as one of its own."))
    return parent


def _check_that_it_can_be_shown(comment: Comment) -> None:
    if comment.deleted_at:
        raise ParentNotShown(_("Its writer deleted it: there is nothing left to show."))
    if Current.objects.filter(pk=comment.story_id, killed=True).exists():
        raise ThreadClosed(_("The story was withdrawn, and its comments with it. Reject this one, or leave it."))
    if comment.parent_id and not Comment.objects.filter(pk=comment.parent_id, state=State.APPROVED).exists():
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
        reply.place = _next_place(reply.thread_id)
        reply.save(update_fields=["place"])
        replies_mail.tell(reply)


def _next_place(thread_id: int | None) -> int | None:
    """The place of a reply that is shown from now on, counted among its thread's; None for what answers a story."""
    if thread_id is None:
        return None
    thread = Comment.objects.filter(pk=thread_id)
    thread.update(replies=F("replies") + 1, places=F("places") + 1)
    return thread.values_list("places", flat=True)[0]


def _count(reader_id: int, steps: dict[str, int]) -> None:
    changes = {counted: F(counted) + step for counted, step in steps.items() if counted != State.HELD}
    Reader.objects.filter(pk=reader_id).update(**changes)
