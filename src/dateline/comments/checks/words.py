"""Words that the desk listed."""

from django.utils.translation import gettext as _

from ..models import Comment
from ..refusals import WordRefused
from . import word_lists
from .verdicts import Attempt, Hold, Refuse, Verdict


def banned_words(attempt: Attempt) -> Verdict:
    """A word that this newsroom does not print, however it is spelled."""
    found = word_lists.find(word_lists.Kind.BANNED, attempt.current.edition, attempt.readings)
    if not found:
        return None
    return Refuse(
        WordRefused(_("It has words that are not shown here: “%(word)s”. Say it otherwise.") % {"word": found})
    )


def suspect_words(attempt: Attempt) -> Verdict:
    """A word that a moderator looks at first."""
    found = word_lists.find(word_lists.Kind.SUSPECT, attempt.current.edition, attempt.readings)
    return Hold(Comment.Concern.WORDS) if found else None
