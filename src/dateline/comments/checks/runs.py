"""Phrases in the letters of a text, whatever stands between them: killyourself, k i l l y o u r s e l f, kill your self.

What looks alike counts as one letter here (i, l and 1). Where the words of the text break decides what is meant: a
phrase begins where a word does, so that "upskill yourself" passes.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

LONG = 9  # letters: no other words have as many by chance, however they are broken
ALIKE = str.maketrans("l1", "ii")
_AGAIN = re.compile(r"(.)\1+")


def once(word: str) -> str:
    """`word` without letters that come again at once: yourselfff as yourself, and kill as kil."""
    return _AGAIN.sub(r"\1", word)


class Run:
    """The letters of words in a row, and where each word begins. A ? stands for any letter."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.letters = "".join(words).translate(ALIKE)

    @cached_property
    def starts(self) -> list[int]:
        return [0, *accumulate(map(len, self.words))]


def of(words: Sequence[str], starred: Sequence[str] = ()) -> tuple[Run, ...]:
    """The runs in which phrases are looked for. Where most letters are starred out there is nothing to be read."""
    plain = Run(words), Run(once(" ".join(words)).split())
    stars = sum(word.count("?") for word in starred)
    return (*plain, Run(starred)) if 0 < 4 * stars < sum(map(len, starred)) else plain


class Phrase:
    """Words that are looked for; with `open_end` the last of them may go on."""

    def __init__(self, words: Sequence[str], *, open_end: bool) -> None:
        self.open_end = open_end
        self.ways = {_letters(each): _breaks(each) for each in (words, [once(word) for word in words])}
        self._starred = [
            (re.compile("".join(f"[{re.escape(char)}?]" for char in letters)), breaks)
            for letters, breaks in self.ways.items()
        ]

    def is_in(self, run: Run) -> bool:
        if "?" not in run.letters:
            return any(self._is_in(run, letters, breaks) for letters, breaks in self.ways.items())
        return any(
            found[0].count("?") * 3 <= len(found[0]) and self._fits(run, found.start(), found.end(), breaks)
            for pattern, breaks in self._starred
            for found in pattern.finditer(run.letters)
        )

    def _is_in(self, run: Run, letters: str, breaks: tuple[int, ...]) -> bool:
        at = run.letters.find(letters)
        while at >= 0:
            if self._fits(run, at, at + len(letters), breaks):
                return True
            at = run.letters.find(letters, at + 1)
        return False

    def _fits(self, run: Run, at: int, end: int, breaks: tuple[int, ...]) -> bool:
        """Whether the letters from `at` to `end` are meant: they begin a word, and few are a word, or break as these do."""
        first, last = bisect_left(run.starts, at), bisect_left(run.starts, end)
        begins, ends = run.starts[first] == at, run.starts[last] == end
        inside = run.starts[bisect_right(run.starts, at) : last]
        as_words = begins and (ends or self.open_end)
        if end - at >= LONG:
            return as_words or not inside
        return as_words and (not inside or {at + each for each in breaks} <= set(inside))


def _letters(words: Sequence[str]) -> str:
    return "".join(words).translate(ALIKE)


def _breaks(words: Sequence[str]) -> tuple[int, ...]:
    return tuple(accumulate(map(len, words[:-1])))
