"""The objects of a JSON file one by one, of any size of file: one that is broken does not hide those after it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .records import LIMIT

NAMES = (b"articles", b"items", b"stories", b"news", b"data", b"results", b"documents")
LARGEST = 12 * LIMIT  # bytes of one object: more is read no further
_CHUNK = 1 << 16
# A string ends with its line at the latest, so that one that is never closed does not swallow what follows.
_TOKEN = re.compile(rb'"(?:[^"\\\n]++|\\.)*+(?:"|\n|(?P<open>\\?\Z))|[{}\[\]]', re.DOTALL)
_OPENS = {b"}": b"{", b"]": b"["}
_BETWEEN = b" \t\r\n,\x1e\xef\xbb\xbf"


class Found(NamedTuple):
    raw: bytes
    whole: bool = True


def split(stream) -> Iterator[Found]:  # type: ignore[no-untyped-def]
    """The objects at the top of a file, in its arrays, or in such an array of its one object; what is none, as it stands."""
    reader = _Reader()
    while not reader.is_done and (chunk := stream.read(max(_CHUNK, len(reader.buffer)))):
        reader.buffer += chunk
        yield from reader.whole(last=False)
        if reader.open and len(reader.buffer) > LARGEST:
            yield from reader.never_ending()
    yield from reader.whole(last=True)
    while reader.open and not reader.is_done:
        yield from reader.never_ending()
        yield from reader.whole(last=True)
    yield from reader.end()


class _Reader:
    """What was read of a file and is not given away yet: `buffer`, looked through up to `at`, with brackets `open` there."""

    def __init__(self) -> None:
        self.buffer, self.open = b"", b""
        self.at = self.arrays = 0
        self.is_begun = self.is_done = self.in_member = False

    def whole(self, *, last: bool) -> Iterator[Found]:
        """Each object that is complete; what stands between them and is none."""
        if not self.is_begun:
            self.is_begun = True
            self._enter_member()
        while (token := _TOKEN.search(self.buffer, self.at)) and (last or token["open"] is None):
            self.at = token.end()
            mark = token[0]
            if not self.open and mark in (b"{", b"[", b"]"):
                yield from self._at_the_top(token.start(), mark)
                if self.is_done:
                    return
            elif mark in (b"{", b"["):
                self.open += mark
            elif mark in _OPENS:
                if self.open[-1:] != _OPENS[mark]:
                    yield from self._broken(token.start() if mark == b"]" else token.end())
                    continue
                self.open = self.open[:-1]
                if not self.open:
                    yield Found(self._take(self.at))
        if token is None:
            self.at = len(self.buffer)

    def _at_the_top(self, start: int, mark: bytes) -> Iterator[Found]:
        """An object begins; or an array, which at the top only holds objects together, begins or ends."""
        yield from self._junk(self._take(start))
        if mark == b"{":
            self.at, self.open = 1, mark
            return
        self._take(1)
        self.arrays += 1 if mark == b"[" else -1
        if mark == b"]" and self.in_member:
            self.is_done, self.buffer = True, b""

    def never_ending(self) -> Iterator[Found]:
        size = len(self.buffer)
        yield from self._broken(size)
        self.is_done = not self.buffer

    def _broken(self, end: int) -> Iterator[Found]:
        """An object that does not end as it should, up to the next that begins with the same member, or to `end`."""
        first = re.match(rb'\{\s*("[^"\n]*")', self.buffer)
        follows = re.compile(rb"[,\n]\s*(?=\{\s*" + re.escape(first[1]) + rb")") if first else None
        found = follows.search(self.buffer, 1, end) if follows else None
        self.open = b""
        yield Found(self._take(found.end() if found else end), whole=False)

    def _take(self, end: int) -> bytes:
        taken, self.buffer, self.at = self.buffer[:end], self.buffer[end:], 0
        return taken

    def end(self) -> Iterator[Found]:
        yield from self._junk(self._take(len(self.buffer)))
        if self.arrays > 0 and not self.is_done:
            yield Found(b"", whole=False)

    def _junk(self, raw: bytes) -> Iterator[Found]:
        if raw := raw.strip(_BETWEEN):
            yield Found(raw)

    def _enter_member(self) -> None:
        """Go to the array in `{"articles": [...]}`, if the file is such an object."""
        if not self.buffer.lstrip(_BETWEEN).startswith(b"{"):
            return
        depth = 0
        for token in _TOKEN.finditer(self.buffer):
            if token[0] in (b"{", b"["):
                depth += 1
            elif token[0] in (b"}", b"]"):
                depth -= 1
                if not depth:
                    return
            elif depth == 1 and token[0].strip(b'"') in NAMES:
                array = re.compile(rb"\s*:\s*\[").match(self.buffer, token.end())
                if array:
                    self.in_member, self.arrays = True, 1
                    self.buffer = self.buffer[array.end() :]
                    return
