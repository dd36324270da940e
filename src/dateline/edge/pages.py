"""What is kept of the site: found by address, or made by asking the application once.

memory (each worker) -> disk (all workers, nginx) -> the application
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from .disk import Disk
from .headers import KEEP, KEYS, LASTING
from .kept import Headers, Kept
from .marks import Marks, places
from .memory import Memory

SECOND = 1_000_000_000  # ns
HEARTBEAT = 10 * SECOND  # who purges says so more often than this; when it does not, nothing kept is trusted
STATIC = 3_600  # seconds for which a file is kept whose name holds the digest of what is in it
STATIC_LARGEST = 500_000  # bytes
_OURS = {"content-length", "content-encoding", "etag", "vary", "last-modified", "accept-ranges", KEEP}


class Answer(Protocol):
    """What the application answered."""

    status: int
    headers: Headers  # names in lower case
    body: bytes
    pieces: Iterator[bytes] | None  # None where `body` is all of it

    def close(self) -> None: ...


Ask = Callable[[], Answer]


class Pages:
    """The finished responses of a process, and those on the disk of its machine under `root`."""

    def __init__(self, root: Path, *, memory: int, disk: int) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.marks = Marks(root / "marks")
        self.memory = Memory(memory)
        self.disk = Disk(root, self.marks, disk)

    def find(self, address: str) -> tuple[Kept | None, bool]:
        """What is kept in memory for `address`, and whether it is good; one that is not may still bridge a moment."""
        kept = self.memory.get(address)
        if kept is None or self.marks.silence() > HEARTBEAT:
            return None, False
        if kept.is_good(self.marks):
            return kept, True
        return (kept, False) if kept.may_bridge(self.marks) else (None, False)

    def make(self, address: str, ask: Ask) -> Kept | None:
        """The response for `address` from the disk, else from the application, then kept. None where it may not be.

        Of all processes of the machine one asks for an address at a time. What was killed while it was rendered is
        rendered again.
        """
        with self.disk.turn(address):
            trusted = self.marks.silence() <= HEARTBEAT
            kept = self.disk.load(address) if trusted else None
            for _attempt in range(3):
                if kept is not None:
                    break
                born = time.monotonic_ns()
                kept = keepable(ask(), born)
                if kept is None:
                    return None
                if self.marks.purged(kept.places)[1] >= born:
                    kept = None
                elif trusted:
                    self.disk.keep(address, kept)
        return kept


def keepable(answer: Answer, born: int) -> Kept | None:
    """The answer as it may be kept, by its own headers: None where they do not say so."""
    found = dict(answer.headers)
    control = found.get("cache-control", "")
    seconds = int(found.get(KEEP, STATIC if "immutable" in control else 0))
    alone = found.get("vary", "accept-encoding").lower() == "accept-encoding" and "content-encoding" not in found
    body = _whole(answer, found) if seconds and alone and "set-cookie" not in found and "public" in control else None
    if body is None:
        if answer.pieces is not None:
            answer.close()
        return None
    keys = found.get(KEYS, "").split()
    rest = [(name, value) for name, value in answer.headers if name not in _OURS]
    return Kept(
        answer.status,
        rest,
        body,
        places(keys),
        born,
        born + seconds * SECOND,
        lasting=seconds >= LASTING and bool(keys),
    )


def _whole(answer: Answer, headers: dict[str, str]) -> bytes | None:
    """The body in one piece; None of one that is long or of unknown length."""
    if answer.pieces is None:
        return answer.body
    if not 0 <= int(headers.get("content-length", -1)) <= STATIC_LARGEST or answer.status != 200:
        return None
    try:
        return b"".join(answer.pieces)
    finally:
        answer.close()
