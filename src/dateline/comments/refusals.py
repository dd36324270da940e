"""What is refused to readers and moderators. Each refusal says what to do instead.

Refused
├── ThreadClosed      a comment under a killed story, or the approval of one
├── ParentNotShown    a reply to what readers do not see, or the approval of one
├── TooOften          one comment more than an address may send in that time
├── NotEditable       other words for a comment that is too old, was rejected, or was answered
├── AlreadyDecided    a decision on what another moderator decided meanwhile
└── ReasonMissing     a rejection without its reason
"""


class Refused(Exception):
    """Nothing was done. The message is for the person who asked, and names the cure."""


class ThreadClosed(Refused):
    pass


class ParentNotShown(Refused):
    pass


class TooOften(Refused):
    pass


class NotEditable(Refused):
    pass


class AlreadyDecided(Refused):
    pass


class ReasonMissing(Refused):
    pass
