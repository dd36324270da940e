"""The lists of banned and suspect words: what the desk wrote, else what we begin with.

A line is a word or a phrase; a `*` at its end stands for any ending. A list is asked in the edition in which a comment
is written, and in editions of another script too: an Arabic insult is one under an English story.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction

from dateline.edge.purging import purge

from ..moderation.rules import KEY, Kept, WordList
from . import disguises, runs
from .starting_words import STARTING

Kind = WordList.Kind
Lists = dict[tuple[str, str], str]  # (language, kind): the words, one a line

_RIGHT_TO_LEFT = ("ar", "fa", "ur", "ps", "ckb", "he")  # not written in Latin letters
LONGEST = 20_000  # characters of a list


@dataclass(frozen=True)
class Matcher:
    """A list, made ready."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    phrases: tuple[tuple[str, runs.Phrase], ...]  # as they stand among words, and to be looked for in letters

    def find(self, read: disguises.Reading) -> str | None:
        """A word of the list that is one of these readings; a phrase that is in these words. None where none is."""
        if found := self.whole & read.words:
            return min(found)
        for reading in read.words if self.beginnings else ():
            if reading.startswith(self.beginnings):
                return reading
        for starred in read.starred:
            if self._is_meant(starred):
                return starred
        return next((words.strip() for words, _ in self.phrases if words in read.in_order), self._in_letters(read))

    def _in_letters(self, read: disguises.Reading) -> str | None:
        for run in read.runs:
            for words, phrase in self.phrases:
                for letters in phrase.ways:
                    if (letters in run.letters or "?" in run.letters) and phrase.is_in(run):
                        return words.strip()
        return None

    def _is_meant(self, starred: str) -> bool:
        return any(_fits(starred, word) for word in self.whole) or any(
            _fits(starred[: len(word)], word) for word in self.beginnings
        )


def find(kind: str, language: str, read: disguises.Reading) -> str | None:
    """A word of that kind in a text that was written in the edition `language` and read by `disguises.read`."""
    lists = KEPT.get()
    for listed in _asked(language):
        if found := _matcher(lists.get((listed, kind), _starting(listed, kind))).find(read):
            return found
    return None


def words(language: str, kind: str) -> str:
    """A list as it stands, one word a line."""
    row = WordList.objects.filter(language=language, kind=kind, in_force=True).first()
    return row.words if row else _starting(language, kind)


def set_words(language: str, kind: str, text: str, *, by: Any) -> None:
    """From now on this is the list. Nothing is written where it was already."""
    if words(language, kind) == text:
        return
    with transaction.atomic():
        WordList.objects.filter(language=language, kind=kind, in_force=True).update(in_force=False)
        WordList.objects.create(language=language, kind=kind, words=text, by=by)
        purge([KEY])
    KEPT.forget()


def history(language: str, limit: int = 10) -> list[WordList]:
    """Who set the lists of a language, the last first."""
    rows = WordList.objects.filter(language=language).select_related("by").defer("words")
    return list(rows.order_by("-id")[:limit])


def _load() -> Lists:
    rows = WordList.objects.filter(in_force=True).values_list("language", "kind", "words")
    return {(language, kind): text for language, kind, text in rows}


KEPT: Kept[Lists] = Kept(WordList, _load)


def _asked(language: str) -> list[str]:
    """The language itself, and those of another script."""
    own = _is_latin(language)
    return [language, *(other for other in settings.EDITIONS if other != language and _is_latin(other) != own)]


def _is_latin(language: str) -> bool:
    return language.split("-")[0] not in _RIGHT_TO_LEFT


def _starting(language: str, kind: str) -> str:
    return "\n".join(STARTING.get(language.split("-")[0], {}).get(kind, ()))


@lru_cache(maxsize=64)
def _matcher(text: str) -> Matcher:
    whole, beginnings, phrases = set(), set(), {}
    for line in text.splitlines():
        listed = disguises.plain(line.strip().rstrip("*"))
        if not listed:
            continue
        if " " in listed:
            open_end = line.rstrip().endswith("*")
            phrases[f" {listed}" if open_end else f" {listed} "] = runs.Phrase(listed.split(), open_end=open_end)
        elif line.rstrip().endswith("*"):
            beginnings.add(listed)
        else:
            whole.add(listed)
    return Matcher(frozenset(whole), tuple(sorted(beginnings)), tuple(sorted(phrases.items())))


def _fits(starred: str, word: str) -> bool:
    """Whether `word` may have been starred out so: half of its letters must be there."""
    if len(starred) != len(word) or starred.count("?") * 2 > len(word):
        return False
    return all(shown in ("?", letter) for shown, letter in zip(starred, word, strict=True))
