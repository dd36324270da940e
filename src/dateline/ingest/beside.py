"""Keep up beside: a process of its own brings search, and whoever else follows the record, up to an import."""

import signal
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from types import TracebackType

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.utils.module_loading import import_string

from dateline.stories import bulk

from .ahead import FORK


class KeepingUp:
    """`with KeepingUp() as keeping_up: ...; keeping_up.ring()`; at its end everybody has come up to what is committed.

    Within a transaction, of which no other process would see anything, all is done here. If the process is ended by
    somebody else, it is done here at the end.
    """

    def __init__(self) -> None:
        self.followers: list[Callable[[], object]] = [import_string(path) for path in settings.DATELINE_FOLLOWERS]
        self.beside = not connection.in_atomic_block

    def __enter__(self) -> "KeepingUp":
        if self.beside:
            connections.close_all()  # no two processes may share one; the next query opens another
            here, self.bell = FORK.Pipe(duplex=False)
            self.process = FORK.Process(target=_keep_up, args=(self.followers, here, self.bell), daemon=True)
            self.process.start()
            here.close()
        return self

    def ring(self) -> None:
        """Say that more was committed."""
        if self.beside:
            with suppress(BrokenPipeError):
                self.bell.send(True)
        else:
            _follow(self.followers)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self.beside:
            self.bell.close()
            if kind is not None:
                self.process.kill()
            self.process.join()
        if kind is None:
            _follow(self.followers)


def _keep_up(followers: Sequence[Callable[[], object]], here: Connection, bell: Connection) -> None:
    bell.close()  # or the end of a parent that was killed would go unnoticed
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too
    bulk.write_much()
    with closing(here), suppress(EOFError, DatabaseError):  # the parent meets the same error, and tells it
        while here.recv():
            while here.poll():
                here.recv()
            _follow(followers)


def _follow(followers: Sequence[Callable[[], object]]) -> None:
    for follower in followers:
        follower()
