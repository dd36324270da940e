"""Whose turn it is to write, among the processes of a machine that share an SQLite database.

SQLite has who must wait sleep, and look again after longer and longer, up to a tenth of a second: meanwhile the others
write, and he is the last again. Here he is woken as soon as the one before him is done, and nobody comes in between.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_NEXT, _NOW = 0, 1  # bytes of the file: who holds the first is the next, who holds the second has the turn


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """The turn that the file at `path` stands for. The kernel takes it from a process that ends.

    One thread of a process may ask at a time: to the kernel they are one.
    """
    file = _opened(path)
    fcntl.lockf(file, fcntl.LOCK_EX, 1, _NEXT)
    try:
        fcntl.lockf(file, fcntl.LOCK_EX, 1, _NOW)
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, _NEXT)
    try:
        yield
    finally:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, _NOW)


@cache
def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
