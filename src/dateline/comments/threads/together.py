"""Comments that arrive at the same moment are written in one transaction.

What is durable waits for the disk, and SQLite lets one writer at a time wait for it: a comment each would be as many a
second as the disk can be waited for. So the first who comes writes for all who came while it got its turn. Alone he
waits for nobody. Nobody is answered before the transaction that holds his comment is on the disk; one whose row is
refused takes nobody else's with it.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from .turns import turn

MOST = 64  # in one transaction


class _Write:
    """What one request wants written, and what became of it."""

    def __init__(self, act: Callable[[], None]) -> None:
        self.act = act
        self.done = False
        self.error: BaseException | None = None


class _Turn:
    """Whether somebody writes for all now. Who waits for it is woken each time that changes."""

    def __init__(self) -> None:
        self.waiting: deque[_Write] = deque()
        self.changed = threading.Condition()
        self.taken = False


_turn = _Turn()


def write(act: Callable[[], None]) -> None:
    """Do `act` in a transaction, perhaps with others'; return once that is committed. Raises what `act` raised.

    `act` may be done in another request's thread, and with its connection.
    """
    mine = _Write(act)
    _turn.waiting.append(mine)
    while True:
        with _turn.changed:
            _turn.changed.wait_for(lambda: mine.done or not _turn.taken)
            if mine.done:
                break
            _turn.taken = True
        try:
            _write_for_all()
        finally:
            with _turn.changed:
                _turn.taken = False
                _turn.changed.notify_all()
    if mine.error:
        raise mine.error


def _write_for_all() -> None:
    """Write what waits, in the order in which it came. What fails is told to those whom it concerns."""
    taken: list[_Write] = []
    try:
        with _alone(), transaction.atomic():  # others' turns are waited for here, while more join
            while _turn.waiting and len(taken) < MOST:
                taken.append(_turn.waiting.popleft())
                _do(taken[-1])
    except BaseException as error:
        for each in taken:
            each.error = each.error or error
        if not taken or not isinstance(error, Exception):
            raise  # the database cannot be had at all; or the process is ending
    finally:
        for each in taken:
            each.done = True


def _alone() -> AbstractContextManager[None]:
    return turn(settings.HOME / "comments.turn") if connection.vendor == "sqlite" else nullcontext()


def _do(each: _Write) -> None:
    try:
        with transaction.atomic():
            each.act()
    except IntegrityError as error:
        each.error = error
