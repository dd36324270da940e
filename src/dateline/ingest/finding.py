"""Every document in what somebody wants to import."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dateline.stories import cleaning

from . import formats, html_blocks, sources
from .mapping import Mapper
from .records import WORKING_HEADLINE, Bad, Record, Skipped, first_sentence


class PassedOver(NamedTuple):
    """A file in a folder or an archive that no format takes, and why."""

    reason: str


Document = Record | Bad | Skipped | PassedOver


def documents(paths: list[Path], mapper: Mapper, name: str = "") -> Iterator[tuple[str, Document]]:
    """Each document with the name of its file, file by file; of the format `name`, or of whichever takes the file.

    A parser that breaks down is one more Bad. Reads no database.
    """
    for source in sources.find(paths):
        if isinstance(source, Bad):
            yield source.position, Bad("the file", source.reason)
            continue
        head = source.stream.peek(1 << 16)
        records = formats.read(source, mapper, name=name)
        if records is not None:
            for document in _whole(records):
                yield source.name, _ready(document) if isinstance(document, Record) else document
        elif source.named:
            yield source.name, Bad("the file", _refusal(head))
        else:
            yield source.name, PassedOver(_refusal(head))


def weight(found: tuple[str, Document]) -> int:
    """About how many bytes it holds."""
    return len(getattr(found[1], "raw", b""))


def _ready(record: Record) -> Record | Bad:
    """The record with what is made from its body alone: a headline where it has none, and the body as it is stored."""
    try:
        if cleaning.is_blank(cleaning.line(record.headline)):
            record.headline = first_sentence(html_blocks.plain(record.body))
            record.doubt(WORKING_HEADLINE)
        record.stored, record.body = record.blocks(), []
    except (ValueError, TypeError, RecursionError) as error:
        return Bad(record.position, f"It cannot be kept: {error}. Mend it, and import it again.", record.raw)
    return record


def _whole(records: formats.Found) -> formats.Found:
    try:
        yield from records
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        yield Bad("the rest", f"It is cut off or damaged ({error}). Get the whole file and import it again.")


def _refusal(head: bytes) -> str:
    return f"No format takes it. {formats.refusal(head)}"
