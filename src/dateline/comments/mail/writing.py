"""A mail to a reader: written in his edition's language, and put into the outbox."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from dateline.stories import cleaning, languages

from .outbox import Mail

if TYPE_CHECKING:
    from ..models import Decision

LONGEST_SUBJECT = 200


def put(
    template: str,
    *,
    to: str,
    subject: str,
    language: str,
    until: datetime,
    headers: dict[str, str] | None = None,
    about: "Decision | None" = None,
    **context: Any,
) -> Mail:
    """Have `comments/TEMPLATE.txt` and `.html` mailed, unless that cannot be done `until` then.

    Safe once the surrounding transaction is. `subject` is made one line: nothing in it can become a header. What is
    `about` a decision goes out when that cannot be taken back any more.
    """
    now = timezone.now()
    context |= {
        "agency": settings.DATELINE.agency,
        "site": settings.DATELINE.site_url,
        "edition": language,
        "dir": languages.direction(language),
        "subject": _one_line(subject),
    }
    with translation.override(language):
        text, html = (
            render_to_string(f"comments/{template}.{kind}", context, using="jinja2") for kind in ("txt", "html")
        )
    host = urlsplit(settings.DATELINE.site_url).hostname
    own = {
        "Message-ID": f"<{secrets.token_hex(16)}@{host}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notice answers it
        "Content-Language": language,
    }
    return Mail.objects.create(
        to=to, subject=context["subject"], text=text, html=html, headers=own | (headers or {}),
        created_at=now, until=until, due_at=about.at + about.TOLD_AFTER if about else now, about=about,
    )  # fmt: skip


def message(mail: Mail) -> EmailMultiAlternatives:
    """The mail as Django sends it: plain text, and simple HTML beside it."""
    made = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=mail.headers)
    made.attach_alternative(mail.html, "text/html")
    return made


def _one_line(text: str) -> str:
    line = cleaning.line(text.replace("\u2028", " ").replace("\u2029", " "))
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"
