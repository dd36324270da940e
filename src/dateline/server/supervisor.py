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
import socket
import sys
import time
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.module_loading import import_string
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.net import SocketHolder
from granian.server import MPServer

from . import cores, metrics, renewal, site, thread_locals
from .access import AccessLog
from .children import call_this, die_with_parent, leave_terminal_to_parent
from .gateway import Gateway
from .keeping import STOP_SECONDS, Follower, Rest
from .listening import BACKLOG, close, listen

READING, SENDING = 4, 8  # threads of each worker, and so its connections to the database (decision 12)
LOOK_SECONDS = 0.2
_LISTENS_AGAIN = sys.platform.startswith(("linux", "freebsd"))  # Granian's holder of a socket, when it is used

log = logging.getLogger("dateline.server")


def serve(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises PortTaken."""
    logging.captureWarnings(True)
    renewal.deafen()
    listening = listen(host, port, workers)
    call_this("dateline-serve")
    multiprocessing.set_start_method("fork", force=True)
    metrics.begin()
    load()
    _supervise(listening)


def load() -> None:
    """Load everything that every child needs, before there is a child."""
    import_string(settings.WSGI_APPLICATION)
    get_resolver().url_patterns  # noqa: B018
    thread_locals.unlock()
    connections.close_all()  # no two processes may share one
    gc.collect()
    gc.freeze()  # or the collector would touch, and so copy, every page that the children share


def _supervise(listening: list[socket.socket]) -> None:
    server = Workers(
        settings.WSGI_APPLICATION,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        loop=Loops.uvloop,
        workers=len(listening),
        websockets=False,
        backlog=BACKLOG,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig={"formatters": {}, "handlers": {}, "loggers": {"_granian": {"propagate": True}}},  # ours
    )
    server.listening, server.rest, server.former = listening, Rest(), renewal.Former()
    server.follower = Follower(lambda: close(listening))
    server.on_terminal = os.isatty(0)
    server.on_startup(renewal.hear)
    try:
        server.serve()
    finally:
        server.follower.end()


class Workers(MPServer):
    """Granian's workers, and our loop in the place of Granian's.

    Granian ends all of them when one ends twice within five seconds, and readers find nobody. Here one that ends
    soon again rests before it is started, and accepts from the socket of the one before it.
    """

    listening: list[socket.socket]
    rest: Rest
    follower: Follower
    former: renewal.Former
    trial: renewal.Trial | None = None
    renewed = False
    on_terminal: bool

    def signal_handler_interrupt(self, *args: Any) -> None:
        """Our loop looks often enough. Granian's handler sets an event, whose lock the loop may hold just then: it
        would never end."""
        self.interrupt_signal = True

    def signal_handler_reload(self, *args: Any) -> None:
        """A terminal that is closed says the same, and means that we should end."""
        if self.on_terminal:
            self.interrupt_signal = True
        else:
            self.reload_signal = True

    def _init_shared_socket(self) -> None:
        self._ssp = self._sso = None

    def _spawn_worker(self, idx: int, target: Any, **_: Any) -> Any:  # type: ignore[override]
        fd = self.listening[idx].fileno()
        self._shd = SocketHolder(fd, False, BACKLOG) if _LISTENS_AGAIN else SocketHolder(fd, False)  # type: ignore
        return super()._spawn_worker(idx, target, Loader(os.getpid(), self.listening, idx))

    def _serve_loop(self, *how: Any) -> None:
        while not (self.interrupt_signal or self.renewed):
            self._restart_workers(*how)
            if self.former.finish():
                self.follower.look()
            self._look_at_reload()
            self.main_loop_interrupt.wait(LOOK_SECONDS)
            self.main_loop_interrupt.clear()

    def _restart_workers(self, *how: Any) -> None:
        ended = list(self.interrupt_children)
        if not ended:
            return
        del self.interrupt_children[: len(ended)]  # meanwhile others may have been added
        log.error("Worker %s ended; it is started again.", ", ".join(str(number + 1) for number in ended))
        time.sleep(self.rest.take())
        self.rest.begin()
        self._respawn_workers(ended, *how)

    def _look_at_reload(self) -> None:
        """Try what is there now when we are told to; leave the loop, to become it, when it can be served."""
        if self.reload_signal and self.trial is None:
            log.info("Told to reload: what is there now is tried.")
            self.reload_signal, self.trial = False, renewal.Trial()
        if self.trial is not None and (good := self.trial.succeeded()) is not None:
            self.trial, self.renewed = None, good

    def shutdown(self, exit_code: int = 0) -> None:
        if self.renewed and not self.interrupt_signal:
            followers = self.former.followers + self.follower.pids()
            workers = self.former.workers + [each._id() for each in self.wrks]
            try:
                renewal.become(self.listening, workers, followers)
            except OSError as error:  # Python went away since it was tried: whoever starts us may know another
                log.error("Not reloaded, and all ends: %s", error)
                exit_code = 1
        until = time.monotonic() + STOP_SECONDS
        close(self.listening)
        if self.trial is not None:
            self.trial.process.kill()
        try:
            super().shutdown(exit_code)
        finally:
            self.former.end(until)


class Loader:
    """What a worker runs first."""

    def __init__(self, parent: int, listening: list[socket.socket], number: int) -> None:
        self.parent, self.listening, self.number = parent, listening, number

    def __call__(self) -> Gateway | AccessLog:
        die_with_parent(self.parent)
        close(self.listening, but=self.number)
        leave_terminal_to_parent()
        call_this("dateline-worker")
        cores.settle(self.number, len(self.listening))
        gateway = Gateway(import_string(settings.WSGI_APPLICATION), site.pages(), reading=READING, sending=SENDING)
        return AccessLog(gateway) if settings.DATELINE.access_log else gateway
