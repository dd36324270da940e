"""PostgreSQL's NOTIFY, heard: who wrote on another machine rings this machine's bell.

A bell that is not heard loses nothing: the follower looks by itself all the same, and reads on from its cursor.
"""

import logging
import threading
from typing import Any

import psycopg
from django.db import connection

from dateline.edge.marks import Marks
from dateline.edge.triggers import CHANNEL

AGAIN_SECONDS = 1.0
LOOK_UP_SECONDS = 1.0  # to see whether the server stops

log = logging.getLogger("dateline.server")


class Bell:
    """A thread with a connection of its own; `heard` while it listens."""

    def __init__(self, marks: Marks, stop: threading.Event) -> None:
        self.marks, self.stop = marks, stop
        self.heard = False

    def listen(self) -> None:
        """Start, where there is a PostgreSQL to listen to."""
        if connection.vendor == "postgresql":
            threading.Thread(target=self._keep_listening, name="bell", daemon=True).start()

    def _keep_listening(self) -> None:
        while not self.stop.is_set():
            try:
                with psycopg.connect(**_where(), autocommit=True) as listening:
                    self._listen(listening)
            except psycopg.Error as error:
                log.warning("The bell is not heard, and is listened for again: %s", str(error).strip())
            finally:
                self.heard = False
            self.stop.wait(AGAIN_SECONDS)

    def _listen(self, listening: psycopg.Connection[Any]) -> None:
        listening.execute(f"LISTEN {CHANNEL}")
        self.heard = True
        self.marks.ring()  # for whatever was written before we listened
        while not self.stop.is_set():
            for _ in listening.notifies(timeout=LOOK_UP_SECONDS):
                self.marks.ring()


def _where() -> dict[str, Any]:
    """The server, as the follower's own connection names it."""
    known = connection.get_connection_params()
    return {
        name: value for name, value in known.items() if isinstance(value, str | int) and name != "prepare_threshold"
    }
