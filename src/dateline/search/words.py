"""What the index keeps of a story: the same words on both engines.

`words` in order, for words and phrases; `headline` its headline's once more, each marked `¶mayor`, in order too; `more`
without order: compounds in one word, how the headline's words begin, and facets such as `_ed_ar`. Folded words hold
letters and digits alone, so nothing that a reader types, a word's beginning included, is taken for one of these.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from dateline.stories import folding, items
from dateline.stories.models import Current

GAP = "_"  # stands between two fields, so that no phrase is found across them
ALL = "_all"  # the facet that every story has
HEADLINE = "¶"  # before a word of the headline; alone, that an entry has such words
BEGINS = "§"  # before the first letters of one
BEGINNINGS = (2, 3, 4, 5)  # letters; an engine finds longer ones by itself, since few words begin so
MOST_OF_HEADLINE = 60  # words

# What a tsvector can hold: 16,383 positions, 256 of them for one word, one megabyte. The same limits hold on SQLite,
# so that both engines find the same.
MOST_WORDS = 16_000
MOST_LETTERS = 200_000
MOST_OF_ONE = 256


class Words(NamedTuple):
    words: list[str]
    headline: list[str]
    more: list[str]


def of(current: Current, item: items.Item) -> Words:
    """The words by which a story is found: its headline and all its text, as far as `MOST_WORDS`."""
    fields = [
        current.headline,
        current.kicker,
        current.summary,
        current.byline,
        current.place,
        items.value(item, "bodies", "text")[: 2 * MOST_LETTERS],
    ]
    found: list[str] = []
    compounds: set[str] = set()
    for field in filter(None, fields):
        if found:
            found.append(GAP)
        found += folding.words(field)
        compounds.update(folding.joined(field))
    found = _within_limits(found)
    headline = folding.words(current.headline)[:MOST_OF_HEADLINE]
    joined = folding.joined(current.headline)[:MOST_OF_HEADLINE]
    more = [*sorted(compounds)[: MOST_WORDS // 8], *map(marked, joined), *beginnings(headline + joined)]
    return Words(found, [marked(word) for word in headline], [*more, HEADLINE, *facets(current)])


def marked(word: str) -> str:
    return HEADLINE + word


def beginnings(headline: list[str]) -> list[str]:
    return sorted({BEGINS + word[:size] for word in headline for size in BEGINNINGS if len(word) >= size})


def facets(current: Current) -> list[str]:
    language = facet("lang", current.language)
    primary = facet("lang", current.language.partition("-")[0])
    return [
        ALL,
        *dict.fromkeys((primary, language)),
        facet("ed", current.edition),
        facet("sec", str(current.section_id)),
    ]


@lru_cache(maxsize=1024)
def facet(name: str, value: str) -> str:
    """`_lang_zh_hans`, `_sec_12`: a word of the index that no reader can type."""
    return f"_{name}_{re.sub('[^a-z0-9]+', '_', value.lower())[: folding.LONGEST]}"


def _within_limits(found: list[str]) -> list[str]:
    if len(found) > MOST_OF_ONE:
        found = _first_letters(found[:MOST_WORDS])
        often = {word for word, number in Counter(found).items() if number > MOST_OF_ONE}
        if often:
            left = Counter(dict.fromkeys(often, MOST_OF_ONE))
            found = [GAP if word in often and _used_up(left, word) else word for word in found]
    return found


def _used_up(left: Counter[str], word: str) -> bool:
    left[word] -= 1
    return left[word] < 0


def _first_letters(found: list[str]) -> list[str]:
    if len(found) * folding.LONGEST <= MOST_LETTERS or sum(map(len, found)) <= MOST_LETTERS:
        return found
    room = MOST_LETTERS
    for number, word in enumerate(found):
        room -= len(word)
        if room < 0:
            return found[:number]
    return found
