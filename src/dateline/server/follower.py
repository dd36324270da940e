"""The follower: brings what is kept from the record up to date, and publishes what is due.

Each follower has its own cursor in the database and reads on from there: this process may die at any moment, and
more than one may run.
"""

import logging
import queue
import signal
import threading
import time

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, close_old_connections, connections
from django.utils.module_loading import import_string

from dateline.edge.following import Following
from dateline.edge.marks import Marks
from dateline.edge.pages import Pages

from . import metrics, site
from .bell import Bell
from .watch import Watch

FOLLOW_SECONDS = 0.1  # search finds a publish this soon
LOOK_SECONDS = 1.0  # and what is due by the clock, or that nobody told of, is found this soon
EDGE_SECONDS = 0.05  # and no page that it changed is served any more
LISTENING_SECONDS = 0.25  # while the database rings: a bell that went dumb unnoticed costs a kill no more
BELL_SECONDS = 0.01  # of what this machine's own server wrote, at once
SCHEDULE_SECONDS = 0.5  # what is scheduled is published to the second
LONGEST_REST_SECONDS = 10.0

log = logging.getLogger("dateline.server")


def run(stop: threading.Event) -> None:
    """Follow until `stop`. What fails is logged and tried again: its cursor has not moved, so nothing is lost."""
    metrics.tell()
    pages = site.pages(memory=0)
    bell = Bell(pages.marks, stop)
    bell.listen()
    threading.Thread(target=_keep_edge, args=(stop, pages, bell), name="edge", daemon=True).start()
    steps = [Step(path, LOOK_SECONDS) for path in settings.DATELINE_FOLLOWERS]
    steps.append(Step(settings.DATELINE_SCHEDULE, SCHEDULE_SECONDS))
    watch = Watch(bell)
    while not stop.is_set():
        changed = _may_have_changed(watch)
        for step in steps:
            if time.monotonic() >= step.due or (changed and not step.failures):
                step.take()
        stop.wait(max(0.0, min(FOLLOW_SECONDS, min(step.due for step in steps) - time.monotonic())))
    connections.close_all()


def stop_on(*signals: signal.Signals) -> threading.Event:
    """What is set when one of these comes.

    A thread sets it: a handler may come while its own thread holds the event's lock, and would wait for ever.
    """
    stop = threading.Event()
    told: queue.SimpleQueue[None] = queue.SimpleQueue()  # the one in the library that a handler may put into
    for each in signals:
        signal.signal(each, lambda *_: told.put(None))

    def wait() -> None:
        told.get()
        stop.set()

    threading.Thread(target=wait, name="stop", daemon=True).start()
    return stop


def _may_have_changed(watch: Watch) -> bool:
    try:
        return watch.changed()
    except Error:  # each step says it by itself
        return True


def _keep_edge(stop: threading.Event, pages: Pages, bell: Bell) -> None:
    """In a thread of its own: while an import is indexed, what is killed goes off the site all the same."""
    watch = Watch(bell)
    following: Following | None = None
    failures = 0
    looked = 0.0
    while not stop.is_set():
        began = time.monotonic_ns()
        try:
            close_old_connections()
            look = watch.changed() or following is None or time.monotonic() - looked >= LISTENING_SECONDS
            following = following or Following(pages, site.presser(pages))
            did = following.step(look=look)
            looked = time.monotonic() if look else looked
            failures = 0
        except Exception as error:
            did = False
            following = None  # the database that is found again may be another: a standby that took over
            failures += 1
            if isinstance(error, OperationalError | InterfaceError):
                pages.marks.beat()  # a database that does not answer takes no publication: what is kept may stay
            rest = min(1.0, EDGE_SECONDS * 2**failures)
            log.error("The edge failed and is tried again in %.1f s: %s", rest, error, exc_info=error)
            connections.close_all()
            stop.wait(rest)
        if not did:
            _rest(stop, pages.marks, began, LISTENING_SECONDS if bell.heard else EDGE_SECONDS)
    connections.close_all()


def _rest(stop: threading.Event, marks: Marks, began: int, longest: float) -> None:
    """Until the bell rings that was not rung before `began`, and no longer than `longest`."""
    until = time.monotonic() + longest
    while not marks.rung_since(began) and time.monotonic() < until and not stop.wait(BELL_SECONDS):
        pass


class Step:
    """Something that is done every `interval` seconds, and again at once while it says that it did something."""

    def __init__(self, path: str, interval: float) -> None:
        self.path = path
        self.interval = interval
        self.due = 0.0
        self.failures = 0

    def take(self) -> None:
        try:
            close_old_connections()
            did = import_string(self.path)()
        except Exception as error:
            self._rest(error)
        else:
            self.failures = 0
            self.due = 0.0 if did else time.monotonic() + self.interval

    def _rest(self, error: Exception) -> None:
        """Longer after each failure, so that a broken database is not hammered and the log stays readable."""
        self.failures += 1
        rest = min(LONGEST_REST_SECONDS, self.interval * 2**self.failures)
        self.due = time.monotonic() + rest
        trace = None if isinstance(error, Error) else error
        log.error("%s failed and is tried again in %.1f s: %s", self.path, rest, error, exc_info=trace)
        connections.close_all()
