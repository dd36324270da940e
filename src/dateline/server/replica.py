"""Public pages are read from a streaming replica; everything else, and every page it cannot make, from the primary.

A replica is behind. A page made from it just after a purge could show what was purged, and be kept: so it is asked
first whether it has replayed all that this machine has followed. Where it has not, or does not answer, the primary is
read; and so a page never shows less than what was purged before its rendering began.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

from dateline.edge.marks import Marks

from . import asking

ALIAS = "replica"
AGAIN_SECONDS = 2.0  # after which one that did not answer is asked again
# One that was promoted is asked too: it is then the primary, and has all there is.
_REPLAYED = """SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
    ELSE pg_current_wal_insert_lsn() END - '0/0'::pg_lsn"""

log = logging.getLogger("dateline.server")


class Reading:
    """Where a process reads the public pages from."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.there = ALIAS in settings.DATABASES
        self.again = 0.0

    def ask(self, asking_it: Callable[[], asking.Answer]) -> asking.Answer:
        """The answer, by the replica; or by the primary where the replica is behind, away, or makes an error of it."""
        if self.there and self._has_replayed():
            with _instead_of_primary():
                answer = asking_it()
            if answer.status < 500:
                return answer
            answer.close()
        return asking_it()

    def _has_replayed(self) -> bool:
        if time.monotonic() < self.again:
            return False
        try:
            return _replayed() >= self.marks.position
        except Error:
            connections[ALIAS].close()  # it may have been started again, or another of its hosts may answer
        try:
            return _replayed() >= self.marks.position
        except Error as error:
            connections[ALIAS].close()
            self.again = time.monotonic() + AGAIN_SECONDS
            log.warning("The replica does not answer, the primary is read: %s", str(error).strip())
            return False


def _replayed() -> int:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_REPLAYED)
        return int(cursor.fetchone()[0] or 0)


@contextmanager
def _instead_of_primary() -> Iterator[None]:
    """In this thread, whatever asks for the database gets the replica, by whichever way it asks."""
    primary = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = primary
