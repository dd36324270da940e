"""Words as a reader means them, whichever way they are typed.

Search compares folded words: Latin letters without accents and case; Arabic and Persian yeh, kaf, heh, alef and
hamza in one form each, without vowel marks and tatweel; Hebrew without points; digits of every script as 0-9. Text in
scripts that put no spaces between words (Chinese, Japanese, Thai, Khmer...) is cut into single characters, and a run
of them in a question is looked for as a phrase.

A compound (Sana'a, l'homme, co-operation, Persian words with a ZWNJ) is its parts, one after another, and `joined`
gives it in one word too: who searches for either finds it.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from itertools import accumulate

LONGEST = 64  # characters of a word; the rest is cut

# Between the parts of a compound: apostrophes, hyphens, ZWNJ. Folded, all of them are this one.
JOINER = "-"
_JOINERS = frozenset("-'’‘ʼʻʹʾʿ`´′＇׳\u00b7\u2010\u2011\u05be\u200c\u30fb")
# Not seen by readers: soft hyphen, ZWJ, directions, tatweel, BOM, variation selectors, hamza.
_DROPPED = frozenset(
    "\u00ad\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeffـء״"
)
# Letters that readers take for one, beyond what Unicode's compatibility forms know.
_SAME = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ې": "ی", "ۍ": "ی", "ے": "ی", "ۓ": "ی",
        "ك": "ک", "ڪ": "ک", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۂ": "ه", "ۃ": "ه",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ؤ": "و", "ٶ": "و",
        "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ŧ": "t", "ħ": "h",
    }
)  # fmt: skip
# Where a mark above is part of the letter: Russian and Ukrainian short i and yi, Japanese voiced kana, Korean.
_WHOLE = re.compile(r"[йїў\u3040-\u30ff\uac00-\ud7a3]")
# Scripts without spaces between words, as the inside of a character class.
UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
# Two letters or more with a full stop after each: U.S., С.Ш.А.
_INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}")
# Hebrew initials are written with a mark like a quotation mark before their last letter.
_GERSHAYIM = re.compile('(?<=[\u05d0-\u05ea])["”“״](?=[\u05d0-\u05ea])')


def fold(text: str) -> str:
    """The words of `text`, folded, a space between each two."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of `text` in order, folded; a word longer than 64 characters is cut there."""
    return _cut(letters(text).replace(JOINER, " ").split())


def joined(text: str) -> list[str]:
    """The compounds and initials of `text`, each folded to one word: Sana'a as sanaa, U.S. as us."""
    compounds = [chunk for chunk in letters(text).split() if JOINER in chunk and JOINER in chunk.strip(JOINER)]
    initials = [letters(found) for found in _INITIALS.findall(text)] if "." in text else []
    return _cut([whole for whole in map(_join, (*compounds, *initials)) if whole and not whole.isdigit()])


class Located:
    """A text folded letter by letter, that knows where each folded letter stood.

    It is folded in pieces, and looked at letter by letter only where something is asked for: most of it never is.
    """

    def __init__(self, text: str) -> None:
        self.text = composed(text)
        self._plain = self.text if self.text.isascii() else _without_gershayim(self.text)
        pieces = [self._piece(number).translate(_FOLDED) for number in range(-(-len(self._plain) // _PIECE))]
        self.folded = "".join(pieces)
        self._pieces = [0, *accumulate(map(len, pieces))]
        self._known: dict[int, list[int]] = {}

    def original(self, start: int, end: int) -> tuple[int, int]:
        """From and to where in `text` the folded letters `start` to `end` stand, with the marks on the last."""
        if self.text.isascii():
            return start, end
        piece = min(bisect_right(self._pieces, start), len(self._pieces) - 1) - 1
        first = piece * _PIECE + bisect_right(self._starts(piece), start) - 1
        piece = max(bisect_left(self._pieces, end), 1) - 1
        last = piece * _PIECE + bisect_left(self._starts(piece), end)
        while last < len(self.text) and unicodedata.category(self.text[last])[0] == "M":
            last += 1
        return first, last

    def _piece(self, number: int) -> str:
        return self._plain[number * _PIECE : (number + 1) * _PIECE]

    def _starts(self, number: int) -> list[int]:
        """Where each letter of a piece begins, folded, and where the piece ends."""
        if number not in self._known:
            widths = [len(_FOLDED[ord(char)]) for char in self._piece(number)]
            self._known[number] = [*accumulate(widths, initial=self._pieces[number])]
        return self._known[number]


_PIECE = 64  # letters


def is_unspaced(word: str) -> bool:
    """Whether `word` is of a script that puts no spaces between words."""
    return bool(_UNSPACED.match(word))


def composed(text: str) -> str:
    """`text` in Unicode's composed form, which looks the same."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def letters(text: str) -> str:
    """`text` folded letter by letter: a space or `JOINER` where it had something between words."""
    if not text.isascii():
        text = _without_gershayim(composed(text))
    return text.translate(_FOLDED)


def _without_gershayim(text: str) -> str:
    """`text` as long as before, a character that is dropped in their place."""
    return _GERSHAYIM.sub("\u200d", text)


def _join(chunk: str) -> str:
    return chunk.replace(JOINER, "").replace(" ", "")


def _cut(found: list[str]) -> list[str]:
    return [word[:LONGEST] for word in found]


class _Folded(dict[int, str]):
    """Each character's folded form, worked out when it is first met. For `str.translate`, which is quick."""

    def __missing__(self, code: int) -> str:
        self[code] = result = _fold(chr(code))
        return result


_FOLDED = _Folded()


def _fold(char: str) -> str:
    """One character, folded: letters, "" where readers leave it out, `JOINER`, or a space."""
    if char in _DROPPED or "\ufe00" <= char <= "\ufe0f":
        return ""
    lower = unicodedata.normalize("NFKC", char).casefold()
    return "".join(map(_part, "".join(map(_apart, lower))))


def _apart(char: str) -> str:
    """A letter and the marks on it, one after another, unless they are one to their readers."""
    return char if _WHOLE.match(char) else unicodedata.normalize("NFKD", char.translate(_SAME)).translate(_SAME)


def _part(char: str) -> str:
    if char in _JOINERS:
        return JOINER
    if char in _DROPPED:
        return ""
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in ("Mn", "Me") and not _is_read(char):
        return ""
    if category[0] not in "LMN":
        return " "
    return f" {char} " if _UNSPACED.match(char) else char


def _is_read(char: str) -> bool:
    """Vowel signs of the Indic scripts and of South-East Asia are letters to their readers."""
    return "\u0900" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff"
