"""What a reader types, as a question to the index. Nothing that can be typed is an error."""

import re

from dateline.stories.folding import words

from .engines import Question

# Quoted phrases, words to leave out, words left open.
_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]|(?P<word>[^\s"“”„«»]+))')
MAX_LENGTH = 1_000  # characters of a question that are read
MAX_WORDS = 24


def parse(text: str, *, facets: list[str]) -> Question | None:
    """All words must be there; "words in a row" in quotes; -word must not; wor* is open. None where no word is."""
    phrases: list[list[str]] = []
    without: list[list[str]] = []
    for part in _PART.finditer(text[:MAX_LENGTH]):
        run = words(part["phrase"] if part["phrase"] is not None else part["word"])
        if not run or sum(map(len, phrases)) + len(run) > MAX_WORDS:
            continue
        if part["word"] and part["word"].endswith("*"):
            run[-1] += "*"
        (without if part["minus"] else phrases).append(run)
    return Question(phrases, without, facets) if phrases else None
