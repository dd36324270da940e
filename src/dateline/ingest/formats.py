"""The formats, in the order in which they are asked whether a file is theirs."""

import io
from collections.abc import Callable, Iterator
from typing import NamedTuple

from . import encodings, order, pagetext, reuters, tables, trec
from .mapping import Mapper
from .records import Bad, Record, Skipped
from .sources import Source

Found = Iterator[Record | Bad | Skipped]


class Format(NamedTuple):
    name: str  # for --format
    says: str  # what it is, for --help and docs/import.md
    fits: Callable[[bytes], bool]  # by the first bytes of a file
    read: Callable[[io.BufferedReader, Mapper], Found]
    text: bool = True  # whether the file is text, to be read as UTF-8
    guessed: bool = True  # whether its encoding may be guessed: JSON is UTF-8 (RFC 8259, 8.1), or says so by a mark


FORMATS = [
    Format("reuters", "Reuters-21578 SGML", reuters.fits, lambda stream, mapper: reuters.read(stream), text=False),
    Format("pagetext", "page text with News ID lines", pagetext.fits, pagetext.read),
    Format("trec", "documents in <DOC> tags", trec.fits, trec.read),
    Format("xlsx", "a spreadsheet", tables.fits_xlsx, tables.read_xlsx, text=False),
    Format("jsonl", "JSON Lines: rows, or ninjs items", tables.fits_json_lines, tables.read_json_lines, guessed=False),
    Format(
        "json", "JSON: an array or one object; rows, or ninjs items", tables.fits_json, tables.read_json, guessed=False
    ),
    Format("csv", "a table with a line of column names", tables.fits_table, tables.read_table),
]
_BY_ENDING = {".sgm": "reuters", ".sgml": "reuters", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
              ".csv": "csv", ".tsv": "csv", ".xlsx": "xlsx"}  # fmt: skip
# Text that happens to hold commas is no table: without such an ending, a table must be named by --format.
_NEVER_GUESSED = {"csv"}


def read(source: Source, mapper: Mapper, *, name: str = "") -> Found | None:
    """The records of a file; None where no format takes it."""
    stream, encoding = source.stream, "utf-8"
    head = stream.peek(1 << 16)[: 1 << 16]
    found = _named(name) if name else _fitting(source.name, head)
    if found is None:
        recoded, encoding = encodings.in_utf8(stream)
        found = _fitting(source.name, recoded.peek(1 << 16)[: 1 << 16])
        stream = recoded
    elif found.text:
        stream, encoding = encodings.in_utf8(stream, guessed=found.guessed)
    if found is None:
        return None
    return order.settle(_honest(found.read(stream, mapper), encoding))


def refusal(head: bytes) -> str:
    """Why no format takes a file that begins so, and what to do about it."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if not start:
        return "It is empty."
    if b"\0" in head[:4096]:
        return "It is neither text nor an archive that can be opened."
    if start.startswith(b"<"):
        return "It is XML or HTML, of which only Reuters-21578 and <DOC> tags are read: turn it into JSON or CSV."
    if _has_columns(start):
        return "It has columns: say --format csv, and where no line names them, --map headline=1 and so on by their numbers."
    return "It is text without a line 'News ID: 1234', and no JSON: give each page such a line, or make it JSON or CSV."


def _has_columns(start: bytes) -> bool:
    lines = [line for line in start.split(b"\n")[:20] if line.strip()]
    return any(all(line.count(mark) >= 1 for line in lines) for mark in (b"\t", b"|"))


def _named(name: str) -> Format:
    return next(known for known in FORMATS if known.name == name)


def _fitting(name: str, head: bytes) -> Format | None:
    ending = _BY_ENDING.get(name[name.rfind(".") :].lower(), "")
    candidates = [known for known in FORMATS if known.name == ending] + [
        known for known in FORMATS if known.name not in (ending, *_NEVER_GUESSED)
    ]
    return next((known for known in candidates if known.fits(head)), None)


def _honest(records: Found, encoding: str) -> Found:
    """Refuse what did not come through its encoding whole; say what a guessed encoding was."""
    for record in records:
        if encoding != "utf-8" and isinstance(record, Record):
            if b"\xef\xbf\xbd" in record.raw:
                yield Bad(record.position, f"It holds bytes that are no {encoding}.", record.raw)
                continue
            if not encoding.startswith("utf"):
                record.doubt(f"Read as {encoding}; look whether its letters are right.")
        yield record
