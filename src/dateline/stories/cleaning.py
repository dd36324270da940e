"""Untrusted HTML and text, made safe on the way in."""

import re
import unicodedata
from typing import Any

import nh3

LINK_SCHEMES = {"http", "https", "mailto"}
INLINE = nh3.Cleaner(
    tags={"a", "b", "bdi", "br", "em", "i", "p", "span", "strong", "sub", "sup"},
    attributes={"a": {"href", "hreflang"}, "span": {"lang", "dir"}, "bdi": {"dir"}, "p": {"dir"}},
    url_schemes=LINK_SCHEMES,
    link_rel="noopener",
)
BLOCKS = {
    "aside", "blockquote", "caption", "cite", "div", "dd", "dl", "dt", "figcaption", "figure", "footer", "h2", "h3",
    "h4", "hr", "img", "li", "ol", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
BODY = nh3.Cleaner(
    tags={"a", "b", "bdi", "br", "em", "i", "p", "span", "strong", "sub", "sup"} | BLOCKS,
    attributes={
        "a": {"href", "hreflang"},
        "span": {"lang", "dir"},
        "bdi": {"dir"},
        "p": {"dir"},
        "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
        "aside": {"data-news-id"},
    },
    allowed_classes={
        "aside": {"facts", "related"},
        "figure": {"picture", "embed", "table", "quote"},
        "p": {"embed"},
        "span": {"credit"},
    },
    url_schemes=LINK_SCHEMES,
    link_rel="noopener",
)

# C0 and C1 control characters but tab and newline, lone surrogates, and noncharacters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


# Letters and symbols that show nothing: Hangul fillers, the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")

# Characters that turn the direction of what follows, until another ends it: those of Unicode's embeddings, overrides
# and isolates. An override makes letters read backwards; no language needs one.
_OVERRIDES = "\u202d\u202e"
_ENDED_BY = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_ENDS = frozenset(_ENDED_BY.values())
_TURN = re.compile("[\u202a-\u202e\u2066-\u2069]")


def inline(html: str) -> str:
    """Keep paragraphs, emphasis and links of `html`; drop the rest, scripts and styles with their content."""
    return INLINE.clean(html)


def body(html: str) -> str:
    """Keep what a story's body may hold."""
    return BODY.clean(html)


def printable(value: str) -> str:
    """`value` without characters that no database, XML file or reader can take; line ends as newlines."""
    if value.isprintable():  # nearly every line
        return value
    return _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def text(value: str) -> str:
    """`value` as `printable`. What turns the direction of a line ends on that line, or is left out.

    It would turn all that comes behind.
    """
    if value.isprintable():
        return value
    value = printable(value)
    return "\n".join(map(_ended, value.split("\n"))) if _TURN.search(value) else value


def is_blank(value: str) -> bool:
    """Whether nothing in `value` can be seen: a mark needs a letter to stand on.

    A character that this Python's Unicode does not know yet, such as next year's emoji, can be seen.
    """
    return all(_shows_nothing(char) for char in printable(value))


def _shows_nothing(char: str) -> bool:
    category = unicodedata.category(char)
    return char in _BLANK or (category[0] in "CZM" and category != "Cn")


def every_text(value: Any) -> Any:
    """A block's raw value with each text in it cleaned."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        return {name: every_text(inner) for name, inner in value.items()}
    return [every_text(inner) for inner in value] if isinstance(value, list) else value


def line(value: str) -> str:
    """`value` as one line, single spaces between its words."""
    return " ".join(text(value).split())


def _ended(line: str) -> str:
    """The line without overrides, and without those turns that do not end on it."""
    kept, open_at = list(line), []
    for place, char in enumerate(line):
        if char in _OVERRIDES:
            kept[place] = ""
        elif char in _ENDED_BY:
            open_at.append(place)
        elif char in _ENDS:
            if open_at and _ENDED_BY[line[open_at[-1]]] == char:
                open_at.pop()
            else:
                kept[place] = ""
    for place in open_at:
        kept[place] = ""
    return "".join(kept)
