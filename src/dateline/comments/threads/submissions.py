"""How one comment that is sent twice is known to be one.

A reader presses Send, the connection breaks, and he sends the form again: that must add nothing. No token in the
form can tell, since a cache gives the same page, and so the same token, to many readers, and a cookie would make it
uncacheable. (A random token would also change the page's ETag each time it is made.) So a submission is named by
what was sent and by whom: the story, the parent, the name and the words, and the keyed hash of the address. Two
readers of the same cached page differ in at least one of these; where they differ in none (the same words under the
same name from behind the same address), a second copy would say nothing new, and none is added.

A program, or a page's script, may name its submission itself with the field `form`, 16 characters or more that it will
not use again. That name then stands in for the address: a phone that went from one network to another may retry.
"""

from .addresses import secret

SHORTEST = 16


def name(*, story_id: int, parent_id: int | None, name: str, text: str, address: str, form: str = "") -> str:
    """The name of a submission: the same for its retry, and for nothing else."""
    who = ("form", form) if len(form) >= SHORTEST else ("address", address)
    return secret("submission", str(story_id), str(parent_id or ""), name, text, *who)
