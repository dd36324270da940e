"""Rows: CSV and TSV, spreadsheets, JSON Lines, JSON arrays."""

import csv
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import ijson
from openpyxl import load_workbook

from . import ninjs_items
from .mapping import Mapper
from .records import Bad, Record, Skipped

csv.field_size_limit(min(sys.maxsize, 1 << 27))
LINE = 1 << 26  # bytes of one line that are read


def fits_json_lines(head: bytes) -> bool:
    line = head.lstrip().split(b"\n", 1)[0].strip()
    return line.startswith(b"{") and (line.endswith(b"}") or len(line) > 60_000)


def fits_json(head: bytes) -> bool:
    return head.lstrip()[:1] in (b"[", b"{")


def fits_table(head: bytes) -> bool:
    """Whether the first lines have the same separator, more than once."""
    lines = [line for line in head.decode("utf-8", "ignore").splitlines()[:2] if line.strip()]
    return bool(lines) and any(lines[0].count(mark) for mark in ",;\t") and b"<" not in head.lstrip()[:1]


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
        elif line.strip():
            try:
                yield _object(at, line.strip(), json.loads(line), mapper)
            except (ValueError, RecursionError) as error:
                yield Bad(at, f"It is no JSON: {error}.", line)


def read_json(stream: io.BufferedReader, mapper: Mapper) -> Iterator[Record | Bad | Skipped]:
    """An array of objects, read one by one; or one object; or an object with such an array in it."""
    prefix = _where(stream)
    number = 0
    try:
        for number, value in enumerate(ijson.items(stream, prefix, use_float=True), 1):
            yield _object(
                f"item {number}", json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), value, mapper
            )
    except ijson.IncompleteJSONError as error:
        yield Bad(
            f"after item {number}", f"The file is cut off or is no JSON from here on: {str(error).splitlines()[0]}."
        )
    except (ijson.JSONError, UnicodeDecodeError, RecursionError) as error:
        yield Bad(f"after item {number}", f"It is no JSON from here on: {str(error).splitlines()[0]}.")


def _where(stream: io.BufferedReader) -> str:
    head = stream.peek(1 << 16).lstrip()
    if head.startswith(b"["):
        return "item"
    for name in (b"articles", b"items", b"stories", b"news", b"data", b"results", b"documents"):
        if b'"' + name + b'":' in head.replace(b" ", b"")[:400] and b'"' + name + b'":[' in head.replace(
            b" ", b""
        ).replace(b"\n", b""):
            return name.decode() + ".item"
    return ""


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
    text = io.TextIOWrapper(stream, "utf-8", errors="surrogateescape", newline="")
    head = stream.peek(1 << 16)[: 1 << 16].decode("utf-8", "ignore")
    first = head.splitlines()[0] if head.strip() else ""
    rows = csv.reader(text, delimiter=max(",;\t|", key=first.count), strict=True)
    names: list[str] | None = None
    while True:
        at = f"line {rows.line_num + 1}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Bad(at, f"The row cannot be read: {error}.")
            continue
        if names is None:
            names = [str(number) for number in range(1, len(row) + 1)] if mapper.positional else row
            if why := mapper.lacks(names):
                yield Bad(at, why)
                return
            if not mapper.positional:
                continue
        if any(row):
            yield _row(at, row, names, mapper)


def _row(at: str, row: list[str], names: list[str], mapper: Mapper) -> Record | Bad:
    raw = "\x1f".join(row).encode("utf-8", "surrogateescape")
    if len(row) != len(names):
        return Bad(at, f"The row has {len(row)} values where there are {len(names)} columns.", raw)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return Bad(at, "It holds bytes that are no UTF-8.", raw)
    return mapper.record(at, raw, dict(zip(names, row, strict=True)))


def read_xlsx(stream: io.BufferedReader, mapper: Mapper) -> Iterator[Record | Bad | Skipped]:
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
