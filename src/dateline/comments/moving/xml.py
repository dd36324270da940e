"""XML from elsewhere, an element at a time: nothing is expanded, nothing is fetched, and memory does not grow."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from .records import Bad

_CUT = {etree.ErrorTypes.ERR_TAG_NOT_FINISHED, etree.ErrorTypes.ERR_CDATA_NOT_FINISHED}


def elements(stream: BinaryIO, wanted: set[tuple[str, str]]) -> Iterator[etree._Element | Bad]:
    """The elements of these local names, each with its parent's, as they end; what is broken is told at the end.

    What the end of the file cuts off is not among them: the next import of the whole file would take it for known. A
    file that declares a document type is refused: no export has one, and entities are declared there.
    """
    events = etree.iterparse(
        _Printable(stream),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for number, (event, element) in enumerate(events):
            if number == 0 and element.getroottree().docinfo.doctype:
                yield Bad("the file", "It declares a document type, as no export does. Take <!DOCTYPE ...> out.")
                return
            parent = element.getparent()
            if event == "start" or parent is None or (local(parent), local(element)) not in wanted:
                continue
            if any(entry.type in _CUT for entry in events.error_log):
                break
            yield element
            _forget(element)
    except etree.XMLSyntaxError as error:
        yield Bad(f"line {error.lineno or 1}", f"It is no XML from here on ({error.msg}). Get the whole file.")
        return
    yield from _broken(events)


class _Printable:
    """A stream without the control characters that no XML may hold, and that exports hold all the same."""

    _CONTROL = bytes.maketrans(bytes({*range(32)} - {9, 10, 13}), b" " * 29)

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.wide: bool | None = None  # two bytes a character: these are left to the parser

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        if self.wide is None:
            self.wide = data[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
        return data if self.wide else data.translate(self._CONTROL)


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def texts(element: etree._Element) -> dict[str, str]:
    """The text of each child, by its local name; of several the first."""
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(local(child), (child.text or "").strip())
    return found


def _forget(element: etree._Element) -> None:
    """Let go of it and of its like before it; what its parent says of itself stays."""
    element.clear()
    parent, before = element.getparent(), element.getprevious()
    while parent is not None and before is not None and before.tag == element.tag:
        parent.remove(before)
        before = element.getprevious()


def _broken(events: etree.iterparse) -> Iterator[Bad]:
    """The first of what the parser passed over. One fault makes it complain of many."""
    errors = [entry for entry in events.error_log if entry.level >= etree.ErrorLevels.ERROR]
    if errors:
        first, more = errors[0], f", and {len(errors) - 1:,} faults more" if len(errors) > 1 else ""
        reason = f"The XML is broken here ({first.message.strip()}){more}. What could be read was taken in."
        yield Bad(f"line {first.line}", reason)
