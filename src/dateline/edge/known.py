"""What a process knows of the database, and need not ask again until it is purged."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from . import marks
from .pages import HEARTBEAT

T = TypeVar("T")


class Known(Generic[T]):
    """What `read` found, until everything is purged.

    For what purges everything when it changes. A page that is made of it is as good as one that is kept: where it shows
    what was changed but is not purged yet, it was born before that purge, and goes with it. Where nobody follows the
    purges, `read` is asked each time.
    """

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._found: tuple[int, T] | None = None  # when it was asked for, in ns; and what it is

    def get(self) -> T:
        """As the database has it, or had it before the last purge that is followed. Mostly no query."""
        here, found = marks.here(), self._found
        if found is None or here.purged(())[0] >= found[0] or here.silence() > HEARTBEAT:
            return self.again()
        return found[1]

    def again(self) -> T:
        """As the database has it now."""
        asked = time.monotonic_ns()
        value = self._read()
        self._found = asked, value
        return value
