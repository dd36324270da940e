"""A reader closes his account, and takes his data with him."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dateline.stories import pictures

from ..models import Comment, Mail, Reader, SignIn
from ..threads import thread
from . import own_words


@transaction.atomic
def close(reader: Reader) -> None:
    """Forget who `reader` is: his mail address, his name, what was to be mailed to him.

    His comments stay, under "Former reader", or are erased: DATELINE_FORMER_READERS says. He is signed out everywhere.
    """
    if settings.DATELINE.former_readers == "erase":
        own_words.erase(own_words.of(reader))
    else:
        _rename(reader)
    SignIn.objects.filter(email=reader.email).delete()
    Mail.objects.filter(to=reader.email).delete()
    reader.name, reader.email, reader.closed_at, reader.wants_replies = "", None, timezone.now(), False
    reader.generation += 1
    reader.save()


def _rename(reader: Reader) -> None:
    """In the words of the edition that each comment stands in."""
    rows = own_words.of(reader)
    own_words.show_anew(rows)
    for language in set(rows.values_list("language", flat=True)):
        with translation.override(language):
            rows.filter(language=language).update(name=_("Former reader"))


def own_data(reader: Reader) -> dict[str, Any]:
    """All that is kept of `reader`, for him alone."""
    return {
        "reader": {
            "name": reader.name,
            "mail_address": reader.email,
            "language": reader.language,
            "since": reader.confirmed_at,
            "mail_on_replies": reader.wants_replies,
            "comments_approved": reader.approved,
            "comments_rejected": reader.rejected,
        },
        "comments": [_comment(row) for row in own_words.of(reader).prefetch_related("former").order_by("pk")],
    }


def _comment(comment: Comment) -> dict[str, Any]:
    address = f"{thread.address(comment.story_id, comment.language)}{comment.pk}/"
    return {
        "id": comment.pk,
        "address": pictures.absolute(address),
        "story": comment.story_id,
        "story_version": comment.version,
        "in_reply_to": comment.parent_id,
        "name": comment.name,
        "text": comment.text,
        "former_texts": [{"text": former.text, "until": former.until} for former in comment.former.all()],
        "language": comment.language,
        "state": comment.state,
        "reason": comment.get_reason_display() if comment.reason else "",
        "written": comment.created_at,
        "changed": comment.edited_at,
        "decided": comment.decided_at,
    }
