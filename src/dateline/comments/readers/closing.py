"""A reader closes his account, and takes his data with him."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dateline.stories import pictures

from ..models import Answer, Comment, Mail, Reader, SignIn
from ..moderation import forgetting
from ..moderation.objections import Appeal, Ban, Report, Statement
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
    Answer.objects.filter(reader=reader).delete()
    forgetting.erase(_reports(reader))
    reader.name, reader.email, reader.closed_at, reader.wants_replies = "", None, timezone.now(), False
    reader.looks = ""
    reader.generation += 1
    reader.save()


def _rename(reader: Reader) -> None:
    """In the words of the edition that each comment stands in."""
    rows = own_words.of(reader)
    own_words.show_anew(rows)
    for language in set(rows.values_list("language", flat=True)):
        with translation.override(language):
            rows.filter(language=language).update(name=_("Former reader"), signed_in=False)


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
        "statements_of_reasons": [_statement(row) for row in _statements(reader)],
        "bans": [_ban(row) for row in Ban.objects.filter(reader=reader).order_by("pk")],
        "reports": [_report(row) for row in _reports(reader).select_related("answer").order_by("pk")],
        "appeals": [_appeal(row) for row in _appeals(reader)],
    }


def _reports(reader: Reader) -> QuerySet[Report]:
    """Those that were sent with his mail address."""
    return Report.objects.filter(mail__iexact=reader.email)


def _statements(reader: Reader) -> QuerySet[Statement]:
    rows = Statement.objects.filter(decision__comment__reader=reader, decision__undone=None)
    return rows.select_related("decision").order_by("pk")


def _appeals(reader: Reader) -> QuerySet[Appeal]:
    his = Q(side=Appeal.Side.WRITER, comment__reader=reader) | Q(report__in=_reports(reader))
    return Appeal.objects.filter(his).order_by("pk")


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "comment": statement.decision.comment_id,
        "decided": statement.decision.at,
        "reason": statement.decision.get_reason_display(),
        "ground": statement.get_ground_display(),
        "words": statement.words,
        "after_a_report": statement.notice_id is not None,
        "found_by_program": statement.found_by_program,
    }


def _ban(ban: Ban) -> dict[str, Any]:
    return {
        "comment": ban.comment_id,
        "reason": ban.get_reason_display(),
        "since": ban.at,
        "until": ban.until,
        "lifted": ban.lifted_at,
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "comment": report.comment_id,
        "reason": report.get_reason_display(),
        "words": report.words,
        "name": report.name,
        "mail_address": report.mail,
        "sent": report.created_at,
        "answer": (report.answer and report.answer.get_state_display()) or report.get_ended_display(),
        "answered": (report.answer and report.answer.at) or report.ended_at,
    }


def _appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "comment": appeal.comment_id,
        "against_a_ban": appeal.ban_id is not None,
        "about_a_report": appeal.report_id is not None,
        "words": appeal.words,
        "sent": appeal.created_at,
        "outcome": appeal.get_outcome_display() if appeal.outcome else "",
        "answered": appeal.answered_at,
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
