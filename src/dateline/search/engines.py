"""The index on each engine: the same tokens, so the same answers.

Tokens are folded words (`stories/folding.py`), cut by us and not by the engine. A document's place in the index is its
`position`: seconds of the publish date, then the News ID, so that newest first is the order of the index itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import connection

ID_BITS = 30  # below the seconds; room for a thousand million News IDs


def position(published_at: datetime, news_id: int) -> int:
    """Where a story stands among all, by publish date and News ID."""
    return (int(published_at.timestamp()) << ID_BITS) + (news_id & ((1 << ID_BITS) - 1))


def news_id_at(position: int) -> int:
    return position & ((1 << ID_BITS) - 1)


@dataclass(frozen=True)
class Document:
    position: int
    words: list[str]
    facets: list[str]  # such as "lang:ar", "section:3"


@dataclass(frozen=True)
class Question:
    """All of `phrases` and none of `without`; a phrase is words in a row, its last one open when it ends in `*`."""

    phrases: Sequence[Sequence[str]]
    without: Sequence[Sequence[str]]
    facets: Sequence[str]


class Engine(Protocol):
    def replace(self, documents: Sequence[Document]) -> None: ...

    def remove(self, positions: Sequence[int]) -> None: ...

    def clear(self) -> None: ...

    def find(self, question: Question, *, low: int, high: int, newest_first: bool, limit: int) -> list[int]:
        """Positions strictly between `low` and `high` that answer, in order."""
        ...


def engine() -> Engine:
    return _PostgreSQL() if connection.vendor == "postgresql" else _SQLite()


class _SQLite:
    """One FTS5 table; its rowid is the position, so that a page of answers is a range of rowids."""

    def replace(self, documents: Sequence[Document]) -> None:
        self.remove([document.position for document in documents])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_index (rowid, words, facets) VALUES (%s, %s, %s)",
                [(d.position, " ".join(d.words), " ".join(map(_facet, d.facets))) for d in documents],
            )

    def remove(self, positions: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_index WHERE rowid = %s", [(p,) for p in positions])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_index")

    def find(self, question: Question, *, low: int, high: int, newest_first: bool, limit: int) -> list[int]:
        order = "DESC" if newest_first else "ASC"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM search_index WHERE search_index MATCH %s AND rowid > %s AND rowid < %s"  # noqa: S608
                f" ORDER BY rowid {order} LIMIT %s",
                [self.match(question), low, high, limit],
            )
            return [row[0] for row in cursor.fetchall()]

    def match(self, question: Question) -> str:
        wanted = [f"words : {_fts5_phrase(phrase)}" for phrase in question.phrases]
        wanted += [f'facets : "{_facet(facet)}"' for facet in question.facets]
        unwanted = [f"words : {_fts5_phrase(phrase)}" for phrase in question.without]
        return " AND ".join(wanted) + "".join(f" NOT {phrase}" for phrase in unwanted)


def _facet(facet: str) -> str:
    return "".join(char if char.isascii() and char.isalnum() else "_" for char in facet)


def _fts5_phrase(phrase: Sequence[str]) -> str:
    words = " ".join(phrase)  # folded words hold no quotes
    return f'"{words[:-1]}" *' if words.endswith("*") else f'"{words}"'


class _PostgreSQL:
    """A tsvector that we write ourselves, token by token, so that no parser of the server's cuts words otherwise."""

    def replace(self, documents: Sequence[Document]) -> None:
        self.remove([document.position for document in documents])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_entry (position, vector) VALUES (%s, %s::tsvector)",
                [(d.position, _vector(d)) for d in documents],
            )

    def remove(self, positions: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_entry WHERE position = ANY(%s)", [list(positions)])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_entry")

    def find(self, question: Question, *, low: int, high: int, newest_first: bool, limit: int) -> list[int]:
        order = "DESC" if newest_first else "ASC"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT position FROM search_entry WHERE vector @@ %s::tsquery AND position > %s AND position < %s"  # noqa: S608
                f" ORDER BY position {order} LIMIT %s",
                [self.match(question), low, high, limit],
            )
            return [row[0] for row in cursor.fetchall()]

    def match(self, question: Question) -> str:
        wanted = [_tsquery_phrase(phrase) for phrase in question.phrases]
        wanted += [f"'{_facet_lexeme(facet)}'" for facet in question.facets]
        return " & ".join([*wanted, *(f"!({_tsquery_phrase(phrase)})" for phrase in question.without)])


# A tsvector keeps positions up to 16,383 and 256 of a word; what stands further back is found, but not in phrases.
_MAX_POSITION = 16_383
_MAX_PLACES = 256


def _vector(document: Document) -> str:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(document.words, 1):
        found = places.setdefault(word, [])
        if len(found) < _MAX_PLACES and place <= _MAX_POSITION:
            found.append(place)
    lexemes = [f"'{word}':{','.join(map(str, at))}" if at else f"'{word}'" for word, at in places.items()]
    return " ".join([*lexemes, *(f"'{_facet_lexeme(facet)}'" for facet in document.facets)])


def _facet_lexeme(facet: str) -> str:
    return f"#{_facet(facet)}"  # no folded word holds a #


def _tsquery_phrase(phrase: Sequence[str]) -> str:
    lexemes = [f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'" for word in phrase]
    return "(" + " <-> ".join(lexemes) + ")"
