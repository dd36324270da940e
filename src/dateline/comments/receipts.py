"""Where a reader is sent after he sent a comment: an address that tells, to him alone, what became of it.

It is signed, so nobody can count through the comments that are held. No cookie, and nothing to log in to.
"""

from urllib.parse import quote

from django.core.signing import BadSignature, Signer

from . import thread
from .models import Comment

_SIGNER = Signer(salt="dateline.comments.receipt")


def address(comment: Comment, edition: str) -> str:
    return f"{thread.address(comment.story_id, edition)}?thanks={quote(_SIGNER.sign(str(comment.pk)))}#thanks"


def read(receipt: str | None, news_id: int) -> Comment | None:
    """The comment that a receipt is for, None where it is not ours or for another story."""
    try:
        number = int(_SIGNER.unsign(receipt or ""))
    except (BadSignature, ValueError):
        return None
    return Comment.objects.filter(pk=number, story_id=news_id).first()
