"""What is refused to readers and moderators. Each refusal says what to do instead.

Refused
├── ThreadClosed      a comment where the desk takes none, or under a killed story; the approval of one there
├── ParentNotShown    a reply to what readers do not see, or the approval of one
├── TooOften          one comment more than an address or a reader may send in that time
├── TooLong           more characters than a comment may have
├── WordRefused       a word that the desk has banned
├── AlreadyDecided    a decision on what another moderator decided meanwhile
└── ReasonMissing     a rejection without its reason
"""


class Refused(Exception):
    """Nothing was done. The message is for the person who asked, and names the cure."""

    status = 422  # what a reader's form is answered with


class ThreadClosed(Refused):
    status = 403


class ParentNotShown(Refused):
    pass


class TooOften(Refused):
    status = 429


class TooLong(Refused):
    pass


class WordRefused(Refused):
    pass


class AlreadyDecided(Refused):
    pass


class ReasonMissing(Refused):
    pass
