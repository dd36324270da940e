"""Mail to a reader when somebody answers him, and the one click that ends it (RFC 8058)."""

import re
from datetime import timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dateline.stories import languages, pictures
from dateline.stories.models import Current

from ..models import Comment, Reader
from ..threads import thread
from . import writing as mail

LIFE = timedelta(days=3)
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SIGNER = Signer(salt="dateline.comments.unsubscribe")


def tell(reply: Comment) -> None:
    """Mail the reader whom `reply` answers, in the transaction that showed it for the first time.

    Unless he is a guest, does not want it, or answered himself.
    """
    assert reply.parent_id is not None
    answered = Comment.objects.select_related("reader").get(pk=reply.parent_id)
    reader = answered.reader
    if not reader.email or not reader.wants_replies or reader.pk == reply.reader_id or answered.deleted_at:
        return
    language = languages.edition(reader.language)
    with translation.override(language):
        name = _isolated(reply.name or _("A reader"))
        subject = _("%(name)s answered your comment") % {"name": name}
    stop = address(reader, language)
    mail.put(
        "mail_reply",
        to=reader.email,
        subject=subject,
        language=language,
        until=timezone.now() + LIFE,
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        name=name,
        reply=reply,
        answered=answered,
        story=Current.objects.get(pk=reply.story_id),
        link=pictures.absolute(f"{thread.address(reply.story_id, reply.language)}{reply.pk}/"),
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
