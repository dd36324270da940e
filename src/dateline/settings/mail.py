"""How mail goes out: DATELINE_MAIL_URL, as Django's own settings say it."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

FOLDER = "dateline.comments.mail.folder.Folder"
PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}
TIMEOUT = 20  # seconds that a mail server may take to answer


def settings(url: str, home: Path) -> dict[str, Any]:
    """`smtp://`, `starttls://` or `smtps://user:password@host:port`; "" for files in `HOME/mail`. ValueError names the cure."""
    if not url:
        return {"EMAIL_BACKEND": FOLDER, "EMAIL_FILE_PATH": home / "mail"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(
            "DATELINE_MAIL_URL must be smtp://, starttls:// or smtps://user:password@host:port, with % signs as %25 "
            "and @ signs in a name or password as %40."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": TIMEOUT,
    }
