"""The supervisor: one process that loads Dateline once, and forks the workers and the follower from itself.

So they share its memory, and the first answer waits for one start, not four.

dateline-serve          restarts whichever of the others ends, with longer and longer rests; takes all with it when it ends
├── dateline-worker     one or more: Granian, serving what is kept and dateline.wsgi (gateway.py)
└── dateline-follow     follower.py
"""

import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.net import SocketHolder
from granian.server import MPServer

from dateline.edge.marks import Marks

from . import follower, metrics, site
from .children import call_this, die_with_parent, leave_interrupt_to_parent
from .gateway import Gateway
from .listening import BACKLOG, close, listen

THREADS = 4  # of each worker, and so its connections to the database
STOP_SECONDS = 10
SOON_SECONDS = 5.0
LONGEST_REST_SECONDS = 1.0
_LISTENS_AGAIN = sys.platform.startswith(("linux", "freebsd"))  # Granian's holder of a socket, when it is used
HUNG_SECONDS = 5.0  # the follower says many times a second that it purges; workers distrust what is kept after ten

log = logging.getLogger("dateline.server")


def serve(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises PortTaken."""
    listening = listen(host, port, workers)
    call_this("dateline-serve")
    multiprocessing.set_start_method("fork", force=True)
    metrics.begin()
    load()
    stop = threading.Event()
    following = threading.Thread(target=_keep_following, args=(os.getpid(), listening, stop))
    following.start()
    try:
        _serve(listening, workers)
    finally:
        stop.set()
        following.join()


def load() -> None:
    """Load everything that every child needs, before there is a child."""
    import_string(settings.WSGI_APPLICATION)
    get_resolver().url_patterns  # noqa: B018
    connections.close_all()  # no two processes may share one
    gc.collect()
    gc.freeze()  # or the collector would touch, and so copy, every page that the children share


def _serve(listening: list[socket.socket], workers: int) -> None:
    server = Workers(
        settings.WSGI_APPLICATION,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        workers=workers,
        websockets=False,
        respawn_failed_workers=True,
        backlog=BACKLOG,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
    )
    server.listening = listening
    server.rest = Rest()
    server.serve()


class Workers(MPServer):
    """Granian's workers, of which one that ends is started again however often that happens.

    Granian ends all of them when one ends twice within five seconds, and readers find nobody. Here one that ends
    soon again rests before it is started, and accepts from the socket of the one before it.
    """

    listening: list[socket.socket]
    rest: "Rest"

    def _init_shared_socket(self) -> None:
        self._ssp = self._sso = None

    def _spawn_worker(self, idx: int, target: Any, **_: Any) -> Any:  # type: ignore[override]
        fd = self.listening[idx].fileno()
        self._shd = SocketHolder(fd, False, BACKLOG) if _LISTENS_AGAIN else SocketHolder(fd, False)  # type: ignore
        return super()._spawn_worker(idx, target, Loader(os.getpid(), self.listening, idx))

    def _drop_shared_socket(self) -> None:
        close(self.listening)

    def _respawn_workers(self, workers: list[int], *how: Any, **more: Any) -> None:
        log.error("Worker %s ended; it is started again.", ", ".join(str(number + 1) for number in workers))
        time.sleep(self.rest.take())
        self.rest.begin()
        super()._respawn_workers(workers, *how, **more)
        self.respawned_wrks.clear()  # by which Granian would know that it started them before


class Loader:
    """What a worker runs first."""

    def __init__(self, parent: int, listening: list[socket.socket], number: int) -> None:
        self.parent, self.listening, self.number = parent, listening, number

    def __call__(self) -> Gateway:
        die_with_parent(self.parent)
        close(self.listening, but=self.number)
        leave_interrupt_to_parent()
        call_this("dateline-worker")
        return Gateway(import_string(settings.WSGI_APPLICATION), site.pages(), threads=THREADS)


def _keep_following(parent: int, listening: list[socket.socket], stop: threading.Event) -> None:
    """Runs in a thread of its own that lasts as long as the process: the kernel tells children by it."""
    rest = Rest()
    while not stop.is_set():
        rest.begin()
        child = multiprocessing.Process(target=_follow, args=(parent, listening), name="follower")
        child.start()
        marks = Marks(settings.HOME / "edge" / "marks")
        while child.is_alive() and not stop.is_set():
            child.join(0.2)
            if marks.silence() > HUNG_SECONDS * 1e9 and time.monotonic() - rest.began > HUNG_SECONDS:
                log.error("The follower has not followed for %.0f s; it is ended.", HUNG_SECONDS)
                child.kill()
        if stop.is_set():
            _end(child)
        else:
            log.error("The follower ended (%s); it is started again.", child.exitcode)
            stop.wait(rest.take())


def _follow(parent: int, listening: list[socket.socket]) -> None:
    die_with_parent(parent)
    close(listening)
    leave_interrupt_to_parent()
    call_this("dateline-follow")
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    follower.run(stop)


def _end(child: Any) -> None:
    child.terminate()
    child.join(STOP_SECONDS)
    if child.is_alive():
        child.kill()
        child.join()


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
