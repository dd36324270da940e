"""Where in a text the words that were looked for stand.

The text is the story's own, letter for letter; it is compared folded, so a word is marked however it was typed.
"""

import re
import unicodedata
from collections.abc import Sequence

from markupsafe import Markup, escape

from dateline.stories import folding

from .questions import Term

EXCERPT = 240  # characters, about
READ = 100_000  # characters of a text that are looked through
MOST_MARKS = 1_000  # in one text

# An excerpt may begin or end inside an embedding or isolate; these would then turn what follows around.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")

Range = tuple[int, int]
Found = list[tuple[Range, int]]  # and the number of the term


class Marker:
    """Marks the terms of one question in any number of texts."""

    def __init__(self, terms: Sequence[Term]) -> None:
        one_of = "|".join(f"({_pattern(term)})" for term in terms)
        self._pattern = re.compile(f"(?<![^ {_JOIN}])(?:{one_of})(?![^ {_JOIN}])") if terms else None

    def marked(self, text: str) -> Markup:
        """`text` escaped, with what was looked for in <mark>."""
        text, found = self._find(text)
        return _with_marks(text, found, 0, len(text))

    def excerpt(self, texts: Sequence[str]) -> Markup:
        """The passage with most of the terms, from the first of `texts` that has any; else how the first begins."""
        start = ""
        for whole in texts:
            text, found = self._find(whole)
            start = start or text
            if found:
                return _passage(text, found)
        return _passage(start, [])

    def _find(self, text: str) -> tuple[str, Found]:
        """The text as it is shown, and where the terms stand in it, in order."""
        located = folding.Located(_DIRECTIONS.sub("", text[:READ]))
        found: Found = []
        for match in self._pattern.finditer(located.folded) if self._pattern else ():
            found.append((located.original(*match.span()), match.lastindex or 0))
            if len(found) == MOST_MARKS:
                break
        return located.text, found


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
    return f"{compound}|{' '.join(word)} ?" if 2 <= len(word) <= 5 else compound


def _passage(text: str, found: Found) -> Markup:
    """About `EXCERPT` characters around the place where most different terms stand close together."""
    best, most = 0, 0
    for number, ((start, _), _) in enumerate(found[:100]):
        near = {term for (_, end), term in found[number : number + 30] if end <= start + EXCERPT * 3 // 4}
        if len(near) > most:
            best, most = start, len(near)
    begin = _word_start(text, max(0, best - EXCERPT // 4))
    end = _word_end(text, begin + EXCERPT)
    passage = _with_marks(text, found, begin, end)
    return Markup("{}{}{}").format("… " if begin else "", passage, " …" if end < len(text) else "")


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
    parts: list[Markup] = []
    for (start, stop), _ in found:
        start, stop = max(start, begin), min(stop, end)
        if start < stop:
            parts += [escape(text[begin:start]), Markup("<mark>"), escape(text[start:stop]), Markup("</mark>")]
            begin = stop
    return Markup("").join([*parts, escape(text[begin:end])])
