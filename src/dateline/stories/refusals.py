"""What the verbs refuse. Each refusal says what to do instead.

Refused
├── HeadlineMissing     a story without a headline that can be read
├── NoteMissing         a correction or a kill without its note
├── NeverPublished      a correction, an update or a kill of what is not out
├── AlreadyPublished    a second first publication
├── AlreadyKilled       anything after a kill
├── NothingChanged      a correction that changes no word
├── UnderEmbargo        a publication before its time
├── NewsIdTaken         a News ID that another story has
└── NotUnpublished      Wagtail's unpublish: we kill
"""


class Refused(Exception):
    """The verb did nothing. The message is for the person who asked, and names the cure."""


class HeadlineMissing(Refused):
    pass


class NoteMissing(Refused):
    pass


class NeverPublished(Refused):
    pass


class AlreadyPublished(Refused):
    pass


class AlreadyKilled(Refused):
    pass


class NothingChanged(Refused):
    pass


class UnderEmbargo(Refused):
    pass


class NewsIdTaken(Refused):
    pass


class NotUnpublished(Refused):
    pass
