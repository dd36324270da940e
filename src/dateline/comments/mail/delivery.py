"""The postman: sends what is in the outbox, and tries again what could not be sent.

A thread of the follower's process, so that a slow mail server keeps neither search nor the schedule waiting. Any
number may run: each mail is claimed before it is sent, for longer than a mail server may take. One that dies in
between leaves it claimed; it is sent once more then, with the same Message-ID, rather than lost.

No line in the log holds a mail address: neither ours about what failed, nor what the mail server said of it.
"""

import logging
import threading
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core.mail import get_connection
from django.db import connections
from django.db.models import F
from django.utils import timezone

from ..models import Mail
from . import replies
from . import writing as mail

CLAIMED = timedelta(minutes=5)
FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(hours=1)

log = logging.getLogger(__name__)
_postman: threading.Thread | None = None


def deliver() -> bool:
    """Send what is due, in a thread of its own. A follower: two short queries where nothing is."""
    global _postman
    if (_postman is None or not _postman.is_alive()) and (_is_due() or replies.is_due()):
        _postman = threading.Thread(target=_run, name="dateline-mail", daemon=True)
        _postman.start()
    return False


def _is_due() -> bool:
    return Mail.objects.filter(due_at__lte=timezone.now()).exists()


def _run() -> None:
    try:
        send_due()
    except Exception as error:
        log.error("The mail could not be sent and is tried again: %s.", type(error).__name__)
    finally:
        connections.close_all()


def send_due() -> int:
    """Send what is due, and say how many were sent. What fails is due again later: 30 s, 1 min, ... 1 h."""
    replies.write_due()
    sent, server = 0, None
    while claimed := _claim():
        if claimed.until < timezone.now():
            _give_up(claimed, "it could not be sent in time")
            continue
        try:
            server = server or _open()
            server.send_messages([mail.message(claimed)])
        except (SMTPRecipientsRefused, SMTPDataError) as error:
            _refused(claimed, error)
        except ValueError as error:  # a header or an address that no mail can have
            _give_up(claimed, type(error).__name__)
        except (SMTPException, OSError) as error:
            _wait(claimed, error)
            break
        else:
            claimed.delete()
            sent += 1
    if server:
        server.close()
    return sent


def _open() -> Any:
    server = get_connection()
    server.open()
    return server


def _claim() -> Mail | None:
    """A mail that nobody else sends for the next minutes."""
    while True:
        now = timezone.now()
        due = Mail.objects.filter(due_at__lte=now).order_by("due_at", "pk").first()
        if due is None:
            return None
        if Mail.objects.filter(pk=due.pk, due_at=due.due_at).update(due_at=now + CLAIMED, tries=F("tries") + 1):
            due.tries += 1
            return due


def _refused(refused: Mail, error: SMTPRecipientsRefused | SMTPDataError) -> None:
    """The server took none of it: for good (5xx, RFC 5321 4.2.1), or for now."""
    if isinstance(error, SMTPDataError):
        code = error.smtp_code
    else:
        code = max((said[0] for said in error.recipients.values()), default=550)
    if code >= 500:
        _give_up(refused, f"the mail server refused it for good ({code})")
    else:
        Mail.objects.filter(pk=refused.pk).update(due_at=_later(refused))
        log.warning("Mail %s: the mail server refused it for now (%s).", refused.pk, code)


def _give_up(given_up: Mail, why: str) -> None:
    log.warning("Mail %s is given up: %s.", given_up.pk, why)
    given_up.delete()


def _wait(unsent: Mail, error: Exception) -> None:
    """The mail server is not there, or takes nothing from us: everything that is due waits."""
    until = _later(unsent)
    Mail.objects.filter(pk=unsent.pk).update(due_at=until)
    Mail.objects.filter(due_at__lte=timezone.now()).update(due_at=until)
    code = getattr(error, "smtp_code", "") or getattr(error, "errno", "") or ""
    log.error("No mail can be sent: %s %s. Tried again by itself; see DATELINE_MAIL_URL.", type(error).__name__, code)


def _later(mail: Mail) -> datetime:
    return timezone.now() + min(LONGEST_REST, FIRST_REST * 2 ** min(mail.tries - 1, 10))
