"""Words as a reader means them, whichever way they are typed.

Search compares folded words: Latin letters without accents and case; Arabic and Persian yeh, kaf, heh and
alef in one form each, without vowel marks, tatweel and ZWNJ; digits of every script as 0-9. Text in scripts
that put no spaces between words (Chinese, Japanese, Thai, Khmer...) is cut into single characters, and a run of
them in a question is looked for as a phrase.
"""

import re
import unicodedata
from functools import lru_cache

# Letters that readers take for one, beyond what Unicode's compatibility forms know.
_SAME = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ې": "ی", "ۍ": "ی", "ے": "ی",
        "ك": "ک", "ڪ": "ک",
        "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۂ": "ه", "ۃ": "ه",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ؤ": "و", "ء": "",
        "ـ": "", "\u200c": "", "\u200d": "", "\u00ad": "", "\u200e": "", "\u200f": "", "\u061c": "",
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
        "’": "", "'": "", "ʼ": "", "׳": "", "״": "",
    }
)  # fmt: skip

# Scripts without spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


def fold(text: str) -> str:
    """The words of `text`, folded, a space between each two."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of `text` in order, folded; a word longer than 64 characters is cut there."""
    if text.isascii():
        return [word[:64] for word in _ASCII.findall(text.lower().replace("'", ""))]
    return [word[:64] for word in _TOKEN.findall(letters(text))]


_ASCII = re.compile(r"[a-z0-9]+")


def letters(text: str) -> str:
    """`text` with its letters folded; what stands between them is kept."""
    return "".join(map(_letter, unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=8192)
def _letter(char: str) -> str:
    """One character, folded; "" where it is a mark that readers leave out."""
    result = ""
    for part in unicodedata.normalize("NFKD", char.translate(_SAME).lower()).translate(_SAME):
        category = unicodedata.category(part)
        if category == "Mn" and not _keeps_marks(char):
            continue
        digit = unicodedata.decimal(part, None) if category == "Nd" else None
        result += part if digit is None else str(digit)
    return result


def _keeps_marks(char: str) -> bool:
    """Vowel signs of the Indic scripts and of South-East Asia are letters to their readers."""
    return "\u0900" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff"
