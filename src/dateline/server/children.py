"""Child processes that never outlive their parent, however it ends."""

import ctypes
import multiprocessing
import os
import signal
import sys

_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15  # prctl(2)


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when `parent`, which started it, is gone: even by `kill -9`.

    Without it, orphaned workers would keep the port and go on answering. Linux only; elsewhere nothing is promised.
    """
    if not sys.platform.startswith("linux"):
        return
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the kernel knew
        os._exit(1)


def call_this(name: str) -> None:
    """The process's name in the log, in `ps -o comm` and `top`: 15 letters at most. To be called in its first thread."""
    multiprocessing.current_process().name = name
    if sys.platform.startswith("linux"):
        _prctl(_PR_SET_NAME, ctypes.c_char_p(name.encode()))


def _prctl(option: int, value: object) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def leave_terminal_to_parent() -> None:
    """Ctrl-C, and the end of a terminal, reach every process of it; only the parent acts on them, and tells its children."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
