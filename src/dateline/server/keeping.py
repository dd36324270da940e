"""The follower, kept running: started again when it ends, and ended when it hangs."""

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from django.conf import settings

from dateline.edge.marks import Marks

from . import follower
from .children import call_this, die_with_parent, leave_terminal_to_parent

STOP_SECONDS = 10
SOON_SECONDS = 5.0
LONGEST_REST_SECONDS = 1.0
HUNG_SECONDS = 5.0  # the follower says many times a second that it purges; workers distrust what is kept after ten

log = logging.getLogger("dateline.server")


class Rest:
    """How long to wait before the next start: not at all, but longer and longer for who ends soon after each."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.began = 0.0

    def begin(self) -> None:
        self.began = time.monotonic()

    def take(self) -> float:
        """The seconds; a second at most, so that a part that cannot start does not keep the machine busy."""
        soon = time.monotonic() - self.began < SOON_SECONDS
        self.seconds = min(LONGEST_REST_SECONDS, self.seconds * 2 or 0.05) if soon else 0.0
        return self.seconds


class Follower:
    """All in the process's first thread: the kernel ends a child with the thread that started it."""

    def __init__(self, first: Callable[[], None]) -> None:
        self.first = first
        self.child: BaseProcess | None = None
        self.rest = Rest()
        self.due = 0.0
        self.marks = Marks(settings.HOME / "edge" / "marks")

    def look(self) -> None:
        """To be called several times a second."""
        if self.child is None:
            if time.monotonic() >= self.due:
                self._start()
        elif not self.child.is_alive():
            log.error("The follower ended (%s); it is started again.", self.child.exitcode)
            self.child, self.due = None, time.monotonic() + self.rest.take()
        elif self.marks.silence() > HUNG_SECONDS * 1e9 and time.monotonic() - self.rest.began > HUNG_SECONDS:
            log.error("The follower has not followed for %.0f s; it is ended.", HUNG_SECONDS)
            self.child.kill()
            self.child.join()

    def _start(self) -> None:
        self.rest.begin()
        self.child = multiprocessing.Process(target=self._follow, args=(os.getpid(),), name="follower")
        self.child.start()

    def _follow(self, parent: int) -> None:
        die_with_parent(parent)
        leave_terminal_to_parent()
        call_this("dateline-follow")
        self.first()
        follower.run(follower.stop_on(signal.SIGTERM))

    def pids(self) -> list[int]:
        return [self.child.pid] if self.child is not None and self.child.pid else []

    def end(self) -> None:
        if self.child is None:
            return
        self.child.terminate()
        self.child.join(STOP_SECONDS)
        if self.child.is_alive():
            self.child.kill()
            self.child.join()
