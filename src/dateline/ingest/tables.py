"""Rows: CSV and TSV, spreadsheets, JSON Lines, JSON arrays."""

import io
import json
import tempfile
from collections.abc import Iterator
from typing import Any

from . import ninjs_items, objects, rows
from .mapping import Mapper
from .records import Bad, Record, Skipped

LINE = 1 << 26  # bytes of one line that are read


def fits_json_lines(head: bytes) -> bool:
    line = head.lstrip().split(b"\n", 1)[0].strip()
    return line.startswith(b"{") and (line.endswith(b"}") or len(line) > 60_000)


def fits_json(head: bytes) -> bool:
    return head.lstrip()[:1] in (b"[", b"{")


def fits_table(head: bytes) -> bool:
    """Whether it may be one: asked only of files that are named so, since text with commas is no table."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    return bool(start) and not start.startswith(b"<")


def fits_xlsx(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


def read_json_lines(stream: io.BufferedReader, mapper: Mapper) -> Iterator[Record | Bad | Skipped]:
    number = 0
    while line := stream.readline(LINE):
        number += 1
        at = f"line {number}"
        if not line.endswith(b"\n") and len(line) == LINE:
            while (rest := stream.readline(LINE)) and not rest.endswith(b"\n"):
                pass
            yield Bad(at, f"A line of more than {LINE >> 20} MiB is no story.", line[:2000])
            continue
        if line.strip() == b"{":  # an object over several lines
            while len(line) < LINE and (more := stream.readline(LINE)):
                number += 1
                line += more
                if more.startswith(b"}"):
                    break
        if line.strip():
            yield from _line(at, line, mapper)


def _line(at: str, line: bytes, mapper: Mapper) -> Iterator[Record | Bad | Skipped]:
    try:
        yield _object(at, line.strip(), json.loads(line), mapper)
    except (ValueError, RecursionError) as error:
        found = list(objects.split(io.BytesIO(line)))
        if len(found) < 2:
            yield Bad(at, f"It is no JSON: {error}.", line)
        for number, piece in enumerate(found if len(found) > 1 else (), 1):
            yield _piece(f"{at}, object {number}", piece, mapper)


def read_json(stream: io.BufferedReader, mapper: Mapper) -> Iterator[Record | Bad | Skipped]:
    """An array of objects, read one by one; or one object; or an object with such an array in it; or one after the other."""
    for number, piece in enumerate(objects.split(stream), 1):
        yield _piece(f"item {number}", piece, mapper)


def _piece(at: str, piece: objects.Found, mapper: Mapper) -> Record | Bad | Skipped:
    if not piece.whole:
        return Bad(at, "It is cut off or is no JSON from here on: its end is missing.", piece.raw)
    if not piece.raw.startswith(b"{"):
        return Bad(at, "It is no object with named members.", piece.raw)
    try:
        value = json.loads(piece.raw)
    except (ValueError, RecursionError) as error:
        return Bad(at, f"It is no JSON: {error}.", piece.raw)
    return _object(at, json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), value, mapper)


def _object(at: str, raw: bytes, value: Any, mapper: Mapper) -> Record | Bad | Skipped:
    if not isinstance(value, dict):
        return Bad(at, "It is no object with named members.", raw)
    if "\ufffd" in (text := raw.decode("utf-8", "replace")) and "\\ufffd" not in text:
        return Bad(at, "It holds bytes that are no characters.", raw)
    if ninjs_items.fits(value):
        return ninjs_items.record(at, raw, value)
    if why := mapper.lacks(list(map(str, value))):
        return Bad(at, why.replace("columns", "members").replace("COLUMN", "MEMBER"), raw)
    return mapper.record(at, raw, value)


def read_table(stream: io.BufferedReader, mapper: Mapper) -> Iterator[Record | Bad | Skipped]:
    names: list[str] | None = None
    for at, row in rows.read(stream):
        if isinstance(row, Bad):
            yield row
            continue
        if names is None:
            names = [str(number) for number in range(1, len(row) + 1)] if mapper.positional else row
            if why := mapper.lacks(names):
                yield Bad(at, f"{why} If no line names them, say their numbers: --map headline=1.", rows.raw(row))
                return
            if not mapper.positional:
                continue
        if any(row):
            yield _row(at, row, names, mapper)


def _row(at: str, row: list[str], names: list[str], mapper: Mapper) -> Record | Bad:
    raw = rows.raw(row)
    if len(row) != len(names):
        return Bad(at, f"The row has {len(row)} values where there are {len(names)} columns.", raw)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return Bad(at, "It holds bytes that are no UTF-8.", raw)
    return mapper.record(at, raw, dict(zip(names, row, strict=True)))


def read_xlsx(stream: io.BufferedReader, mapper: Mapper) -> Iterator[Record | Bad | Skipped]:
    from openpyxl import load_workbook  # half a second, which no other archive should wait

    with tempfile.SpooledTemporaryFile(1 << 26) as file:  # a spreadsheet is read from its end
        while data := stream.read(1 << 20):
            file.write(data)
        book = load_workbook(file, read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield from _sheet(sheet, mapper)


def _sheet(sheet: Any, mapper: Mapper) -> Iterator[Record | Bad]:
    names: list[str] | None = None
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        values = ["" if value is None else str(value) for value in row]
        if not any(values):
            continue
        at = f"sheet {sheet.title}, row {number}"
        if names is None:
            names = values
            if why := mapper.lacks(names):
                yield Bad(at, why)
                return
        else:
            cells = (values + [""] * len(names))[: len(names)]
            yield mapper.record(at, "\x1f".join(cells).encode(), dict(zip(names, cells, strict=True)))
