"""Texts as they stand in a feed: plain, whole, and safe in whatever a reader puts around them."""

import re
import unicodedata

from dateline.stories import cleaning, languages, pictures

FSI, PDI = "\u2068", "\u2069"  # first strong isolate, pop directional isolate (UAX 9)
# Embeddings, overrides and isolates that a text brought along: one left open would turn what follows around.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """`text` without what XML, JSON readers or the next text could stumble over. Line ends stay."""
    return _DIRECTIONS.sub("", cleaning.text(text))


def line(text: str) -> str:
    return " ".join(plain(text).split())


def title(text: str, *, language: str, around: str) -> str:
    """`text` as one line for a list in the language `around`.

    Between FSI and PDI where it runs the other way, or both ways: a title has no `dir` of its own in any feed format.
    """
    text = line(text)
    outside = languages.direction(around)
    if languages.direction(language) == outside and not _holds(text, other_than=outside):
        return text
    return f"{FSI}{text}{PDI}"


def _holds(text: str, *, other_than: str) -> bool:
    """Whether any letter of `text` runs against that direction."""
    against = ("L",) if other_than == "rtl" else ("R", "AL")
    return not (text.isascii() and other_than == "ltr") and any(unicodedata.bidirectional(c) in against for c in text)


_TAG = re.compile(r'<[a-zA-Z](?:[^>"]|"[^"]*")*>')
_ADDRESS = re.compile(r'(\s(?:href|src)=")(/[^"]*)"')
_SRCSET = re.compile(r'(\ssrcset=")([^"]*)"')
_RELATED = re.compile(r'<aside class="related"[^>]*></aside>\s*')


def absolute_html(html: str) -> str:
    """A stored body for those who are not on the site: whole addresses, no empty places for related stories."""
    return _TAG.sub(_absolute_tag, _RELATED.sub("", plain(html)))


def _absolute_tag(tag: re.Match[str]) -> str:
    text = _ADDRESS.sub(lambda found: f'{found[1]}{pictures.absolute(found[2])}"', tag[0])
    return _SRCSET.sub(lambda found: f'{found[1]}{_absolute_set(found[2])}"', text)


def _absolute_set(srcset: str) -> str:
    return ", ".join(pictures.absolute(part.strip()) for part in srcset.split(",") if part.strip())
