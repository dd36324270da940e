"""Every format that comments move in from, in the order in which they are tried."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from . import disqus, isso, jsonl, wxr
from .records import Bad, Record, Skipped
from .shelf import Shelf

FORMATS = {"disqus": disqus, "wxr": wxr, "isso": isso, "jsonl": jsonl}
HEAD = 4_096


class Unknown(Exception):
    """No format takes the file. Says what to do."""


def guess(path: Path) -> str:
    """The format of a file by its beginning. Refuses one that no format takes (Unknown)."""
    with _opened(path) as stream:
        head = stream.read1(HEAD)  # type: ignore[attr-defined]  # as much as there is of a file that breaks off
    for name, module in FORMATS.items():
        if module.fits(head):
            return name
    raise Unknown(f"{path} is of no format that is known: say --format {', '.join(FORMATS)}.")


def read(path: Path, name: str, shelf: Shelf) -> Iterator[Record | Bad | Skipped]:
    """What is in a file, packed by gzip or not. A file that breaks off is told as one more that is Bad."""
    if name == "isso":
        yield from isso.read(path)
        return
    reader: Callable[[BinaryIO, Shelf], Iterator[Any]] = FORMATS[name].read
    with _opened(path) as stream:
        try:
            yield from reader(stream, shelf)
        except (OSError, EOFError, zlib.error) as error:
            yield Bad("the rest", f"It is cut off or damaged ({error}). Get the whole file and import it again.")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        yield cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
