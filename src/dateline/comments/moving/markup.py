"""HTML from elsewhere as a reader would have typed it: paragraphs, `>` quotes, *emphasis*, links in full."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import nh3
from lxml import etree
from lxml import html as lxml_html

from dateline.stories import cleaning

# Scripts, styles and frames go with their content; of everything else the words stay.
_CLEANER = nh3.Cleaner(
    tags={"a", "b", "blockquote", "br", "del", "div", "em", "i", "li", "p", "pre", "strong"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https"},
    link_rel=None,
)
MOST_TAGS = 200
_BLOCKS = {"blockquote", "div", "li", "p", "pre"}
_STRESSED = {"b", "em", "i", "strong"}
_WITH_BREAKS = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_START = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<\?[^>]*>")  # the cleaner would leave out what follows it
_SPACES = re.compile(r"[ \t\r\f\v]+")


def typed(html: str) -> str:
    """`html` as plain text. Where it has no paragraphs of its own, line ends are what its writer typed."""
    html = cleaning.printable(html)
    if "<" not in html and "&" not in html:
        return html.strip()
    lines_are_typed = not _WITH_BREAKS.search(html)
    clean = _CLEANER.clean(_INSTRUCTION.sub("", html))
    if clean.count("<") > MOST_TAGS:  # deeper than a parser goes, it would leave out words
        return unescape(nh3.clean(clean, tags=set())).strip()
    try:
        root = lxml_html.fragment_fromstring(clean, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    writer = _Writer(lines_are_typed)
    writer.write(root)
    return writer.text()


class _Writer:
    """Goes through a tree without recursion, since comments are nested as deep as somebody likes."""

    def __init__(self, lines_are_typed: bool) -> None:
        self.lines_are_typed = lines_are_typed
        self.paragraphs: list[str] = []
        self.line = ""
        self.quoted = 0
        self.began: list[int] = []  # where the elements within the line began

    def write(self, root: etree._Element) -> None:
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                self._start(element)
            else:
                self._end(element)
                if element is not root:
                    self._add(element.tail or "")

    def text(self) -> str:
        self._break()
        return "\n\n".join(self.paragraphs)

    def _start(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._break()
        if element.tag == "blockquote":
            self.quoted += 1
        if element.tag == "br":
            self.line += "\n"
        self.began.append(len(self.line))
        self._add(element.text or "")

    def _end(self, element: etree._Element) -> None:
        began = self.began.pop()
        inside = self.line[began:]
        if element.tag in _STRESSED:
            self.line = self.line[:began] + _stressed(inside)
        elif element.tag == "a":
            self.line = self.line[:began] + _link(inside, element.get("href", ""))
        elif element.tag in _BLOCKS:
            self._break()
        if element.tag == "blockquote":
            self.quoted -= 1

    def _add(self, text: str) -> None:
        self.line += _SPACES.sub(" ", text if self.lines_are_typed else text.replace("\n", " "))

    def _break(self) -> None:
        lines = [line.strip() for line in self.line.strip().split("\n")]
        self.line, self.began = "", [0] * len(self.began)
        if any(lines):
            mark = "> " * min(self.quoted, 3)
            self.paragraphs.append("\n".join(mark + line if line else mark.rstrip() for line in lines))


def _stressed(words: str) -> str:
    """Between asterisks, if it can be typed so: on one line, and stressed once."""
    inner = words.strip()
    if not inner or "\n" in inner or "*" in inner or "://" in inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}*{inner}*{after}"


def _link(label: str, href: str) -> str:
    """A web address in full, after its words where these say anything else; of any other, the words."""
    href, shown = _unwrapped(href.strip()), label.strip()
    if not _SCHEME.match(href):
        return label
    if not shown or _START.sub("", href).startswith(_START.sub("", shown).rstrip("/.…")):
        return href  # its words are the address, often cut short
    return f"{label} ({href})"


def _unwrapped(href: str) -> str:
    """Where a link through Disqus's counter leads to."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.hostname not in ("disq.us", "redirect.disqus.com"):
        return href
    found = parse_qs(parts.query).get("url", [""])[0]
    return re.sub(r":[\w-]{20,}$", "", found) or href
