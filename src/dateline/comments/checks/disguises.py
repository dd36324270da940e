"""Words as they are meant, however they are spelled to get past a list.

Beyond what search folds (stories/folding.py: case, accents, Arabic letter forms, tatweel, ZWNJ), this reads letters
of other scripts that look the same, digits and signs for letters, letters apart, letters again and again, and signs
between them. A disguise is read in several ways; a word of the list must be one of them whole, so that Scunthorpe
passes. Phrases are looked for in the letters of all words in a row, too (runs.py).
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from typing import NamedTuple

from dateline.stories import folding

from . import runs

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
# Letters that look like a Latin one only in its company.
_BESIDE_LATIN = str.maketrans("ƒцибявнпшщгмткдлəøµ", "fuubrbhnwwrmtkaneou")
_WILD = "ʘ"  # a letter that nobody writes, for one that is starred out
_STARS = re.compile(r"(?<=[^\W\d_])[*#@%&$€£]{1,3}(?=[^\W\d_])")
_ARABIC_STARS = re.compile("(?<=[\u0620-\u06ff])[*#@%&$€£0-9]{1,2}(?=[\u0620-\u06ff])|\u066e")
_MOST_STARRED = 40  # words with letters starred out that are read
_ONE_IS_I = str.maketrans(dict.fromkeys(_ONE, "i"))
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")  # between the words of ModeratorOmar
_VOWELS = re.compile("[aeiouy]")
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


class Chunk(NamedTuple):
    """What stands between two spaces: its words as written, as they are read, and with a ? for what is starred out."""

    written: tuple[str, ...]
    meant: tuple[str, ...]
    starred: tuple[str, ...]
    more: frozenset[str]  # its other readings


class Reading(NamedTuple):
    """A text as it may be meant."""

    words: set[str]  # every reading of every word
    in_order: str  # its words, a space around each; twice where some are written with digits or signs
    runs: tuple[runs.Run, ...]  # its letters in a row, to look for phrases however they are broken
    starred: tuple[str, ...]  # words that have a ? for a letter: not more than anybody writes by himself


def read(text: str) -> Reading:
    """`text` in every way in which it is read here. What cannot be seen is nothing, and is a space, too."""
    if _INVISIBLE.search(text):
        text = f"{text}\n{_INVISIBLE.sub(' ', text)}"
    latin = _is_latin(text)
    chunks = [_chunk(chunk, latin) for chunk in _pieces(text)]
    written, meant, starred = ([word for chunk in chunks for word in chunk[way]] for way in range(3))
    readings = set(written).union(*[chunk.more for chunk in chunks])
    # What stands between spaces, "" where it is more than one word.
    readings.update(_apart([chunk.written[0] if len(chunk.written) == 1 else "" for chunk in chunks]))
    ways = [written] if written == meant else [written, meant]
    in_order = "".join(f" {' '.join(words)} " for words in ways)
    if starred == meant:
        return Reading(readings, in_order, runs.of(meant), ())
    unread = tuple(word for word in starred if "?" in word)[:_MOST_STARRED]
    return Reading(readings, in_order, runs.of(meant, starred), unread)


def name_words(name: str) -> list[str]:
    """The words of a name in Latin letters wherever they look like them; letters that stand alone are one word together."""
    apart = _CAPITALS.sub(" ", name)
    found = [
        word
        for chunk in apart.split()
        for word in folding.words(_unmask(chunk, latin=True).lower().translate(_LEET).translate(_ONE_IS_I))
    ]
    runs_of_letters = ((alone, list(run)) for alone, run in groupby(found, key=_is_one))
    return [word for alone, run in runs_of_letters for word in (["".join(run)] if alone else run)]


def at_a_glance(word: str) -> str:
    """`word` without what is overlooked: letters that come again at once, and i for l."""
    return runs.once(word).translate(runs.ALIKE)


def _pieces(text: str) -> list[str]:
    """What stands between spaces, none longer than is looked at at once."""
    chunks = text.split()
    if max(map(len, chunks), default=0) <= LONGEST:
        return chunks
    return [chunk[at : at + LONGEST] for chunk in chunks for at in range(0, len(chunk), LONGEST)]


@lru_cache(maxsize=50_000)
def _chunk(chunk: str, latin: bool) -> Chunk:
    if chunk.isascii() and chunk.isalpha():
        word = chunk.lower()
        return Chunk((word,), (word,), (word,), frozenset({*_stretched(word), *_v_for_u(word)}))
    bare = _unmask(chunk, latin).strip(_AROUND).lstrip("¡").rstrip("!")
    parts = meant = tuple(folding.words(bare))
    starred = tuple(_starred(chunk, latin))
    found = {*parts, "".join(parts), *starred}
    for spelled in _leet(bare):
        meant = tuple(folding.words(spelled))
        found |= {*meant, "".join(meant)}
    for word in list(found):
        found |= {*_stretched(word), *_stems(word), *_v_for_u(word)}
    return Chunk(parts, meant, starred or meant, frozenset(found - {""}))


def _unmask(text: str, latin: bool) -> str:
    """`text` with Latin letters for those that look like them, where Latin is what surrounds them."""
    text = _INVISIBLE.sub("", text)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text.translate(_IN_BOXES)).translate(_DOTLESS)
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char)[0] != "M")
    if any(char.isascii() and char.isalpha() for char in bare):
        bare = bare.translate(_BESIDE_LATIN)
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


def _starred(chunk: str, latin: bool) -> Iterator[str]:
    """Its words with a ? for each letter that was starred out: f**k as f??k. Nothing where none is."""
    marked = _ARABIC_STARS.sub(_wild, _STARS.sub(_wild, chunk))
    if marked != chunk:
        yield from (word.replace(_WILD, "?") for word in folding.words(_unmask(marked, latin)))


def _wild(found: re.Match[str]) -> str:
    return _WILD * len(found[0])


def _v_for_u(word: str) -> Iterator[str]:
    """fvck: where nothing in it is a vowel, v is one."""
    if "v" in word and not _VOWELS.search(word):
        yield word.replace("v", "u")


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


def _apart(words: list[str]) -> Iterator[str]:
    """What letters written apart spell: all of a run, and any stretch in it of three letters or more."""
    for alone, run in groupby(words, key=_is_one):
        if alone and len(letters := "".join(run)) >= _APART_LETTERS:
            yield from _spelled(letters[:LONGEST])
    for at, piece in enumerate(words):
        if 0 < len(piece) < 4 and _is_torn(piece):
            longest = LONGEST if len(piece) == 1 else 4
            if at and 1 < len(words[at - 1]) <= longest:
                yield words[at - 1] + piece
            if at + 1 < len(words) and 1 < len(words[at + 1]) <= longest:
                yield piece + words[at + 1]


def _is_one(word: str) -> bool:
    return len(word) == 1


@lru_cache(maxsize=10_000)
def _is_torn(piece: str) -> bool:
    """Whether it is no word, so that it must belong to one beside it: f uck, fu ck."""
    if len(piece) == 1:
        return piece not in "aeiouyو0123456789"
    return piece.isascii() and piece.isalpha() and not _VOWELS.search(piece)


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
