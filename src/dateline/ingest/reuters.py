"""Reuters-21578: newswire of 1987 in SGML, a <REUTERS> element for each dispatch."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

from .records import LIMIT, WORKING_HEADLINE, Bad, Block, Record, Skipped, first_sentence, paragraph

PROVIDER = "Reuters"
_END = b"</REUTERS>"
_START = re.compile(rb"<REUTERS\b[^>]*>")
_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DATE = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})\s+(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,2}))?")
_DAY = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})")
# SALVADOR, Feb 26 -
_DATELINE = re.compile(
    r"^\s*(?P<place>.*?)[\s,]*\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s*\d{0,2}\s*[-,]*\s*(?:Reuters?)?\s*-*\s*$",
    re.IGNORECASE | re.DOTALL,
)
_SIGNATURE = re.compile(r"^\s*reuters?\W*\d*\W*$", re.IGNORECASE)
_BY, _OF_REUTERS = re.compile(r"^\s*by\s+", re.IGNORECASE), re.compile(r",?\s*reuters?\s*$", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_ENTRY = re.compile(r"<D>(.*?)</D>")
_TABULAR = re.compile(r"\S\s{3,}\S")


def fits(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith((b"<!DOCTYPE lewis", b"<REUTERS"))


def read(stream) -> Iterator[Record | Bad | Skipped]:  # type: ignore[no-untyped-def]
    """Each document of a file. One that is cut off is a Bad; what stands between documents is passed over."""
    kept, line, number = b"", 1, 0
    while chunk := stream.read(1 << 18):
        kept += chunk
        *documents, kept = kept.split(_END)
        for document in documents:
            start = _START.search(document)
            number += 1
            at = f"document {number}, line {line + _lines(document[: start.start() if start else 0])}"
            line += _lines(document)
            if start is None:
                yield Bad(at, "It ends without having begun: no <REUTERS ...> tag.", document)
            else:
                yield _document(at, document[start.start() :] + _END)
        if len(kept) > LIMIT + (1 << 20):
            yield Bad(f"line {line}", f"A document of more than {LIMIT:,} characters is no story.", kept[:2000])
            kept = b""
    if start := _START.search(kept):
        at = f"document {number + 1}, line {line + _lines(kept[: start.start()])}"
        yield Bad(at, "The file ends in the middle of this document. Get the whole file and import it again.", kept)


def _lines(raw: bytes) -> int:
    return raw.count(b"\n")


def _document(at: str, raw: bytes) -> Record | Bad | Skipped:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")  # what the corpus has beyond ASCII
    found = re.match(r'<REUTERS\b[^>]*\bNEWID="(\d+)"', text)
    if not found:
        return Bad(at, "It has no NEWID.", raw)
    news_id = int(found[1])
    at = f"{at}, NEWID {news_id}"
    title, body = _tag(text, "TITLE"), _tag(text, "BODY")
    if not title.strip() and not body.strip():
        return Skipped(at, "It has neither a TITLE nor a BODY.", raw)
    try:
        published_at, doubt = _date(_tag(text, "DATE"))
    except ValueError as error:
        return Bad(at, f"Its DATE cannot be read: {error}.", raw)
    blocks = _blocks(body)
    headline = " ".join(title.split()) or first_sentence(
        re.sub("<[^>]*>", " ", str(blocks[0]["value"])) if blocks else ""
    )
    return Record(
        position=at,
        raw=raw,
        news_id=news_id,
        headline=html.unescape(headline) if not title.strip() else headline,
        flag=doubt or ("" if title.strip() else WORKING_HEADLINE),
        body=blocks,
        published_at=published_at,
        place=_place(_tag(text, "DATELINE")),
        credit=PROVIDER,
        byline=_byline(_tag(text, "AUTHOR")),
        subjects=_list(text, "TOPICS"),
        places=_list(text, "PLACES"),
        provider=PROVIDER,
        source_id=str(news_id),
        original_publisher=PROVIDER,
        language="en",
    )


def _tag(text: str, name: str) -> str:
    found = _element(name).search(text)
    return _plain(found[1]) if found else ""


@cache
def _element(name: str) -> re.Pattern[str]:
    return re.compile(rf"<{name}>(.*?)</{name}>", re.DOTALL)


def _plain(text: str) -> str:
    return _CONTROL.sub("", html.unescape(text))


def _list(text: str, name: str) -> list[str]:
    found = _element(name).search(text)
    return [_plain(entry) for entry in _ENTRY.findall(found[1])] if found else []


def _date(text: str) -> tuple[datetime, str]:
    """The moment, and what is doubtful about it. Some of the corpus's times have digits too many."""
    if whole := _DATE.search(text):
        day, month, year, hour, minute, second, part = whole.groups()
        if int(hour) < 24 and int(minute) < 60 and int(second) < 60:
            return (
                datetime(
                    int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second),
                    int((part or "0").ljust(2, "0")) * 10_000, UTC,
                ),
                "",
            )  # fmt: skip
    if day_only := _DAY.search(text):
        day, month, year = day_only.groups()
        return datetime(int(year), _MONTHS.index(month) + 1, int(day), tzinfo=UTC), "The time of day could not be read."
    raise ValueError(f"'{' '.join(text.split())[:40]}'")


def _place(text: str) -> str:
    found = _DATELINE.match(text)
    return " ".join((found["place"] if found else text).split()).strip(" ,-")


def _byline(text: str) -> str:
    return " ".join(_OF_REUTERS.sub("", _BY.sub("", text)).split()).strip(" ,")


def _blocks(body: str) -> list[Block]:
    """Paragraphs begin at an indent. Columns of figures keep their lines."""
    parts: list[list[str]] = []
    for line in body.rstrip().splitlines():
        if _SIGNATURE.match(line):
            continue
        if not parts or line.startswith("   ") or not line.strip():
            parts.append([])
        if line.strip():
            parts[-1].append(line)
    return [_paragraph(lines) for lines in _together(parts) if lines]


def _together(parts: list[list[str]]) -> list[list[str]]:
    """Neighbouring lines of columns, each indented by itself, are one paragraph."""
    joined: list[list[str]] = []
    for lines in parts:
        if joined and joined[-1] and lines and all(map(_is_tabular, joined[-1])) and all(map(_is_tabular, lines)):
            joined[-1] += lines
        else:
            joined.append(list(lines))
    return joined


def _is_tabular(line: str) -> bool:
    return bool(_TABULAR.search(line.strip()))


def _paragraph(lines: list[str]) -> Block:
    if sum(map(_is_tabular, lines)) * 2 > len(lines):
        return paragraph(*(" ".join(line.split()) for line in lines))
    return paragraph(" ".join(" ".join(lines).split()))
