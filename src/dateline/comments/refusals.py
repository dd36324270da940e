"""What is refused to readers and moderators. Each refusal says what to do instead.

Refused
├── ThreadClosed      a comment where the desk takes none, or under a killed story; the approval of one there
├── ParentNotShown    a reply to what readers do not see, or the approval of one
├── Banned            a comment by a reader who may not write for a time
├── NotShown          a pick of what readers do not see
├── NotFromHere       what a browser says that another site sent
├── OwnComment        a vote for what one wrote oneself
├── TooOften          one comment, vote or report more than an address or a reader may send in that time
├── TooLong           more characters than a comment may have
├── WordRefused       a word that the desk has banned
├── NameTaken         a guest's comment under the name of a signed-in reader of that thread
├── NotEditable       other words for a comment that is too old, was rejected, or was answered
├── AlreadyDecided    a decision on what another moderator decided meanwhile
├── LeasedToAnother   a decision on what lies before another moderator
├── DecidedByOneself  the answer to an appeal, by the moderator whom it is against
├── NothingToUndo     taking back what was not decided, long ago, or decided again since
├── NotCorrected      the announcement of what is no correction
├── ReasonMissing     a rejection without its reason
└── NoAppeal          an appeal against what one cannot appeal against, or too late
"""


class Refused(Exception):
    """Nothing was done. The message is for the person who asked, and names the cure."""

    status = 422  # what a reader's form is answered with
    field = "comment"  # of that form, where it is said


class ThreadClosed(Refused):
    status = 403


class ParentNotShown(Refused):
    pass


class NotShown(Refused):
    pass


class NotFromHere(Refused):
    pass


class OwnComment(Refused):
    pass


class TooOften(Refused):
    status = 429


class TooLong(Refused):
    pass


class WordRefused(Refused):
    pass


class Banned(Refused):
    status = 403


class NameTaken(Refused):
    field = "name"


class NotEditable(Refused):
    pass


class AlreadyDecided(Refused):
    pass


class LeasedToAnother(Refused):
    pass


class DecidedByOneself(Refused):
    pass


class NothingToUndo(Refused):
    pass


class ReasonMissing(Refused):
    pass


class NoAppeal(Refused):
    pass


class NotCorrected(Refused):
    pass
