"""A story's body, rendered once: the moment it is published."""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape

from wagtail.rich_text import expand_db_html

from . import cleaning, pictures

Block = dict  # {"type": name, "value": raw value}, as a StreamField keeps it


def html(blocks: Iterable[Block]) -> str:
    """The blocks as clean HTML. A block that no longer makes sense (its picture is gone) is left out.

    A related story is an empty `<aside class="related" data-news-id="N">`: whoever shows the body fills in
    the headline as it then stands, since the related story may be corrected or killed meanwhile.
    """
    rendered = "\n".join(filter(None, (_RENDER[b["type"]](b["value"]) for b in blocks if b["type"] in _RENDER)))
    return cleaning.text(cleaning.body(rendered))  # an entity such as &#x202e; is a character only now


def text(body_html: str) -> str:
    """The words of a rendered body, a line for each block."""
    return _SPACES.sub("\n", unescape(_TAG.sub("", _END.sub("\n", body_html)))).strip()


def related(blocks: Iterable[Block]) -> list[int]:
    """The News IDs that the body points to, in order."""
    return [int(block["value"]) for block in blocks if block["type"] == "related" and block["value"]]


RELATED = re.compile(r'<aside class="related" data-news-id="(\d+)"></aside>')
_END = re.compile(r"</(?:p|h\d|li|blockquote|figcaption|td|th|tr|caption|cite)>|<br ?/?>")
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t]*\n\s*")


def _paragraph(value: str) -> str:
    if "linktype=" in value or "<embed" in value:
        value = expand_db_html(value)
    value = cleaning.inline(value)
    return value if value.lstrip().startswith("<p") else f"<p>{value}</p>" if value.strip() else ""


def _heading(value: str) -> str:
    return f"<h2>{escape(value)}</h2>"


def _quote(value: dict) -> str:
    speaker = f"<footer><cite>{escape(value['speaker'])}</cite></footer>" if value.get("speaker") else ""
    words = "".join(f"<p>{escape(line)}</p>" for line in value.get("quote", "").splitlines() if line.strip())
    return f"<blockquote>{words}{speaker}</blockquote>"


def _image(value: dict) -> str:
    tag = pictures.tag(value.get("image"), alt=value.get("alt") or "")
    if not tag:
        return ""
    credit = f' <span class="credit">{escape(value["credit"])}</span>' if value.get("credit") else ""
    caption = escape(value.get("caption") or "")
    return f'<figure class="picture">{tag}<figcaption>{caption}{credit}</figcaption></figure>'


def _list(value: list) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in _items(value)) + "</ul>"


def _items(value: list) -> list[str]:
    """A ListBlock's raw value: plain values, or {"type": "item", "value": ...} since Wagtail 2.16."""
    return [item["value"] if isinstance(item, dict) else item for item in value]


def _table(value: dict) -> str:
    head = "".join(f'<th scope="col">{escape(column.get("heading") or "")}</th>' for column in value["columns"])
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row["values"]) + "</tr>" for row in value["rows"]
    )
    caption = f"<caption>{escape(value['caption'])}</caption>" if value.get("caption") else ""
    return f'<figure class="table"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></figure>'


def _embed(value: dict) -> str:
    return f'<p class="embed"><a href="{escape(value["url"])}">{escape(value.get("title") or value["url"])}</a></p>'


def _related(value: int | None) -> str:
    return f'<aside class="related" data-news-id="{int(value)}"></aside>' if value else ""


def _facts(value: dict) -> str:
    facts = "".join(f"<li>{escape(item)}</li>" for item in _items(value["items"]))
    return f'<aside class="facts"><h2>{escape(value["title"])}</h2><ul>{facts}</ul></aside>'


_RENDER: dict[str, Callable[..., str]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "quote": _quote,
    "image": _image,
    "list": _list,
    "table": _table,
    "embed": _embed,
    "related": _related,
    "facts": _facts,
}
