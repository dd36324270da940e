"""HTML from elsewhere as a story's blocks."""

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from dateline.stories import cleaning

from .records import Block, paragraph

_TAG = re.compile(r"<[a-zA-Z!/][^>]*>")
_INLINE = {
    "a",
    "b",
    "strong",
    "i",
    "em",
    "sub",
    "sup",
    "span",
    "bdi",
    "br",
    "u",
    "small",
    "code",
    "abbr",
    "time",
    "font",
    "mark",
}
_DROP = {
    "script",
    "style",
    "noscript",
    "iframe",
    "object",
    "embed",
    "form",
    "button",
    "svg",
    "head",
    "template",
    "title",
}


def is_html(text: str) -> bool:
    return bool(
        re.search(r"<(?:p|br|div|h[1-6]|ul|ol|table|blockquote|body|span|a|b|i|em|strong)\b[^>]*>", text, re.IGNORECASE)
    )


def without_tags(text: str) -> str:
    return html.unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text


def plain(blocks: list[Block]) -> str:
    return " ".join(without_tags(str(block["value"])) for block in blocks if block["type"] in ("paragraph", "heading"))


def read(text: str) -> list[Block]:
    """Paragraphs, headings, lists, quotes and tables; of the rest the words. Scripts and styles go with their content."""
    if not text.strip():
        return []
    try:
        root = lxml_html.fragment_fromstring(cleaning.text(text), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return [paragraph(without_tags(text))]
    etree.strip_elements(root, *_DROP, etree.Comment, with_tail=False)
    return list(_blocks(root))


def _blocks(parent: etree._Element) -> Iterator[Block]:
    running = html.escape(parent.text or "", quote=False)
    for child in parent:
        if not isinstance(child.tag, str):
            running += html.escape(child.tail or "", quote=False)
            continue
        if child.tag in _INLINE:
            running += etree.tostring(child, encoding="unicode", method="html")
            continue
        yield from _paragraph(running)
        running = html.escape(child.tail or "", quote=False)
        yield from _block(child)
    yield from _paragraph(running)


def _block(element: etree._Element) -> Iterator[Block]:
    words = " ".join(" ".join(element.itertext()).split())
    match element.tag:
        case "p":
            inner = html.escape(element.text or "", quote=False)
            inner += "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
            yield from _paragraph(inner)
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if words:
            yield {"type": "heading", "value": words}
        case "ul" | "ol":
            items = [" ".join(" ".join(item.itertext()).split()) for item in element.iter("li")]
            if any(items):
                yield {"type": "list", "value": [item for item in items if item]}
        case "blockquote" if words:
            yield {"type": "quote", "value": {"quote": words, "speaker": ""}}
        case "table":
            yield from _table(element)
        case _:
            yield from _blocks(element)


def _paragraph(inner: str) -> Iterator[Block]:
    clean = cleaning.inline(inner).strip()
    if clean and _TAG.sub("", clean).strip():
        yield {"type": "paragraph", "value": clean if clean.startswith("<p") else f"<p>{clean}</p>"}


def _table(element: etree._Element) -> Iterator[Block]:
    rows = [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row.iter("td", "th")] for row in element.iter("tr")
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    width = max(map(len, rows))
    head, *rest = [row + [""] * (width - len(row)) for row in rows]
    yield {
        "type": "table",
        "value": {
            "columns": [{"type": "text", "heading": cell} for cell in head],
            "rows": [{"values": row} for row in rest],
            "caption": "",
        },
    }
