"""Where in a text the words that were looked for stand.

The text is the story's own, letter for letter; it is compared folded, so a word is marked however it was typed.
"""

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from dateline.stories import folding

from .questions import Term

EXCERPT = 240  # characters, about
READ = 100_000  # characters of a text that are looked through

# An excerpt may begin or end inside an embedding or isolate; these would then turn what follows around.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")

Range = tuple[int, int]


def marked(text: str, terms: Sequence[Term]) -> Markup:
    """`text` escaped, with what `terms` mean in <mark>."""
    text = folding.composed(_DIRECTIONS.sub("", text))
    return _with_marks(text, _merged(_ranges(text, terms)), 0, len(text))


def excerpt(texts: Sequence[str], terms: Sequence[Term]) -> Markup:
    """The passage with most of `terms`, from the first of `texts` that has any; else how the first begins."""
    start = ""
    for text in texts:
        text = folding.composed(_DIRECTIONS.sub("", text[:READ]))
        start = start or text
        found = _ranges(text, terms)
        if found:
            return _passage(text, found)
    return _passage(start, [])


def _ranges(text: str, terms: Sequence[Term]) -> list[tuple[Range, int]]:
    """Where each term stands, with the term's number, in order."""
    words, wholes = folding.spans(text)
    at: dict[str, list[int]] = {}
    for number, span in enumerate(words):
        at.setdefault(span.word, []).append(number)
    found = []
    for number, term in enumerate(terms):
        found += [(place, number) for place in _phrases(term, words, at)]
        one_word = {*term.whole, *(term.parts if len(term.parts) == 1 else ())}
        for span in wholes:
            if span.word in one_word or (term.starts and len(term.parts) == 1 and span.word.startswith(term.parts[0])):
                found.append(((span.start, span.end), number))
        for whole in term.whole:
            found += [((words[n].start, words[n].end), number) for n in at.get(whole, ())]
    return sorted(found)


def _phrases(term: Term, words: list[folding.Span], at: dict[str, list[int]]) -> Iterable[Range]:
    *first, last = term.parts
    if term.starts and not first:
        return [(span.start, span.end) for span in words if span.word.startswith(last)]
    length = len(term.parts)
    return [
        (words[n].start, words[n + length - 1].end)
        for n in at.get(term.parts[0], ())
        if n + length <= len(words)
        and all(words[n + i].word == part for i, part in enumerate(first))
        and (words[n + length - 1].word == last or (term.starts and words[n + length - 1].word.startswith(last)))
    ]


def _passage(text: str, found: list[tuple[Range, int]]) -> Markup:
    """About `EXCERPT` characters around the place where most different terms stand close together."""
    best, most = 0, 0
    for number, ((start, _), _) in enumerate(found):
        near = {term for (_, end), term in found[number : number + 50] if end <= start + EXCERPT * 3 // 4}
        if len(near) > most:
            best, most = start, len(near)
    begin = _word_start(text, max(0, best - EXCERPT // 4))
    end = _word_end(text, begin + EXCERPT)
    passage = _with_marks(text, _merged(found), begin, end)
    return Markup("{}{}{}").format("… " if begin else "", passage, " …" if end < len(text) else "")


def _word_start(text: str, at: int) -> int:
    """Where the next word begins, in the same line's beginning if that is near."""
    if at == 0:
        return 0
    space = re.compile(r"\s").search(text, at, at + 30)
    return space.end() if space else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    spaces = [text.rfind(space, at - 30, at) for space in (" ", "\n")]
    return max(spaces) if max(spaces) > 0 else at


def _merged(found: list[tuple[Range, int]]) -> list[Range]:
    merged: list[Range] = []
    for (start, end), _ in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _with_marks(text: str, ranges: list[Range], begin: int, end: int) -> Markup:
    parts: list[Markup] = []
    for start, stop in ranges:
        start, stop = max(start, begin), min(stop, end)
        if start < stop:
            parts += [escape(text[begin:start]), Markup("<mark>{}</mark>").format(text[start:stop])]
            begin = stop
    return Markup("").join([*parts, escape(text[begin:end])])
