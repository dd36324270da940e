"""The rows of a table in text, with the place of each: one that is broken does not take its neighbours with it."""

import csv
import io
import re
import sys
from collections.abc import Iterator

from .records import LIMIT, Bad

csv.field_size_limit(min(sys.maxsize, 1 << 27))
_LONGEST = 2 * LIMIT  # characters of one row: a quote that is not closed by then never is
_MARK = re.compile(r"^\ufeff?sep=(.)\r?\n?$", re.IGNORECASE)  # how Excel says which mark parts the columns


def read(stream: io.BufferedReader) -> Iterator[tuple[str, list[str] | Bad]]:
    """Each row and the line it begins in; a Bad for one that cannot be read."""
    lines = _Lines(io.TextIOWrapper(stream, "utf-8", errors="surrogateescape", newline=""))
    delimiter = _delimiter(lines)
    while True:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        at = lines.begin()
        try:
            for row in reader:
                yield at, row
                at = lines.begin()
            return
        except csv.Error as error:
            raw = lines.back_to_second().encode("utf-8", "surrogateescape")
            yield at, Bad(at, f"The row cannot be read: {error}.", raw)


def raw(row: list[str]) -> bytes:
    return "\x1f".join(row).encode("utf-8", "surrogateescape")


def _delimiter(lines: "_Lines") -> str:
    """As the file says it, or the mark that is most often in its first line; one that no text holds where none is."""
    first = next(lines, "")
    if said := _MARK.match(first):
        return said[1]
    lines.back(first)
    unquoted = re.sub(r'"[^"]*"', "", first)
    mark = max(",;\t|", key=unquoted.count)
    return mark if mark in unquoted else "\x1f"


class _Lines:
    """A file's lines, of which those of the row that is being read can be read again."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.again: list[str] = []  # to be read before the file is, the next one last
        self.row: list[str] = []
        self.size = 0
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.size > _LONGEST:
            raise StopIteration
        line = self.again.pop() if self.again else self.text.readline()
        if not line:
            raise StopIteration
        self.row.append(line)
        self.size += len(line)
        self.number += 1
        return line

    def begin(self) -> str:
        """A row begins with the next line."""
        self.row, self.size = [], 0
        return f"line {self.number + 1}"

    def back(self, line: str) -> None:
        self.again.append(line)
        self.number -= 1

    def back_to_second(self) -> str:
        """Read the row's lines again but the first, which is given."""
        first, *others = self.row or [""]
        for line in reversed(others):
            self.back(line)
        return first
