"""A comment's words in 64 bytes: enough to tell whether two comments say much the same, without reading either.

The sixteen smallest hashes of its words, folded, each once (a bottom-k sketch: Bar-Yossef and others, 2002). Of two
texts with sixteen words or fewer it gives the share of words in common exactly, of longer ones nearly.
"""

import struct
from functools import lru_cache
from zlib import crc32

from dateline.stories import folding

SIZE = 16
ALIKE = 0.8  # the share of two comments' words that they have in common


def of(text: str) -> bytes:
    """The sketch of `text`."""
    smallest = sorted({crc32(word.encode()) for word in folding.words(text)})[:SIZE]
    return struct.pack(f">{len(smallest)}I", *smallest)


def size(sketch: bytes) -> int:
    """How many different words it knows of: sixteen at most."""
    return len(sketch) // 4


def alike(one: bytes, other: bytes, *, from_words: int) -> bool:
    """Whether two texts have the same words, or, where both have `from_words` or more, nearly the same."""
    if not one or not other:
        return False
    if one == other:
        return True
    if min(size(one), size(other)) < from_words:
        return False
    first, second = _hashes(one), _hashes(other)
    both = first & second
    if len(both) < ALIKE * max(len(first), len(second)):  # most pairs: there is no need to look closer
        return False
    together = sorted(first | second)[:SIZE]
    return sum(number in both for number in together) >= ALIKE * len(together)


@lru_cache(maxsize=4096)
def _hashes(sketch: bytes) -> frozenset[int]:
    return frozenset(struct.unpack(f">{size(sketch)}I", sketch))
