"""Too many at once."""

from datetime import timedelta

from django.utils.translation import gettext as _

from ..refusals import TooOften
from .verdicts import Attempt, Refuse, Verdict

OFTEN = 10  # comments from one address
OFTEN_WITHIN = timedelta(minutes=10)


def too_often(attempt: Attempt) -> Verdict:
    """Ten comments in ten minutes from one address."""
    recent = [comment for comment in attempt.before if attempt.at - comment.created_at < OFTEN_WITHIN]
    if not attempt.limited or len(recent) < OFTEN:
        return None
    return Refuse(TooOften(_("Many comments came from your address just now. Wait ten minutes, then send it again.")))
