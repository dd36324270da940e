"""Where in a text the words that were looked for stand.

The text is the story's own, letter for letter; it is compared folded, so a word is marked however it was typed.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import islice

from markupsafe import Markup, escape

from dateline.stories import folding

from .questions import Term

EXCERPT = 240  # characters, about
READ = 100_000  # characters of a text that are looked through
READ_FIRST = 2_000  # and no more, where a passage in these has all that was looked for
MOST_MARKS = 1_000  # in one text

# An excerpt may begin or end inside an embedding or isolate; these would then turn what follows around. And what stands
# for the marks until a text is escaped stands for nothing else.
_LEFT_OUT = re.compile("[\u202a-\u202e\u2066-\u2069\x02\x03]")
_MARK, _END = "\x02", "\x03"

Range = tuple[int, int]
Found = list[tuple[Range, int]]  # and the number of the term


class Marker:
    """Marks the terms of one question in any number of texts."""

    def __init__(self, terms: Sequence[Term]) -> None:
        one_of = "|".join(f"({_pattern(term)})" for term in terms)
        # What stands before a word is matched with it, not looked back at: so `re` leaps from word to word.
        self._pattern = re.compile(f"[ {_JOIN}](?:{one_of})(?![^ {_JOIN}])") if terms else None
        self._terms = len(terms)

    def marked(self, text: str) -> Markup:
        """`text` escaped, with what was looked for in <mark>."""
        text = _shown(text[:READ])
        return _with_marks(text, self._all(text), 0, len(text))

    def excerpt(self, texts: Sequence[str]) -> Markup:
        """The passage with most of the terms, from the first of `texts` that has any; else how the first begins.

        Where the beginning of a text has a passage with all of them, the rest is not read.
        """
        start = ""
        for whole in texts:
            text = _shown(whole[: READ_FIRST + 2 * EXCERPT])
            found = self._all(text[: _word_end(text, READ_FIRST)])
            most, best = _densest(found, self._terms)
            if len(whole) > READ_FIRST and (most < self._terms or best + 2 * EXCERPT > len(text)):
                text = _shown(whole[:READ])
                found = self._all(text)
                most, best = _densest(found, self._terms)
            start = start or text
            if found:
                return _passage(text, found, best)
        return _passage(start, [], 0)

    def _all(self, text: str) -> Found:
        """Where the terms stand, in order."""
        if not self._pattern:
            return []
        located = folding.Located(text)
        matches = islice(self._pattern.finditer(f" {located.folded}"), MOST_MARKS)
        spans = ((match.span(term), term) for match in matches if (term := match.lastindex))
        return [(located.original(start - 1, end - 1), term) for (start, end), term in spans]


def _shown(text: str) -> str:
    plain = text.isascii() and _MARK not in text and _END not in text
    return text if plain else folding.composed(_LEFT_OUT.sub("", text))


_JOIN = re.escape(folding.JOINER)
_BETWEEN = f"[ {_JOIN}]+"


def _pattern(term: Term) -> str:
    """What `term` looks like in a folded text. Folded words are letters and digits: none means anything to `re`."""
    rest = f"[^ {_JOIN}]*"
    parts = [part + (rest if len(part) == folding.LONGEST else "") for part in term.parts]
    if term.starts:
        parts[-1] += rest
    phrase = _BETWEEN.join(parts)
    wholes = term.whole or (term.parts if len(term.parts) == 1 and not term.starts else ())
    return "|".join([*map(_compound, wholes), phrase])


def _compound(word: str) -> str:
    """`sanaa` as in Sana'a; `us` as in U.S."""
    compound = f"{_JOIN}?".join(word)
    # The last full stop is a space that no word needs before it.
    return f"{compound}|{' '.join(word)}(?: (?=[ {_JOIN}]|$))?" if 2 <= len(word) <= 5 else compound


def _passage(text: str, found: Found, best: int) -> Markup:
    """About `EXCERPT` characters around `best`."""
    begin = _word_start(text, max(0, best - EXCERPT // 4))
    end = _word_end(text, begin + EXCERPT)
    passage = _with_marks(text, found, begin, end)
    return ("… " if begin else "") + passage + (" …" if end < len(text) else "")


def _densest(found: Found, terms: int) -> tuple[int, int]:
    """How many of the terms stand close together, where most do, and from where on."""
    best, most = 0, 0
    for number, ((start, _), _) in enumerate(found[:100]):
        near = {term for (_, end), term in found[number : number + 30] if end <= start + EXCERPT * 3 // 4}
        if len(near) > most:
            best, most = start, len(near)
        if most == terms:
            break
    return most, best


def _word_start(text: str, at: int) -> int:
    """Where the next word begins, if that is near."""
    space = _SPACE.search(text, at, at + 30) if at else None
    return space.end() if space else _after_marks(text, at)


def _word_end(text: str, at: int) -> int:
    """Where the last word that fits ends, if that is near."""
    if at >= len(text):
        return len(text)
    space = max(text.rfind(space, at - 30, at) for space in " \n")
    return space if space > 0 else _after_marks(text, at)


def _after_marks(text: str, at: int) -> int:
    """Not between a letter and the marks on it, as far as sense goes."""
    return next((n for n in range(at, min(at + 10, len(text))) if unicodedata.category(text[n])[0] != "M"), at)


_SPACE = re.compile(r"\s+")


def _with_marks(text: str, found: Found, begin: int, end: int) -> Markup:
    """Escaped once, in one piece."""
    parts: list[str] = []
    for (start, stop), _ in found:
        start, stop = max(start, begin), min(stop, end)
        if start < stop:
            parts += (text[begin:start], _MARK, text[start:stop], _END)
            begin = stop
        if stop == end:
            break
    escaped = str(escape("".join([*parts, text[begin:end]])))
    return Markup(escaped.replace(_MARK, "<mark>").replace(_END, "</mark>"))  # noqa: S704
