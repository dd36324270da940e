"""The light formatting of a letter: paragraphs, quotes, links and emphasis. Everything else is shown as typed.

    A blank line ends a paragraph.
    > A line that begins so is quoted.
    https://a.example/ is a link, and *this* and _this_ are stressed.

What readers typed is kept as they typed it; the HTML is made from it, and cleaned by nh3 as the last step, so that a
mistake here cannot let through what is not on its list. Why no Markdown: docs/decisions/0008-light-formatting.md.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import SplitResult, urlsplit

import nh3
from django.utils.html import escape

QUOTES = 3  # how deep they go; what is quoted deeper keeps its > as typed
PATH_SHOWN = 32  # characters of a link's path
# Made by us: for search engines (nofollow, ugc: a reader's), and no way back into our page for the other one.
LINK_REL = "nofollow ugc noopener"
CLEANER = nh3.Cleaner(
    tags={"a", "blockquote", "br", "em", "p"},
    attributes={"a": {"href"}},
    tag_attribute_values={"p": {"dir": {"auto"}}},
    url_schemes={"http", "https"},
    link_rel=LINK_REL,
)


def html(text: str) -> str:
    """`text` as the HTML of a letter: p, blockquote, br, em and a, and no other attribute than dir, href and rel."""
    return CLEANER.clean("".join(_blocks(_lines(text), 0)))


Line = tuple[int, str]  # how deep it is quoted, and its words


def _lines(text: str) -> list[Line]:
    return [_line(line.strip()) for line in text.split("\n")]


def _line(line: str) -> Line:
    depth = 0
    while depth < QUOTES and line.startswith(">"):
        depth, line = depth + 1, line[1:].lstrip()
    return depth, line


def _blocks(lines: list[Line], depth: int) -> Iterator[str]:
    """The paragraphs at this depth, and the quotes within, each once."""
    for deeper, run in groupby(lines, key=lambda line: line[0] > depth):
        if deeper:
            inside = "".join(_blocks(list(run), depth + 1))
            yield f"<blockquote>{inside}</blockquote>" if inside else ""
        else:
            yield from _paragraphs(words for _depth, words in run)


def _paragraphs(lines: Iterator[str]) -> Iterator[str]:
    for blank, paragraph in groupby(lines, key=lambda words: not words):
        if not blank:
            yield f'<p dir="auto">{"<br>".join(_inline(line) for line in paragraph)}</p>'


# -- Within a line --------------------------------------------------------------------------------------------------------

# An address ends at a space, at what HTML or a quotation puts around it, and at characters that are not seen.
_ADDRESS = r"(?<![^\W_])https?://[^\s<>\"“”«»‘’\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]++"
# Neither looks beyond the next mark of its kind: however many there are, a line is read in proportion to its length.
_STARS, _LOW = r"\*(?=[^\s*])[^*]++(?<!\s)\*", r"_(?=[^\s_])[^_]++(?<!\s)_"
_SPECIAL = re.compile(f"{_ADDRESS}|{_STARS}|{_LOW}", re.IGNORECASE)
_IN_STARS, _NOTHING = re.compile(_LOW), re.compile(r"(?!)")
_AFTER = ".,;:!?'…،؛؟。、！？*_"  # belongs to the sentence, not to an address that it ends with
_CLOSING = {")": "(", "]": "[", "}": "{"}
_JOINERS = "\u200c\u200d_*"


def _inline(line: str, special: re.Pattern[str] = _SPECIAL) -> str:
    parts: list[str] = []
    end = 0
    while found := special.search(line, end):
        parts.append(escape(line[end : found.start()]))
        shown, end = _emphasis(found) if found[0][0] in "*_" else _address(found)
        parts.append(shown)
    return "".join([*parts, escape(line[end:])])


def _emphasis(found: re.Match[str]) -> tuple[str, int]:
    """What is shown for a mark, and where the line goes on: within a word, or over an address, it is only a mark."""
    mark, inside = found[0][0], found[0][1:-1]
    if "://" in inside or _in_a_word(found.string, found.start() - 1) or _in_a_word(found.string, found.end()):
        return mark, found.start() + 1
    return f"<em>{_inline(inside, _IN_STARS if mark == '*' else _NOTHING)}</em>", found.end()


def _address(found: re.Match[str]) -> tuple[str, int]:
    address = _without_sentence(found[0])
    return _link(address), found.start() + len(address)


def _in_a_word(line: str, place: int) -> bool:
    """Whether a letter, a mark on one, a number or what joins letters stands at `place`."""
    if not 0 <= place < len(line):
        return False
    return unicodedata.category(line[place])[0] in "LMN" or line[place] in _JOINERS


def _without_sentence(address: str) -> str:
    """`address` without the full stop and the bracket that belong to the sentence around it."""
    unopened = {mark: address.count(mark) - address.count(opening) for mark, opening in _CLOSING.items()}
    end = len(address)
    while address[end - 1] in _AFTER or unopened.get(address[end - 1], 0) > 0:
        end -= 1
        if address[end] in unopened:
            unopened[address[end]] -= 1
    return address[:end]


def _link(address: str) -> str:
    try:
        parts = urlsplit(address)
        name = _host(parts)
    except ValueError:  # no host, a port that is no number, a name that no name server can hold
        return escape(address)
    after = address[len(parts.scheme) + 3 + len(parts.netloc) :]
    shown = name + ("" if after == "/" else after if len(after) <= PATH_SHOWN else after[:PATH_SHOWN] + "…")
    link = f'<a href="{escape(address)}" rel="{LINK_REL}">{escape(shown)}</a>'
    return link if " href=" in CLEANER.clean(link) else escape(address)  # browsers would see no host in it


# Scripts of which no letter looks like one of another: a name in them may be shown as it is typed.
_READS_AS_ITSELF = ("ARABIC", "HEBREW", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "DEVANAGARI", "BENGALI", "THAI")


def _host(parts: SplitResult) -> str:
    """The host that the link leads to, whole: what stands before an @ is no host, and раураl is not paypal.

    Raises ValueError for what is none.
    """
    host = parts.hostname or ""
    if parts.username is not None or not host.strip("."):
        raise ValueError
    coded = host if ":" in host else host.encode("idna").decode("ascii")
    itself = all(char.isascii() or unicodedata.name(char, "").startswith(_READS_AS_ITSELF) for char in host)
    port = f":{parts.port}" if parts.port is not None else ""
    return (f"[{host}]" if ":" in host else host if itself else coded) + port
