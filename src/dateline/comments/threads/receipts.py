"""Where a reader is sent after he sent something: an address that tells, to him alone, what became of it.

It is signed, so nobody can count through the comments that are held, or read what others reported. No cookie, and
nothing to log in to.
"""

from urllib.parse import quote

from django.core.signing import BadSignature, Signer

from dateline.stories import languages

from ..models import Comment
from ..moderation.objections import Ban, Report
from . import thread

_COMMENT = Signer(salt="dateline.comments.receipt")
_REPORT = Signer(salt="dateline.comments.report")
_BAN = Signer(salt="dateline.comments.ban")


def address(comment: Comment, edition: str) -> str:
    return f"{thread.address(comment.story_id, edition)}?thanks={_sign(_COMMENT, comment.pk)}#thanks"


def read(receipt: str | None, news_id: int) -> Comment | None:
    """The comment that a receipt is for, None where it is not ours or for another story."""
    number = _unsign(_COMMENT, receipt)
    return Comment.objects.filter(pk=number, story_id=news_id).first() if number else None


def of_decision(comment: Comment, edition: str) -> str:
    """Where the writer of a comment reads why it is not shown, and appeals."""
    thread_address = thread.address(comment.story_id, edition)
    return f"{thread_address}{comment.pk}/decision/?receipt={_sign(_COMMENT, comment.pk)}"


def of_report(report: Report) -> str:
    """Where who reported reads the answer, and appeals."""
    thread_address = thread.address(report.comment.story_id, report.language)
    return f"{thread_address}{report.comment_id}/report/?receipt={_sign(_REPORT, report.pk)}"


def read_report(receipt: str | None, comment_id: int) -> Report | None:
    number = _unsign(_REPORT, receipt)
    rows = Report.objects.filter(comment=comment_id).select_related("comment", "answer")
    return rows.filter(pk=number).first() if number else None


def of_ban(ban: Ban, edition: str) -> str:
    """Where who was banned reads why and until when, and appeals."""
    return f"{languages.prefix(edition)}/comments/ban/?receipt={_sign(_BAN, ban.pk)}"


def read_ban(receipt: str | None) -> Ban | None:
    number = _unsign(_BAN, receipt)
    return Ban.objects.filter(pk=number).select_related("comment").first() if number else None


def _sign(signer: Signer, number: int) -> str:
    return quote(signer.sign(str(number)))


def _unsign(signer: Signer, receipt: str | None) -> int | None:
    try:
        return int(signer.unsign(receipt or ""))
    except (BadSignature, ValueError):
        return None
