"""What goes to the log: a line each, for people or, as JSON, for programs (`DATELINE_LOG`).

No log holds what opens a door, or who a reader is: links that sign in and mail addresses are blacked out in whatever is
written, whoever wrote it.
"""

import json
import logging
import re
from datetime import datetime

_LINKS = re.compile(r"(/readers/(?:enter|replies)/|/password_reset/confirm/|[?&][\w-]+=)[^\s\"'&]+")
_MAIL = re.compile(r"[\w.+%-]+@(?=[\w-]+\.)[\w.-]+")
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def hide(text: str) -> str:
    return _MAIL.sub("...", _LINKS.sub(r"\1...", text))


class Line(logging.Formatter):
    """2026-11-23 21:22:05,123 INFO dateline.server: Reloaded."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return hide(super().format(record))


class Json(logging.Formatter):
    """{"time": "2026-11-23T21:22:05.123+03:00", "level": "INFO", ...}, and what the call named in `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        said = {name: value for name, value in vars(record).items() if name not in _USUAL and _is_plain(value)}
        said |= {
            "time": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.processName,
            "pid": record.process,
        }
        if record.exc_info:
            said["exception"] = self.formatException(record.exc_info)
        return json.dumps(
            {name: hide(value) if isinstance(value, str) else value for name, value in said.items()}, ensure_ascii=False
        )


def _is_plain(value: object) -> bool:
    """A request, say, is not: its text is its address with all that a reader typed."""
    return value is None or isinstance(value, str | int | float)
