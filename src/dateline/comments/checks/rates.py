"""Too many at once."""

from datetime import timedelta

from django.utils.translation import gettext as _

from ..models import Comment
from ..refusals import TooOften
from .verdicts import Attempt, Hold, Refuse, Verdict

OFTEN = 10  # comments from one address, or by one reader
OFTEN_WITHIN = timedelta(minutes=10)
BUSY = 60  # comments in one thread
BUSY_WITHIN = timedelta(minutes=1)


def too_often(attempt: Attempt) -> Verdict:
    """Ten comments in ten minutes from one address."""
    if not attempt.limited or not attempt.from_address.are(OFTEN, OFTEN_WITHIN, attempt.at):
        return None
    return Refuse(TooOften(_("Many comments came from your address just now. Wait ten minutes, then send it again.")))


def too_often_a_reader(attempt: Attempt) -> Verdict:
    """Ten comments in ten minutes by one reader, wherever from. A guest is no more than his address."""
    if not attempt.by_reader.are(OFTEN, OFTEN_WITHIN, attempt.at):
        return None
    return Refuse(TooOften(_("You sent many comments just now. Wait ten minutes, then send it again.")))


def busy_thread(attempt: Attempt) -> Verdict:
    """Sixty comments in a minute under one story: people who were sent here, or a program."""
    return Hold(Comment.Concern.BUSY) if attempt.lately.are(BUSY, BUSY_WITHIN, attempt.at) else None
