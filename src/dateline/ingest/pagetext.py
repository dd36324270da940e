"""Plain page text, as a news site's archive exports it: News ID, publish date, perhaps a headline, the text."""

import re
from collections.abc import Iterator

from dateline.stories import datelines

from . import order
from .records import WORKING_HEADLINE, Bad, Record, Skipped, first_sentence, paragraph

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NEWS_ID = re.compile(r"^\W*(?:news\s*id|رقم الخبر|کد خبر|شناسه خبر)\s*[:：#]?\s*(\d{1,18})\s*$", re.IGNORECASE)
_ANY_ID = re.compile(r"^\W*(?:news\s*id|رقم الخبر|کد خبر|شناسه خبر)\s*[:：#]", re.IGNORECASE)
_DATE = re.compile(
    r"^\W*(?:publish(?:ed)?(?:\s*(?:date|time|on))?|تاریخ انتشار|تاريخ النشر)\s*[:：]\s*(.+?)\s*$", re.IGNORECASE
)
# From here on a page is furniture: its comment form, its buttons.
_FURNITURE = re.compile(
    r"^\s*[*•]+\s*(?:your\s+)?(?:comments?|name|e-?mail|message|security\s+code|نظر|نظرات|نام|ایمیل|تعليق|تعليقات|الاسم|البريد)"
    r"\b.*$|^\s*(?:print(?:\s+this)?(?:\s+page)?|share(?:\s+this)?|send\s+to\s+(?:a\s+)?friends?|post\s+a?\s*comments?|"
    r"(?:related|latest|most\s+viewed)\s+(?:news|stories|articles)|tags?|comments?(?:\s*\(\d+\))?)\s*:?\s*$",
    re.IGNORECASE,
)


def fits(head: bytes) -> bool:
    text = head.decode("utf-8", "ignore").translate(_DIGITS)
    return any(_ANY_ID.match(line) for line in text.splitlines())


def read(stream) -> Iterator[Record | Bad | Skipped]:  # type: ignore[no-untyped-def]
    """Each page of a file; a page begins at its News ID line."""
    page: list[bytes] = []
    start = 1
    for number, line in enumerate(stream, 1):
        if page and _ANY_ID.match(_text(line)) and any(_ANY_ID.match(_text(kept)) for kept in page):
            yield _page(f"line {start}", b"".join(page))
            page, start = [], number
        page.append(line)
    if any(line.strip() for line in page):
        yield _page(f"line {start}", b"".join(page))


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").translate(_DIGITS)


def _page(at: str, raw: bytes) -> Record | Bad:
    try:
        lines = [line.strip(" \t\r\ufeff\u200e\u200f") for line in raw.decode("utf-8").split("\n")]
    except UnicodeDecodeError as error:
        return Bad(at, f"Byte {error.start} of this page is no UTF-8.", raw)
    news_id, date, rest = _header(lines)
    if news_id is None:
        return Bad(at, "Its News ID line holds no number: it should read 'News ID: 1234'.", raw)
    at = f"{at}, News ID {news_id}"
    if date is None:
        return Bad(at, "It has no Publish Date line: 'Publish Date : 12 December 2021 - 21:22'.", raw)
    try:
        published_at = order.read(date)
    except ValueError as error:
        return Bad(at, f"Its Publish Date cannot be read: {error}.", raw)
    headline, dateline, body = _split(_without_furniture(rest))
    if not headline and not body:
        return Bad(at, "It has neither a headline nor a text.", raw)
    return Record(
        position=at,
        raw=raw,
        news_id=news_id,
        published_at=published_at,
        date=date,
        headline=headline or first_sentence(body[0]),
        flag="" if headline else WORKING_HEADLINE,
        body=[paragraph(line) for line in body],
        place=dateline.place if dateline else "",
        credit=dateline.source if dateline else "",
        source_id=str(news_id),
    )


def _header(lines: list[str]) -> tuple[int | None, str | None, list[str]]:
    """The News ID, the publish date, and the lines that are neither."""
    news_id: int | None = None
    date: str | None = None
    rest: list[str] = []
    for line in lines:
        plain = line.translate(_DIGITS)
        if news_id is None and _ANY_ID.match(plain):
            found = _NEWS_ID.match(plain)
            news_id = int(found[1]) if found else None
        elif date is None and len(rest) < 3 and (dated := _DATE.match(plain)):
            date = dated[1]
        elif line:
            rest.append(line)
    return news_id, date, rest


def _without_furniture(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if _FURNITURE.match(line):
            return lines[:number]
    return lines


def _split(lines: list[str]) -> tuple[str, datelines.Dateline | None, list[str]]:
    """The headline if there is one, the dateline, and the text's lines with the dateline taken off."""
    for number, line in enumerate(lines[:4]):
        dateline, first = datelines.split(line)
        if dateline:
            body = ([first] if first else []) + lines[number + 1 :]
            return " ".join(lines[:number]), dateline, body
    if len(lines) > 1 and len(lines[0]) <= 200 and not lines[0].endswith((".", "۔", "。")):
        return lines[0], None, lines[1:]
    return "", None, lines
