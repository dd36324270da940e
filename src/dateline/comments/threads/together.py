"""Comments that arrive at the same moment are written in one transaction, and in the same few statements.

What is durable waits for the disk, and SQLite lets one writer at a time wait for it: a comment each would be as many a
second as the disk can be waited for. So the first who comes writes for all who came while it got its turn. Alone he
waits for nobody. Nobody is answered before the transaction that holds his comment is on the disk; one whose row is
refused takes nobody else's with it.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Generic, TypeVar

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from .turns import turn

MOST = 64  # in one transaction

Job = TypeVar("Job")


class _Write(Generic[Job]):
    """What one request wants written, and what became of it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done = False
        self.error: BaseException | None = None
        self.call = threading.Lock()  # let go of when it is done, or is the next to write
        self.call.acquire()


class Together(Generic[Job]):
    """Does with `act` what many threads ask for at once. Who waits is woken once: it is done, or he is the next to write.

    `act` writes any number of jobs, the same ones again where it failed.
    """

    def __init__(self, act: Callable[[Sequence[Job]], None]) -> None:
        self.act = act
        self.waiting: deque[_Write[Job]] = deque()
        self.guard = threading.Lock()
        self.taken = False

    def write(self, job: Job) -> None:
        """Do it in a transaction, perhaps with others'; return once that is committed. Raises what `act` raised for it.

        It may be done in another request's thread, and with its connection.
        """
        mine = _Write(job)
        with self.guard:
            self.waiting.append(mine)
            waits, self.taken = self.taken, True
        if waits:
            mine.call.acquire()
        if not mine.done:
            try:
                self._write_for_all()
            finally:
                self._pass_on()
        if mine.error:
            raise mine.error

    def _pass_on(self) -> None:
        """Have the first of those who came meanwhile write, if any did."""
        with self.guard:
            self.taken = bool(self.waiting)
            if self.waiting:
                self.waiting[0].call.release()

    def _write_for_all(self) -> None:
        """Write what waits, in the order in which it came: one's own first. What fails is told to those whom it concerns."""
        taken = [self.waiting.popleft()]
        try:
            try:
                with _alone(), transaction.atomic():  # others' turns are waited for here, while more join
                    while self.waiting and len(taken) < MOST:
                        taken.append(self.waiting.popleft())
                    self.act([each.job for each in taken])
            except IntegrityError:
                with _alone(), transaction.atomic():
                    for each in taken:
                        self._write_one(each)
        except BaseException as error:
            for each in taken:
                each.error = each.error or error
            if not isinstance(error, Exception):
                raise  # the process is ending
        finally:
            for each in taken:
                each.done = True
                each.call.release()

    def _write_one(self, each: _Write[Job]) -> None:
        try:
            with transaction.atomic():
                self.act([each.job])
        except IntegrityError as error:
            each.error = error


def _alone() -> AbstractContextManager[None]:
    return turn(settings.HOME / "comments.turn") if connection.vendor == "sqlite" else nullcontext()
