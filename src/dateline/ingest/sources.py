"""Files, folders and archives, opened in place: nothing is unpacked to the disk, and nothing is read whole."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from .records import Bad

DEPTH = 3  # archives within archives that are opened
LARGEST = 8 << 30  # bytes of one file within an archive
EXPANSION = 400  # times that a file over 64 MiB may grow when unpacked
_BROKEN = (
    OSError,
    EOFError,
    zipfile.BadZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    RuntimeError,
    ValueError,
)


class Source(NamedTuple):
    """A file to read, once and from its beginning, before the next is asked for."""

    name: str
    stream: io.BufferedReader
    named: bool  # by the person who imports, not found in a folder or an archive


def find(paths: list[Path]) -> Iterator[Source | Bad]:
    """Every file in `paths` and the folders and archives among them, sorted by name. What cannot be opened is a Bad."""
    for path in paths:
        if not path.exists():
            yield Bad(str(path), "There is no such file or folder.")
        elif path.is_dir():
            for root, folders, files in os.walk(path):  # does not follow links to folders: no loops
                folders.sort()
                for name in sorted(files):
                    if not name.startswith("."):
                        yield from _file(Path(root, name), named=False)
        else:
            yield from _file(path, named=True)


def _file(path: Path, *, named: bool) -> Iterator[Source | Bad]:
    try:
        with path.open("rb") as file:
            yield from _open(str(path), file, named=named, depth=0)
    except PermissionError:
        yield Bad(str(path), "It may not be read by this user.")
    except _BROKEN as error:
        yield Bad(str(path), _broken(error))


def _open(name: str, file: BinaryIO, *, named: bool, depth: int) -> Iterator[Source | Bad]:
    stream = io.BufferedReader(cast(io.RawIOBase, _Unseekable(file) if depth else file), 1 << 17)
    head = stream.peek(1 << 10)[:512]
    if depth > DEPTH:
        yield Bad(name, f"It lies {depth} archives deep; unpack the outer ones.")
    elif head.startswith(b"PK\x03\x04") and not name.lower().endswith(".xlsx"):
        yield from _zip(name, stream if not depth else io.BytesIO(stream.read()), depth)
    elif unpack := next((opener for magic, opener in _PACKED.items() if head.startswith(magic)), None):
        yield from _packed(name, cast(BinaryIO, unpack(stream)), named, depth)
    elif head[257:262] == b"ustar":
        yield from _tar(name, stream, depth)
    else:
        yield Source(name, cast(io.BufferedReader, stream), named)


_PACKED = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"\xfd7zXZ\x00": lambda stream: lzma.LZMAFile(stream),  # noqa: SIM115
    b"BZh": lambda stream: bz2.BZ2File(stream),
}


def _packed(name: str, unpacked: BinaryIO, named: bool, depth: int) -> Iterator[Source | Bad]:
    inner = name.rsplit(".", 1)[0] if name.lower().endswith((".gz", ".xz", ".bz2")) else name
    yield from _open(inner, cast(BinaryIO, _Capped(unpacked, name)), named=named, depth=depth + 1)


def _zip(name: str, stream: BinaryIO, depth: int) -> Iterator[Source | Bad]:
    try:
        archive = zipfile.ZipFile(stream)
    except zipfile.BadZipFile as error:  # a zip's list of files is at its end
        yield Bad(
            name,
            f"It is cut off or damaged ({error}), and nothing was taken in: get the whole file and import it again.",
        )
        return
    with archive:
        for member in sorted(archive.infolist(), key=lambda member: member.filename):
            inner = f"{name}/{member.filename}"
            if member.is_dir() or "__MACOSX" in member.filename:
                continue
            if member.flag_bits & 1:
                yield Bad(inner, "It is locked with a password; unpack it first.")
            elif _is_bomb(member.file_size, member.compress_size):
                yield Bad(inner, f"It unpacks to {member.file_size >> 20:,} MiB: that is no archive of stories.")
            else:
                try:
                    with archive.open(member) as file:
                        yield from _open(inner, cast(BinaryIO, file), named=False, depth=depth + 1)
                except _BROKEN as error:
                    yield Bad(inner, _broken(error))


def _tar(name: str, stream: BinaryIO, depth: int) -> Iterator[Source | Bad]:
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield from _open(f"{name}/{member.name}", cast(BinaryIO, file), named=False, depth=depth + 1)


def _is_bomb(size: int, packed: int) -> bool:
    return size > LARGEST or (size > 64 << 20 and size > EXPANSION * max(packed, 1))


def _broken(error: BaseException) -> str:
    return f"It is cut off or damaged ({error}). What could be read of it was taken in; get the whole file and import it again."


class _Unseekable(io.RawIOBase):
    """A member of an archive, read onwards only."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        data = self.file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Capped(_Unseekable):
    """A packed file that may not grow without end."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        super().__init__(file)
        self.left = LARGEST

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        count = super().readinto(buffer)
        self.left -= count
        if self.left < 0:
            raise ValueError(f"it unpacks to more than {LARGEST >> 30} GiB")
        return count
