"""What a reader may mean who has not typed it all yet: headlines that are out, and topics.

    for each in suggest("harb", edition="en"): each.text, each.kind, each.language, each.address

The last word that was typed is taken for a word's beginning. Two short ranges of indexes are read, and no text.
"""

import time
from bisect import bisect_left
from itertools import islice
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import translation

from dateline.stories import folding
from dateline.stories.models import Current, CurrentTopic, Topic

from . import engines, questions
from .engines import Tier
from .models import EVERYWHERE
from .questions import Where
from .words import facet

HEADLINES = 5
TOPICS = 3
LONGEST = 300  # characters of a suggestion
KNOWN_SECONDS = 10.0  # for which the topics are kept
LOOKED_AT = 200  # topics, of all that have a word that begins so


class Suggestion(NamedTuple):
    text: str
    kind: str  # "story" or "topic"
    language: str
    address: str


def suggest(typed: str, edition: str) -> list[Suggestion]:
    """Topics first, since they are few and short; then the newest headlines."""
    return _topics(typed, edition) + _headlines(typed, edition)


def _headlines(typed: str, edition: str) -> list[Suggestion]:
    question = questions.begin(typed)
    if not question.wanted:
        return []
    everywhere = Tier(Where.HEADLINE, -EVERYWHERE, EVERYWHERE)
    found = engines.ask(question, [facet("ed", edition)], [everywhere], HEADLINES)
    if not found:
        return []
    rows = Current.objects.filter(pk__in=[each.news_id for each in found], killed=False)
    rows = rows.only("headline", "language", "slug", "edition").order_by("-published_at", "-pk")
    return [Suggestion(row.headline[:LONGEST], "story", row.language, row.get_absolute_url()) for row in rows]


# -- Topics ---------------------------------------------------------------------------------------


class _Named(NamedTuple):
    words: tuple[str, ...]
    name: str
    slug: str


class _Index:
    """The topics that an edition has stories about, by each word of their names."""

    def __init__(self, edition: str) -> None:
        self.until = time.monotonic() + KNOWN_SECONDS
        told = CurrentTopic.objects.filter(topic=OuterRef("pk"), edition=edition)
        named = [(topic.name_in(edition), topic.slug) for topic in Topic.objects.filter(Exists(told))]
        topics = [_Named((*folding.words(name), *folding.joined(name)), name, slug) for name, slug in named]
        self._rows = sorted((word, topic) for topic in topics for word in set(topic.words))

    def find(self, words: list[str]) -> list[_Named]:
        """Those of which a word begins with each of `words`; whose name begins so come first."""
        begun = islice(self._rows, bisect_left(self._rows, (words[-1],)), None)
        near = {topic for word, topic in islice(begun, LOOKED_AT) if word.startswith(words[-1])}
        found = [topic for topic in near if all(any(w.startswith(word) for w in topic.words) for word in words)]
        return sorted(found, key=lambda topic: (not topic.words[0].startswith(words[0]), topic.name))


_indexes: dict[str, _Index] = {}


def forget() -> None:
    """Read the topics again when they are next asked for."""
    _indexes.clear()


def _topics(typed: str, edition: str) -> list[Suggestion]:
    words = folding.words(typed[: questions.MOST_LETTERS])[: questions.MOST_TERMS]
    if words and not questions.is_enough(words[-1]):
        words.pop()
    if not words:
        return []
    if edition not in _indexes or _indexes[edition].until < time.monotonic():
        _indexes[edition] = _Index(edition)
    return [
        Suggestion(topic.name, "topic", edition, _address(topic.slug, edition))
        for topic in _indexes[edition].find(words)[:TOPICS]
    ]


def _address(slug: str, edition: str) -> str:
    with translation.override(edition):
        return reverse("topic", args=[slug])
