"""Looking at the processes of a server, and killing some of them."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PATIENCE_SECONDS = 30


def children(parent: int, name: str = "") -> list[int]:
    """The living children of a process, of one name (`ps -o comm`) or of any."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        with suppress(OSError):  # it ended while we looked
            comm, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(")")
            state, ppid = rest.split()[:2]
            if int(ppid) == parent and state != "Z" and name in ("", comm):
                found.append(int(folder.name))
    return sorted(found)


def alive(pid: int) -> bool:
    """Whether it runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def kill(*pids: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def freeze(*pids: int) -> None:
    """Stop them, and wait until each of their threads stands: the signal stops the others only by way of the first."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    for pid in pids:
        wait_until(lambda pid=pid: all(map(_stands, Path(f"/proc/{pid}/task").iterdir())), f"{pid} does not stop")


def _stands(thread: Path) -> bool:
    return (thread / "stat").read_text().rpartition(")")[2].split()[0] == "T"


def wait_until(what: Callable[[], object], why: str, seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"after {seconds} s: {why}"
        time.sleep(0.05)
