"""Documents in <DOC> tags, as collections of newswire for research are handed on: a tag for each part of a story."""

import html
import re
from collections.abc import Iterator

from .mapping import Mapper
from .records import LIMIT, Bad, Record, Skipped

_START = re.compile(rb"<DOC\b[^>]*>", re.IGNORECASE)
_END = re.compile(rb"</DOC\s*>", re.IGNORECASE)
_PART = re.compile(r"<(?P<name>[A-Za-z][\w-]*)\b[^>]*>(?P<text>.*?)</(?P=name)\s*>", re.DOTALL)


def fits(head: bytes) -> bool:
    return bool(_START.match(head.lstrip(b"\xef\xbb\xbf \r\n\t")))


def read(stream, mapper: Mapper) -> Iterator[Record | Bad | Skipped]:  # type: ignore[no-untyped-def]
    """Each document of a file; a tag's name is the name of a column."""
    kept, line, number = b"", 1, 0
    while chunk := stream.read(1 << 18):
        *documents, kept = _END.split(kept + chunk)
        for document in documents:
            number += 1
            start = _START.search(document)
            at = f"document {number}, line {line + document[: start.start() if start else 0].count(10)}"
            line += document.count(b"\n")
            yield (
                _document(at, document[start.start() :], mapper) if start else Bad(at, "It has no <DOC> tag.", document)
            )
        if len(kept) > 4 * LIMIT:
            yield Bad(f"line {line}", f"A document of more than {LIMIT:,} characters is no story.", kept[:2000])
            kept = b""
    if _START.search(kept):
        at = f"document {number + 1}, line {line}"
        yield Bad(at, "The file ends in the middle of this document. Get the whole file and import it again.", kept)


def _document(at: str, raw: bytes, mapper: Mapper) -> Record | Bad:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return Bad(at, f"Byte {error.start} of this document is no UTF-8.", raw)
    row: dict[str, str] = {}
    for part in _PART.finditer(text, text.index(">") + 1):
        value = html.unescape(part["text"]).strip()
        row[part["name"]] = f"{row[part['name']]}\n\n{value}" if part["name"] in row else value
    return mapper.record(at, raw, row)
