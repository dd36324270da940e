"""Where no mail server is named: mail as files in `HOME/mail`, one each, for its operator alone."""

import os
import secrets
from collections.abc import Iterator, Sequence
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

KEPT = timedelta(days=30)
AT_ONCE = 500


class Folder(BaseEmailBackend):
    """Writes each mail as Internet Message Format (RFC 5322): any mail program opens it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            _write(message.message().as_bytes())
        return len(email_messages)


def is_used() -> bool:
    """Whether mail goes there instead of to those it is for."""
    backend = f"{Folder.__module__}.{Folder.__name__}"
    return backend == settings.EMAIL_BACKEND


def newest(limit: int) -> Iterator[Parsed]:
    """The mails written last, the newest first."""
    for path in sorted(_folder().glob("*.eml"), reverse=True)[:limit]:
        parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(parsed, Parsed)
        yield parsed


def forget() -> int:
    """Delete what was mailed more than thirty days ago, a part of it at once. Their names begin with when it was."""
    before = f"{timezone.now() - KEPT:%Y%m%d-%H%M%S}"
    old = [path for path in sorted(_folder().glob("*.eml")) if path.name < before][:AT_ONCE]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH or settings.HOME / "mail")


def _write(content: bytes) -> None:
    """Whole, or not at all; its owner alone can read it."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _folder() / f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(4)}.eml"
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
