"""What the desk decided beforehand: about the thread, and about those who were never read."""

from django.utils.translation import gettext as _

from ..models import Comment
from ..moderation.modes import Mode
from ..refusals import ThreadClosed
from .verdicts import Attempt, Hold, Note, Refuse, Verdict


def closed_thread(attempt: Attempt) -> Verdict:
    """The story was killed, or the desk closed its thread."""
    if attempt.current.killed:
        return Refuse(ThreadClosed(_("The story was withdrawn. Nobody can comment on it any more.")))
    if attempt.standing.closed:
        return Refuse(ThreadClosed(_("The comments on this story are closed. What you wrote was not sent.")))
    return None


def banned(attempt: Attempt) -> Verdict:
    """A moderator banned the reader, or whoever writes from his address, and the time is not over."""
    if not attempt.may_be_banned:
        return None
    from ..moderation import bans  # which reads what the verbs decided, and they read this list

    refusal = bans.refusal(attempt.reader, attempt.reader.address, attempt.at)
    return Refuse(refusal) if refusal else None


def first_time(attempt: Attempt) -> Verdict:
    """Nothing that this guest wrote was ever approved."""
    if attempt.reader.approved:
        return None
    verdict = Note if attempt.standing.mode == Mode.OPEN else Hold
    return verdict(Comment.Concern.FIRST)


def hold_all(attempt: Attempt) -> Verdict:
    """A moderator reads each comment here before it is shown."""
    return Hold() if attempt.standing.mode == Mode.ALL else None
