"""How much a comment looks like those that moderators reject: abuse, and advertising. From 0 to 100.

A logistic regression over hashed pieces of words, whose weights `scripts/train_score.py` made and `score.weights`
holds: docs/decisions/0012-score.md says from what, and how well it does. It knows how insults and spam are usually
written, not what is meant, so it only ever
holds a comment for a human (likeness.py).
"""

import math
import re
import struct
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from dateline.stories import folding

HOLDS_FROM = 80
BUCKETS = 1 << 18
WEIGHTS = Path(__file__).with_name("score.weights")
HEADER = struct.Struct("<4sff")  # "DLS1"; what a weight of 1 stands for; the bias. Then a signed byte for each bucket.
MOST_WORDS = 400  # of a comment are read: the first, and the last

_PIECES = (3, 4, 5)  # characters
_RUN = re.compile(r"(.)\1{2,}")
_LINK = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_HANDLE = re.compile(r"@\w+")


def of(text: str) -> int:
    """The score of `text`, 0 to 100."""
    total = count = 0
    for token in tokens(text):
        weight, number = _weight(token)
        total += weight
        count += number
    scale, bias = _model()[:2]
    logit = bias + scale * total / math.sqrt(count) if count else bias
    return round(100 / (1 + math.exp(-max(-30.0, min(30.0, logit)))))


def tokens(text: str) -> list[str]:
    """What is looked at, each once: words folded, neighbours in pairs, and signs of shouting and selling."""
    found = folding.words(_RUN.sub(r"\1\1", _HANDLE.sub(" ", _LINK.sub(" ", text))))
    if len(found) > MOST_WORDS:
        found = found[: MOST_WORDS // 2] + found[-MOST_WORDS // 2 :]
    pairs = [f"{one} {other}" for one, other in pairwise(found)]
    return list(dict.fromkeys([*found, *pairs, *_signs(text)]))


def buckets(token: str) -> list[int]:
    """Where the weights of a token stand: its own, and if it is a word those of its pieces."""
    found = [crc32(token.encode()) % BUCKETS]
    if " " not in token:
        whole = f"<{token}>"
        pieces = {whole[at : at + size] for size in _PIECES for at in range(len(whole) - size + 1)}
        found += [crc32(piece.encode()) % BUCKETS for piece in pieces if piece != whole]
    return found


def _signs(text: str) -> list[str]:
    signs = []
    if links := len(_LINK.findall(text)):
        signs.append(f"{min(links, 3)} links")
    letters = [char for char in text[:2000] if char.isalpha()]
    if len(letters) > 10 and sum(map(str.isupper, letters)) > 0.6 * len(letters):
        signs.append("all capitals")
    if "!!" in text:
        signs.append("exclaims !!")
    if any(char in text for char in "$£€%"):
        signs.append("sells $")
    return signs


@lru_cache(maxsize=50_000)
def _weight(token: str) -> tuple[int, int]:
    weights = _model()[2]
    found = buckets(token)
    return sum(weights[bucket] for bucket in found), len(found)


@cache
def _model() -> tuple[float, float, memoryview]:
    data = WEIGHTS.read_bytes()
    _name, scale, bias = HEADER.unpack_from(data)
    return scale, bias, memoryview(data)[HEADER.size :].cast("b")
