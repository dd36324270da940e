"""Which words of a comment are quoted from a story that was withdrawn, however they were spelled.

A quote is eight words in a row, folded (stories/folding.py); in scripts without spaces, sixteen characters. Words are
compared as hashes: of what was withdrawn nothing else is kept, so words that a court had erased stay erased.
"""

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence

from django.utils.translation import gettext as _

from dateline.stories import folding

QUOTE = 8  # words
GRAM, WINDOW = 5, 4  # any eight words in a row hold four neighbouring fives, of which one is a fingerprint
_WORD = re.compile(r"\S+")

Run = tuple[int, int]  # from and to which character of the composed text


def shingles(words: Sequence[str], size: int = QUOTE) -> list[int]:
    """A hash of each `size` words in a row."""
    return [_hash(words[start : start + size]) for start in range(len(words) - size + 1)]


def fingerprints(text: str) -> set[int]:
    """Of each four neighbouring runs of five words the lowest hash: who quotes eight words shares one at least."""
    grams = shingles(folding.words(text), GRAM)
    return {min(grams[start : start + WINDOW]) for start in range(len(grams) - WINDOW + 1)}


def runs(text: str, withdrawn: Collection[int]) -> list[Run]:
    """Where in `text` words stand that are among those withdrawn, in order, as `masked` takes them."""
    located = folding.Located(text)
    places = [found.span() for found in _WORD.finditer(located.folded.replace(folding.JOINER, " "))]
    words = [located.folded[start:end][: folding.LONGEST] for start, end in places]
    return [
        located.original(places[first][0], places[last - 1][1])
        for first, last in _together(shingles(words), withdrawn)
        if sum(0.5 if folding.is_unspaced(word) else 1 for word in words[first:last]) >= QUOTE
    ]


def masked(text: str, runs: Sequence[Sequence[int]]) -> str:
    """`text` with a mark in the place of each run."""
    if not runs:
        return text
    text, parts, done = folding.composed(text), [], 0
    for start, end in runs:
        parts += [text[done:start], f"[{_('withdrawn')}]"]
        done = end
    return "".join([*parts, text[done:]])


def _together(hashes: Sequence[int], withdrawn: Collection[int]) -> Iterator[tuple[int, int]]:
    """From and to which word the hashes that were withdrawn reach; those that overlap are one run."""
    first = last = 0
    for place, value in enumerate(hashes):
        if value not in withdrawn:
            continue
        if place > last and last:
            yield first, last
            last = 0
        first = first if last else place
        last = place + QUOTE
    if last:
        yield first, last


def _hash(words: Sequence[str]) -> int:
    return int.from_bytes(
        hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).digest(), signed=True
    )
