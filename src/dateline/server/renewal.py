"""A new supervisor in place of this one: the code and the settings that are there now, and no reader notices.

On SIGHUP the supervisor has another process try whether that code can be served. If it can, the supervisor executes it
in its own place: it stays the same process, and so the parent of the same children, and its listening sockets stay
open. The new supervisor starts workers of its own, and only then lets the former ones finish and end.
"""

import fcntl
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from socket import socket

from .listening import FIRST_HANDED

TRIAL_SECONDS = 120.0
LONG_SECONDS = 5.0
FINISH_SECONDS = 60.0  # for which a former worker may go on with what it is answering
HEARD = {signal.SIGHUP, signal.SIGTERM, signal.SIGINT}
_FORMER = "_DATELINE_FORMER"

log = logging.getLogger("dateline.server")


class Trial:
    """Whether what is there now can be served: `dateline serve --check`, run beside us."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.said = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(  # noqa: S603
            [*_ourselves(), "--check"], stdin=subprocess.DEVNULL, stdout=self.said, stderr=self.said
        )

    def succeeded(self) -> bool | None:
        """None while it is not known yet. Why not stands in the log."""
        status = self.process.poll()
        if status is None and time.monotonic() - self.began > TRIAL_SECONDS:
            self.process.kill()
            status = self.process.wait()
        if status:
            self.said.seek(0)
            log.error(
                "Not reloaded, and what runs goes on: %s", self.said.read()[-4_000:].strip() or f"status {status}"
            )
        return None if status is None else status == 0


def _ourselves() -> list[str]:
    return [sys.executable, *sys.orig_argv[1:]]


def become(listening: list[socket], workers: Iterable[int], followers: Iterable[int]) -> None:
    """Execute what is there now in this process. Signals wait until it can hear them."""
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    beyond = FIRST_HANDED + len(listening)
    copies = [fcntl.fcntl(each.fileno(), fcntl.F_DUPFD_CLOEXEC, beyond) for each in listening]
    for number, copy in enumerate(copies):
        os.dup2(copy, FIRST_HANDED + number)
    os.environ["LISTEN_PID"], os.environ["LISTEN_FDS"] = str(os.getpid()), str(len(listening))
    os.environ[_FORMER] = json.dumps([list(workers), list(followers)])
    command = _ourselves()
    os.execv(command[0], command)  # noqa: S606


def deafen() -> None:
    """Let signals wait while we load: who is told to reload before he can would end instead."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})


def hear() -> None:
    """From now on signals come through, and those that waited."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)


class Former:
    """The children of the supervisor that this process was before."""

    def __init__(self) -> None:
        self.workers, self.followers = json.loads(os.environ.pop(_FORMER, "[[], []]"))
        self.began = time.monotonic()
        self.told: dict[int, float] = {}  # when each was told to end
        self.there = bool(self.workers or self.followers)

    def finish(self) -> bool:
        """Let the workers finish, and then the followers: whether no follower is left. To be asked again and again.

        The followers later: what the former code makes, ours then purges. A worker that takes long, over somebody's
        upload, makes no page meanwhile.
        """
        self.workers = [pid for pid in self.workers if self._runs_on(pid)]
        if not self.workers or time.monotonic() - self.began > LONG_SECONDS:
            self.followers = [pid for pid in self.followers if self._runs_on(pid)]
        if self.there and not (self.workers or self.followers):
            self.there = False
            log.info("Reloaded: who was there before has finished and ended.")
        return not self.followers

    def _runs_on(self, pid: int) -> bool:
        with suppress(ProcessLookupError, ChildProcessError):
            if os.waitpid(pid, os.WNOHANG) != (0, 0):
                return False
            if pid not in self.told:
                self.told[pid] = time.monotonic()
                os.kill(pid, signal.SIGTERM)
            elif time.monotonic() - self.told[pid] > FINISH_SECONDS:
                os.kill(pid, signal.SIGKILL)
            return True
        return False

    def end(self, until: float) -> None:
        """Wait for them until then, and kill whoever is left."""
        while (self.workers or self.followers) and time.monotonic() < until:
            self.finish()
            time.sleep(0.05)
        for pid in [*self.workers, *self.followers]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
