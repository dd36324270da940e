"""Words as they are meant, however they are spelled to get past a list.

Beyond what search folds (stories/folding.py: case, accents, Arabic letter forms, tatweel, ZWNJ), this reads letters
of other scripts that look the same, digits and signs for letters, letters apart, letters again and again, and signs
between them. A disguise is read in several ways; a word of the list must be one of them whole, so that Scunthorpe
passes.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from dateline.stories import folding

LONGEST = 80  # characters of one chunk between spaces; what is longer is looked at in pieces

_LEET = str.maketrans("0345789@$€£+¡", "oeastbgaselti")
_ONE = "1!|"  # i or l
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
)
_AROUND = "\"'“”‘’«»‹›()[]{}<>.,;:?…،؛؟_~-–—/\\#"
_RUN = re.compile(r"(.)\1{2,}")
_ODD_DOUBLE = re.compile(r"([^\Wbcdefglmnoprstz\d_])\1")  # letters that no spelling doubles, nor Arabic either
_ARABIC = re.compile("[\u0620-\u06ff]")
_PREFIXES = re.compile("^(?:و|ف)?(?:ال|بال|کال|لل|یا)?")
_SUFFIXES = re.compile("(?:ین|ون|ات|ها|هم|کم|نا|ه|ک|ی)$")
_SHORTEST_STEM = 3
_DOTLESS = str.maketrans("ںڡٯٮ", "نفقب")
# Letters in dark circles and boxes, and those that flags are made of, which Unicode does not take for letters.
_IN_BOXES = {
    first + at: chr(ord("a") + at) for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6) for at in range(26)
}  # fmt: skip
_APART_LETTERS = 3  # single letters in a row that are read as one word


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """`text` folded: letters of its main script only, without marks. The same for what it gives."""
    for _ in range(4):  # a letter that is unmasked may show what the others are
        before, text = text, folding.fold(_unmask(text, latin=bool(re.search("[A-Za-z]", text))))
        if text == before:
            break
    return text


Chunk = tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]


def read(text: str) -> tuple[set[str], str]:
    """Every reading of every word of `text`; and its words in order, a space around each, to look for phrases.

    The words come twice where some are written with digits or signs: as written, and as they are read.
    """
    latin = _is_latin(text)
    readings: set[str] = set()
    written: list[str] = []
    meant: list[str] = []
    alone: list[str] = []  # what stands between spaces, "" where it is more than one word
    for chunk in text.split():
        for piece in (chunk[at : at + LONGEST] for at in range(0, len(chunk), LONGEST)):
            parts, others, more = _chunk(piece, latin)
            written += parts
            meant += others
            alone.append(parts[0] if len(parts) == 1 else "")
            readings |= more
    readings |= set(written)
    readings |= {word for run in _apart(alone) for word in run}
    ways = [written] if written == meant else [written, meant]
    return readings, "".join(f" {' '.join(words)} " for words in ways)


@lru_cache(maxsize=50_000)
def _chunk(chunk: str, latin: bool) -> Chunk:
    """The words in one chunk between spaces, as written and as they are read; and the other readings of each."""
    if chunk.isascii() and chunk.isalpha():
        word = chunk.lower()
        return (word,), (word,), frozenset(_stretched(word))
    bare = _unmask(chunk, latin).strip(_AROUND).lstrip("¡").rstrip("!")
    parts = meant = tuple(folding.words(bare))
    found = {*parts, "".join(parts), *_starred(bare)}
    for spelled in _leet(bare):
        meant = tuple(folding.words(spelled))
        found |= {*meant, "".join(meant), *_starred(spelled)}
    for word in list(found):
        found |= {*_stretched(word), *_stems(word)}
    return parts, meant, frozenset(found - {""})


def _unmask(text: str, latin: bool) -> str:
    """`text` with Latin letters for those that look like them, where Latin is what surrounds them."""
    text = _INVISIBLE.sub("", text)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text.translate(_IN_BOXES)).translate(_DOTLESS)
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char)[0] != "M")
    letters = [char for char in bare if char.isalpha()]
    mixed = any(char.isascii() for char in letters) or any(char in "@$013457" for char in bare)
    if (mixed or latin) and all(char.isascii() or ord(char) in lookalikes() or ord(char) < 0x250 for char in letters):
        return bare.translate(lookalikes())
    return text


def _leet(chunk: str) -> Iterator[str]:
    """Its readings with letters for digits and signs, where it has more letters than digits."""
    letters = sum(char.isalpha() for char in chunk)
    digits = sum(char.isdigit() for char in chunk)
    if not letters or digits > letters + 1 or (digits and letters < 2) or chunk.isalpha():
        return
    for one in "li" if any(char in chunk for char in _ONE) else "i":
        yield chunk.lower().translate(_LEET).translate({ord(char): one for char in _ONE})


def _starred(chunk: str) -> Iterator[str]:
    """A pattern for a word some of whose letters were starred out: f**k as f..k, which lists are asked for."""
    folded = chunk.lower()
    inner = folded.strip("*#%_.-")
    if "*" in inner and len(inner) >= 3 and re.fullmatch(r"[a-z]+\*+[a-z]+", inner):
        yield inner.replace("*", "?")


def _stretched(word: str) -> Iterator[str]:
    """Readings of a word some of whose letters come again and again."""
    if _RUN.search(word):
        yield _RUN.sub(r"\1", word)
        yield _RUN.sub(r"\1\1", word)
    if _ODD_DOUBLE.search(word):
        yield _ODD_DOUBLE.sub(r"\1", _RUN.sub(r"\1", word))


def _stems(word: str) -> Iterator[str]:
    """An Arabic word without the article, the particles before it, and the endings after it."""
    if not _ARABIC.match(word):
        return
    bare = _PREFIXES.sub("", word)
    for stem in (bare, _SUFFIXES.sub("", word), _SUFFIXES.sub("", bare)):
        if len(stem) >= _SHORTEST_STEM:
            yield stem


def _apart(words: list[str]) -> Iterator[tuple[str, ...]]:
    """What letters written apart spell: all of a run, and any stretch in it of three letters or more."""
    run: list[str] = []
    for word in [*words, "", ""]:
        if len(word) == 1:
            run.append(word)
            continue
        if len(run) >= _APART_LETTERS:
            whole = "".join(run)[:LONGEST]
            yield tuple(_spelled(whole))
        run = []
    for one, other in pairwise(words):  # "f uck"
        if len(one) == 1 and one not in "aeiouyو0123456789" and len(other) > 2:
            yield (one + other,)


def _spelled(run: str) -> Iterator[str]:
    longest = 16
    for start in range(len(run)):
        for end in range(start + _APART_LETTERS, min(len(run), start + longest) + 1):
            yield run[start:end]


@lru_cache(maxsize=1)
def lookalikes() -> dict[int, str]:
    """Letters that look like a Latin one, as Unicode lists them (UTS 39), and their small forms."""
    table: dict[int, str] = {}
    known = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8"))
    for char, same in known.items():
        latin = next((found["c"] for found in same if len(found["c"]) == 1 and found["c"] in _LETTERS), None)
        if latin and len(char) == 1 and not char.isascii() and char.isalpha():
            table[ord(char)] = latin.lower()
    for code, letter in list(table.items()):
        small = chr(code).lower()
        if len(small) == 1 and not small.isascii():
            table.setdefault(ord(small), letter)
    return table


_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@cache
def _is_latin_letter(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith("LATIN")


def _is_latin(text: str) -> bool:
    """Whether most of its letters are Latin."""
    if text.isascii():
        return True
    letters = [char for char in text[:2000] if char.isalpha()]
    return sum(map(_is_latin_letter, letters)) * 2 >= len(letters)
