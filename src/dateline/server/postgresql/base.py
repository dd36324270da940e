"""The database backend that DATELINE_DATABASE_URL gets (settings/databases.py); Django wants it in a module `base`."""

import select
import time

from django.db.backends.postgresql import base

ASKED_AGAIN_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Django asks before each request whether the connection still works, by a `SELECT 1`: a round trip.

    A server that ended, or ended the connection, has said so on it. So a connection on which nothing waits to be read
    is taken to work; it is asked in full once a second, for a server that is gone without a word.
    """

    asked = 0.0

    def is_usable(self) -> bool:
        lately = time.monotonic() < self.asked + ASKED_AGAIN_SECONDS and not self.errors_occurred
        if lately and self._is_quiet():
            return True
        usable: bool = super().is_usable()
        self.asked = time.monotonic() if usable else 0.0
        return usable

    def _is_quiet(self) -> bool:
        """Whether the connection is open, as far as is known here, and nothing has come on it."""
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN | select.POLLPRI)
        return not waiting.poll(0)
