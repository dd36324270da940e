"""Which encoding a file is in, and the file in UTF-8."""

import codecs
import io
from typing import cast

from charset_normalizer import from_bytes

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Where the guess is unsure, what archives of our readers' languages are most often in.
_LIKELY = [
    "cp1256",
    "cp1252",
    "cp1255",
    "cp1251",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "iso8859_2",
    "cp1253",
    "cp1254",
]


def guess(head: bytes) -> str:
    """The encoding by a byte order mark, by being UTF-8 as far as it goes, or by its letters."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character cut at the end is no mistake
        return "utf-8"
    except UnicodeDecodeError as error:
        if error.start > 4_096:  # UTF-8 with a bad place further on: those records are refused, not the file
            return "utf-8"
    if head[1:200:2].count(0) > 60:
        return "utf-16-le"
    best = from_bytes(head[:65_536], cp_isolation=_LIKELY).best()
    return best.encoding if best else "utf-8"


def in_utf8(stream: io.BufferedReader, *, guessed: bool = True) -> tuple[io.BufferedReader, str]:
    """`stream` in UTF-8 without a mark, and the encoding it was in. A byte that is no character becomes U+FFFD."""
    head = stream.peek(1 << 17)[: 1 << 17]
    marked = next((encoding for mark, encoding in _MARKS.items() if head.startswith(mark)), "utf-8")
    encoding = guess(head) if guessed else marked
    if encoding in ("utf-8", "ascii"):
        return stream, "utf-8"
    if encoding == "utf-8-sig":
        stream.read(3)
        return stream, "utf-8"
    return io.BufferedReader(cast(io.RawIOBase, _Recoded(stream, encoding)), 1 << 17), encoding


class _Recoded(io.RawIOBase):
    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        self.stream = stream
        self.decoder = codecs.getincrementaldecoder(encoding)("replace")
        self.ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        while not self.ready:
            data = self.stream.read(1 << 16)
            self.ready = self.decoder.decode(data, final=not data).encode()
            if not data:
                break
        count = min(len(buffer), len(self.ready))
        buffer[:count], self.ready = self.ready[:count], self.ready[count:]
        return count
