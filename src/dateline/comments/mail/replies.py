"""Mail to a reader when somebody answers him, and the one click that ends it (RFC 8058)."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dateline.stories import languages, pictures
from dateline.stories.models import Current

from ..models import Answer, Comment, Reader
from ..threads import thread
from . import writing as mail

LIFE = timedelta(days=3)
APART = timedelta(hours=1)  # two mails to one reader: what answers him meanwhile stands in one
MOST = 50  # answers in one mail
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SIGNER = Signer(salt="dateline.comments.unsubscribe")


def tell(reply: Comment) -> None:
    """Have the reader mailed whom `reply` answers, in the transaction that showed it for the first time.

    At once; within an hour of the last such mail to him, when that hour is over, with all that answered him until
    then. Unless he is a guest, does not want it, or answered himself.
    """
    assert reply.parent_id is not None
    answered = Comment.objects.select_related("reader").get(pk=reply.parent_id)
    reader = answered.reader
    if not reader.email or not reader.wants_replies or reader.pk == reply.reader_id or answered.deleted_at:
        return
    Answer.objects.create(reader=reader, reply=reply, due_at=_due(reader))


def _due(reader: Reader) -> datetime:
    now, last = timezone.now(), reader.replies_mailed_at
    return max(now, last + APART) if last else now


def _waiting() -> QuerySet[Answer]:
    return Answer.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "pk")


def is_due() -> bool:
    return _waiting().exists()


def write_due() -> None:
    """Put the mails that are due into the outbox, one a reader. Each in its own transaction, which any number may try."""
    while reader_id := _waiting().values_list("reader_id", flat=True).first():
        _write(reader_id)


@transaction.atomic
def _write(reader_id: int) -> None:
    """Mail a reader all that answered him and is shown now. What came since his last mail waits for its hour."""
    reader = Reader.objects.select_for_update(no_key=True).get(pk=reader_id)
    waiting, due = Answer.objects.filter(reader=reader), _due(reader)
    if due > timezone.now():
        waiting.update(due_at=due)
        return
    answers = list(waiting.select_related("reply__parent", "reply__thread").order_by("reply")[:MOST])
    Answer.objects.filter(pk__in=[answer.pk for answer in answers]).delete()
    shown = _shown([answer.reply for answer in answers])
    if shown and reader.email and reader.wants_replies:
        Reader.objects.filter(pk=reader.pk).update(replies_mailed_at=timezone.now())
        _put(reader, shown)


def _shown(replies: list[Comment]) -> list[dict[str, Any]]:
    """Those that readers see, each with what the mail says of it."""
    stories = Current.objects.filter(killed=False).in_bulk({reply.story_id for reply in replies})
    return [
        {
            "reply": reply,
            "story": stories[reply.story_id],
            "name": _isolated(reply.name or _("A reader")),
            "link": pictures.absolute(f"{thread.address(reply.story_id, reply.language)}{reply.pk}/"),
        }
        for reply in replies
        if reply.story_id in stories and _is_shown(reply)
    ]


def _is_shown(reply: Comment) -> bool:
    above = [found for found in (reply.parent, reply.thread) if found]
    return reply.is_shown and not reply.deleted_at and all(found.is_shown for found in above)


def _put(reader: Reader, shown: list[dict[str, Any]]) -> None:
    assert reader.email is not None
    language = languages.edition(reader.language)
    with translation.override(language):
        many = _("New answers to your comments: %(number)s") % {"number": len(shown)}
        one = _("%(name)s answered your comment") % {"name": shown[0]["name"]}
    stop = address(reader, language)
    mail.put(
        "mail_reply",
        to=reader.email,
        subject=one if len(shown) == 1 else many,
        language=language,
        until=timezone.now() + LIFE,
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        answers=shown,
        stop=stop,
    )


def _isolated(name: str) -> str:
    """`name` between isolates (UAX #9), without characters of its own that would end them or turn what follows."""
    return f"\u2068{_TURNS.sub('', name)}\u2069"


def address(reader: Reader, language: str) -> str:
    """Where `reader` ends it, and nobody else can."""
    return pictures.absolute(f"{languages.prefix(language)}/readers/replies/{_SIGNER.sign(str(reader.pk))}/")


def reader_of(token: str) -> Reader | None:
    try:
        return Reader.objects.filter(pk=int(_SIGNER.unsign(token))).first()
    except (BadSignature, ValueError):
        return None
