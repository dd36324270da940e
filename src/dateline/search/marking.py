"""Show where the words that were asked for stand, in the text as it was written."""

import re
from collections.abc import Collection, Iterator

from markupsafe import Markup, escape

from dateline.stories import folding

LENGTH = 240  # characters of an excerpt, about
# What may be one word as written: letters, digits and the marks and joiners between them.
_WRITTEN = re.compile(r"[^\W_](?:[\w\u200c\u200d\u0640'’ʼ׳״]*[^\W_]|[\w\u0300-\u036f\u064b-\u065f]*)")


def mark(text: str, wanted: Collection[str]) -> Markup:
    """`text` escaped, with the wanted words in <mark>."""
    result, end = Markup(), 0
    for start, stop in _places(text, wanted):
        result += escape(text[end:start]) + Markup("<mark>") + escape(text[start:stop]) + Markup("</mark>")
        end = stop
    return result + escape(text[end:])


def excerpt(texts: list[str], wanted: Collection[str]) -> Markup:
    """A passage around the first wanted word of the first text that has one; the beginning otherwise."""
    for text in texts:
        first = next(_places(text, wanted), None)
        if first:
            start = max(0, first[0] - LENGTH // 3)
            if start:
                start = text.find(" ", start, first[0]) + 1 or start
            return _dots(start) + mark(_cut(text[start:]), wanted) + _dots(len(text) - start > LENGTH)
    text = next(filter(None, texts), "")
    return escape(_cut(text)) + _dots(len(text) > LENGTH)


def _cut(text: str) -> str:
    if len(text) <= LENGTH:
        return text
    return text[:LENGTH].rsplit(" ", 1)[0]


def _dots(there_is_more: object) -> Markup:
    return Markup("…") if there_is_more else Markup()


def _places(text: str, wanted: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where in `text` a wanted word stands, from and to; in scripts without spaces, each wanted character."""
    whole = {word for word in wanted if not word.endswith("*")}
    opened = tuple(word[:-1] for word in wanted if word.endswith("*"))
    for written in _WRITTEN.finditer(text):
        tokens = folding.words(written[0])
        if len(tokens) == 1:
            if tokens[0] in whole or (opened and tokens[0].startswith(opened)):
                yield written.span()
            continue
        for place, char in enumerate(written[0], written.start()):
            if folding.fold(char) in whole:
                yield place, place + 1
