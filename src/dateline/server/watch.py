"""Whether there may be something to follow: asked in microseconds, so that a newsroom where nothing happens costs
nothing.

SQLite counts its commits, and PostgreSQL rings (bell.py). Whoever asks looks once in a while all the same: for what is
due by the clock, and since a bell may have gone dumb.
"""

import time
from typing import Any

from django.db import connection

from .bell import Bell


class Watch:
    """For one thread: its connection is the one that is asked."""

    def __init__(self, bell: Bell) -> None:
        self.bell = bell
        self.asked = 0
        self.state: tuple[Any, ...] = ()

    def changed(self) -> bool:
        """Whether something may have been committed since the last call, by whomever."""
        if connection.vendor == "sqlite":
            before, self.state = self.state, _state()
            return self.state != before
        since, self.asked = self.asked, time.monotonic_ns()
        return not self.bell.heard or self.bell.marks.rung_since(since)


def _state() -> tuple[Any, ...]:
    """The connection, the commits of all others (https://sqlite.org/pragma.html#pragma_data_version), its own rows."""
    connection.ensure_connection()
    sqlite = connection.connection
    return sqlite, *sqlite.execute("PRAGMA data_version").fetchone(), sqlite.total_changes
