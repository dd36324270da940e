"""Untrusted HTML and text, made safe on the way in."""

import re

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


def inline(html: str) -> str:
    """Keep paragraphs, emphasis and links of `html`; drop the rest, scripts and styles with their content."""
    return INLINE.clean(html)


def body(html: str) -> str:
    """Keep what a story's body may hold."""
    return BODY.clean(html)


def text(value: str) -> str:
    """`value` without characters that no database, XML file or reader can take; line ends as newlines."""
    return _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def line(value: str) -> str:
    """`value` as one line, single spaces between its words."""
    return " ".join(text(value).split())
