"""Plain page text, as a news site's archive exports it: News ID, publish date, perhaps a headline, the text."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.stories import datelines

from . import furniture, order
from .mapping import Mapper, guess_language
from .records import WORKING_HEADLINE, Bad, Record, Skipped, first_sentence, paragraph

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ID = r"^\W*(?:news\s*id|رقم الخبر|کد خبر|كد خبر|شناسه خبر)\s*"
_NEWS_ID = re.compile(rf"{_ID}[:：#]?\s*(\d{{1,18}})\s*$", re.IGNORECASE)
_ANY_ID = re.compile(rf"{_ID}[:：#]", re.IGNORECASE)
_DATE = re.compile(
    r"^\W*(?:publish(?:ed)?(?:\s*(?:date|time|on))?|تاریخ انتشار|تاريخ النشر)\s*[:：]\s*(.+?)\s*$", re.IGNORECASE
)
_SERVICE = re.compile(r"^\W*(?:service|section|category|سرویس|گروه|القسم)\s*[:：]\s*(.+?)\s*$", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}\d?|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_EDGE = " \t\r\n\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ENDS = (".", "۔", "。")


def fits(head: bytes) -> bool:
    lines = head.decode("utf-8", "ignore").translate(_DIGITS).splitlines()
    return any(_is_id(line) for line in lines) or any(_ANY_ID.match(line) for line in lines[:5])


def read(stream, mapper: Mapper) -> Iterator[Record | Bad | Skipped]:  # type: ignore[no-untyped-def]
    """Each page of a file; a page begins at its News ID line, or at the publish date right above it."""
    page: list[bytes] = []
    start = 1
    for number, line in enumerate(_lines(stream), 1):
        below = _below(page, line)
        if below is not None:
            yield _page(f"line {start}", b"".join(page[:below]), mapper)
            page, start = page[below:], number - len(page) + below
        page.append(line)
    if any(line.strip() for line in page):
        yield _page(f"line {start}", b"".join(page), mapper)


def _lines(stream) -> Iterator[bytes]:  # type: ignore[no-untyped-def]
    for line in stream:
        yield from line.splitlines(keepends=True)  # some files have a carriage return alone


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").translate(_DIGITS)


def _is_id(line: str) -> bool:
    return bool(_NEWS_ID.match(line.partition("|")[0]))


def _below(page: list[bytes], line: bytes) -> int | None:
    """Where the page ends, if `line` is of the next: what stands below that goes with it."""
    text = _text(line)
    last = next((number for number in range(len(page) - 1, -1, -1) if page[number].strip()), None)
    if last is None:
        return None
    if _is_id(text):
        if not any(_ANY_ID.match(_text(kept)) for kept in page):
            return None
        dated = [number for number, kept in enumerate(page) if _DATE.match(_text(kept))]
        return last if len(dated) > 1 and dated[-1] == last else len(page)
    # A number that cannot be read begins a page too, where its date follows.
    if last and _DATE.match(text) and _ANY_ID.match(_text(page[last])) and not _is_id(_text(page[last])):
        return last
    return None


@dataclass
class _Header:
    news_id: int | None = None
    date: str = ""
    section: str = ""
    rest: list[str] = field(default_factory=list)


def _page(at: str, raw: bytes, mapper: Mapper) -> Record | Bad:
    try:
        lines = [_entities(line).strip(_EDGE) for line in raw.decode("utf-8").splitlines()]
    except UnicodeDecodeError as error:
        return Bad(at, f"Byte {error.start} of this page is no UTF-8.", raw)
    header = _header(lines)
    if header.news_id is None:
        return Bad(at, "Its News ID line holds no number: it should read 'News ID: 1234'.", raw)
    at = f"{at}, News ID {header.news_id}"
    language = mapper.language or guess_language("\n".join(header.rest)[:2000])
    try:
        published_at = order.read(header.date, language=language) if header.date else None
    except ValueError as error:
        return Bad(at, f"Its Publish Date cannot be read: {error}.", raw)
    above, dateline, body = _split(furniture.cut(header.rest))
    kicker, headline, summary = _parts(above)
    if not headline and not body:
        return Bad(at, "It has neither a headline nor a text.", raw)
    return Record(
        position=at,
        raw=raw,
        news_id=header.news_id,
        published_at=published_at,
        date=header.date,
        language=language,
        kicker=kicker,
        headline=headline or first_sentence(body[0]),
        summary=summary,
        flag="" if headline else WORKING_HEADLINE,
        body=[paragraph(line) for line in body],
        place=dateline.place if dateline else "",
        credit=dateline.source if dateline else "",
        section=header.section,
        source_id=str(header.news_id),
    )


def _entities(line: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), line)


def _header(lines: list[str]) -> _Header:
    """The News ID, the publish date and the section, and the lines that are none of these."""
    header = _Header()
    for line in lines:
        plain = line.translate(_DIGITS)
        if header.news_id is None and (_is_id(plain) or _ANY_ID.match(plain)):
            _number_line(header, plain)
        elif not header.date and len(header.rest) < 3 and (dated := _DATE.match(plain)):
            header.date = dated[1]
        elif line:
            header.rest.append(line)
    return header


def _number_line(header: _Header, line: str) -> None:
    """`News ID: 38 | Service: Politics | Publish Date: 12 December 2021`."""
    first, *others = line.split("|")
    found = _NEWS_ID.match(first)
    header.news_id = int(found[1]) if found else None
    for other in others:
        if dated := _DATE.match(other):
            header.date = dated[1]
        elif service := _SERVICE.match(other):
            header.section = service[1]


def _split(lines: list[str]) -> tuple[list[str], datelines.Dateline | None, list[str]]:
    """The lines above the text, the dateline, and the text's lines with the dateline taken off."""
    for sure in (True, False):
        for number, line in enumerate(lines[:4]):
            dateline, first = datelines.split(line, source_required=sure)
            if dateline and (sure or number or len(lines) == 1 or line.endswith(_ENDS)):
                return lines[:number], dateline, ([first] if first else []) + lines[number + 1 :]
    if len(lines) > 1 and len(lines[0]) <= 200 and not lines[0].endswith(_ENDS):
        return lines[:1], None, lines[1:]
    return [], None, lines


def _parts(above: list[str]) -> tuple[str, str, str]:
    """The kicker, the headline and the summary among the lines above the text: a summary is a whole sentence."""
    titles = [line for line in above if not line.endswith(_ENDS)] or above[:1]
    summary = " ".join(line for line in above if line not in titles)
    return " ".join(titles[:-1]), titles[-1] if titles else "", summary
