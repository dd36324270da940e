"""When each key was last purged: a table in memory that all processes of the machine share.

A purge is one number written into it, and takes effect in every worker with its next request: no worker has to take
part, so none that hangs can keep what was purged. A page is good while it is younger than the purges of all its keys.
Keys share places by their hash; two that share one purge each other, which costs a rendering and nothing else.

Times are nanoseconds of the machine's monotonic clock (one for all its processes, until it is started again).
"""

import mmap
import os
import time
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

from . import keys as names

PLACES = 1 << 16
_HEARTBEAT, _EVERYTHING, _BELL, _FOLLOWED, _POSITION, _FIRST = range(6)


class Marks:
    """The table in the file at `path`, made where there is none."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        size = 8 * (_FIRST + 2 * PLACES)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(file).st_size != size:
                os.ftruncate(file, size)
            self._at = memoryview(mmap.mmap(file, size)).cast("Q")
        finally:
            os.close(file)

    def purge(self, keys: Iterable[str], *, hard: bool = False) -> None:
        """From now on nothing that shows one of `keys` is good. After a hard purge it is not shown once more either."""
        now = time.monotonic_ns()
        for key in keys:
            if key == names.EVERYTHING:
                self._at[_EVERYTHING] = now
            else:
                self._at[place(key) + (PLACES if hard else 0)] = now

    def purged(self, places: Iterable[int]) -> tuple[int, int]:
        """When the last purge of one of `places` was, and the last hard one; 0 for never."""
        at = self._at
        soft, hard = at[_EVERYTHING], 0
        for each in places:
            if at[each] > soft:
                soft = at[each]
            if at[each + PLACES] > hard:
                hard = at[each + PLACES]
        return max(soft, hard), hard

    def beat(self) -> None:
        """Say that purges are being followed."""
        self._at[_HEARTBEAT] = time.monotonic_ns()

    def ring(self) -> int:
        """Ask whoever follows to look now; the moment of it, for `has_followed`."""
        self._at[_BELL] = now = time.monotonic_ns()
        return now

    def rung_since(self, moment: int) -> bool:
        return self._at[_BELL] >= moment

    def followed(self, until: int) -> None:
        """Say that all is purged that was committed before `until`."""
        self._at[_FOLLOWED] = until

    def has_followed(self, moment: int) -> bool:
        return self._at[_FOLLOWED] >= moment

    def stand_at(self, position: int) -> None:
        """Say how far the database's log must be replayed to hold all that is purged: before it is purged."""
        self._at[_POSITION] = position

    @property
    def position(self) -> int:
        return self._at[_POSITION]

    def silence(self) -> int:
        """For how many ns nobody has followed the purges."""
        return time.monotonic_ns() - self._at[_HEARTBEAT]


@cache
def here() -> Marks:
    """Those of this machine, for who only looks at them."""
    return Marks(settings.HOME / "edge" / "marks")


def place(key: str) -> int:
    """Where the purges of `key` are noted. The same in every process and release."""
    return _FIRST + zlib.crc32(key.encode()) % PLACES


def places(keys: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({place(key) for key in keys if key != names.EVERYTHING}))
