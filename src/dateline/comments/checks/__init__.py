"""What is looked at when a comment comes in: one list, whose order is the policy.

Each check is a function that answers with its verdict and its reason: a `Refuse` ends it, and its writer is told; a
`Hold` keeps it for a moderator, and says what to look at; a `Note` says so and does not keep it; None means that it
found nothing. What no check holds is shown at once.
"""

from .likeness import looks_rejected
from .looks import many_links, piled_marks, too_long, turned_around
from .names import anothers_name
from .rates import busy_thread, too_often, too_often_a_reader
from .repeats import said_before, said_here
from .standing import banned, closed_thread, first_time, hold_all
from .verdicts import Attempt, Check, Hold, Judgement, Note, Refuse, Said, Verdict
from .words import banned_words, suspect_words

__all__ = ["CHECKS", "Attempt", "Hold", "Judgement", "Note", "Refuse", "Said", "Verdict", "judge"]

CHECKS: list[Check] = [
    # What is not taken in at all.
    closed_thread,
    banned,
    too_often,
    too_often_a_reader,
    too_long,
    anothers_name,
    banned_words,
    # What a moderator should know. The words first, then who wrote them.
    said_before,
    said_here,
    suspect_words,
    many_links,
    turned_around,
    piled_marks,
    looks_rejected,
    busy_thread,
    first_time,
    # What the desk decided beforehand.
    hold_all,
]


def judge(attempt: Attempt) -> Judgement:
    """What the moderator should look at, in the order of the checks, and whether to wait for him.

    Raises what the first that refuses says.
    """
    concerns, held = [], False
    for check in CHECKS:
        match check(attempt):
            case Refuse(refusal):
                raise refusal
            case Hold(concern):
                held = True
                concerns += [concern.value] if concern else []
            case Note(concern):
                concerns.append(concern.value)
    return Judgement(concerns, held)
