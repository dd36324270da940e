"""What a reader typed, understood; and the same said to each engine.

All words must be there, in any order. `"words in quotes"` stand together, `-word` and `-"a phrase"` must not be there,
`harb*` stands for every word that begins so. Whatever else is typed is words and what stands between them: nothing
typed is ever an error, nor part of the engine's own language.
"""

import re
from typing import NamedTuple

from dateline.stories import folding

from .words import ALL

MOST_LETTERS = 2_000  # of what is typed; the rest is not read
MOST_TERMS = 24
MOST_PARTS = 40  # words of one phrase
SHORTEST_START = 3  # letters before a `*`; a star behind fewer is not read: it would mean half the dictionary


class Term(NamedTuple):
    """A word, a compound or a phrase."""

    parts: tuple[str, ...]  # these one after another
    whole: tuple[str, ...] = ()  # or one of these compounds in one word
    starts: bool = False  # the last part is only how the word begins


class Question(NamedTuple):
    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)


# An optional minus at a word's beginning, then a phrase in quotes or what stands up to the next space. A quotation
# mark between Hebrew letters is part of a word.
_TYPED = re.compile(
    r"""(?P<minus>(?<!\S)[-−])?
        (?: ["“”«»„](?P<phrase>[^"“”«»„]*)["“”«»„]
          | (?P<word>(?:[^\s"“”«»„]|(?<=[\u05d0-\u05ea])["“”](?=[\u05d0-\u05ea]))+) )""",
    re.VERBOSE,
)


def ask(typed: str) -> Question:
    """Understand what was typed."""
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    if len(typed) > MOST_LETTERS:
        typed = typed[:MOST_LETTERS].rpartition(" ")[0] or typed[:MOST_LETTERS]
    for found in _TYPED.finditer(typed):
        terms = [_phrase(found["phrase"])] if found["word"] is None else _words(found["word"])
        for term in filter(None, terms):
            (unwanted if found["minus"] else wanted)[term] = None
        if len(wanted) + len(unwanted) >= MOST_TERMS:
            break
    return Question(tuple(wanted)[:MOST_TERMS], tuple(unwanted)[:MOST_TERMS])


def _phrase(typed: str) -> Term | None:
    parts = tuple(folding.words(typed)[:MOST_PARTS])
    return Term(parts, tuple(folding.joined(typed)[:1]) if len(typed.split()) == 1 else ()) if parts else None


def _words(typed: str) -> list[Term]:
    """The terms of what stood between two spaces: one, or several where punctuation parts it."""
    starts = typed.endswith("*")
    initials = tuple(folding.joined(typed)) if "." in typed else ()
    if initials and len(folding.words(typed)) == len(initials[0]):  # U.S.
        return [Term(tuple(folding.words(typed)), initials[:1])]
    terms = []
    for chunk in _runs(folding.letters(typed).split()):
        parts = tuple(folding.words(chunk)[:MOST_PARTS])
        if parts:
            terms.append(Term(parts, tuple(folding.joined(chunk)[:1])))
    if terms and starts and len(terms[-1].parts[-1]) >= SHORTEST_START:
        terms[-1] = terms[-1]._replace(starts=True)
    return terms


def _runs(chunks: list[str]) -> list[str]:
    """Single characters of a script without spaces belong together: they are looked for as a phrase."""
    runs: list[str] = []
    unspaced = False
    for chunk in chunks:
        single = folding.is_unspaced(chunk)
        if single and unspaced:
            runs[-1] += f"-{chunk}"
        else:
            runs.append(chunk)
        unspaced = single
    return runs


# -- To SQLite's FTS5 -----------------------------------------------------------------------------


def fts5(question: Question, facets: list[str]) -> str:
    """The question as an FTS5 query. Every word stands in quotes; none holds a quote."""
    wanted = [_fts5_term(term) for term in question.wanted] + [f'more : "{facet}"' for facet in facets]
    positive = " AND ".join(wanted or [f'more : "{ALL}"'])
    if not question.unwanted:
        return positive
    return f"({positive}) NOT ({' OR '.join(map(_fts5_term, question.unwanted))})"


def _fts5_term(term: Term) -> str:
    phrase = f'words : "{" ".join(term.parts)}"{" *" if term.starts else ""}'
    also = term.whole or (term.parts if len(term.parts) == 1 else ())
    star = " *" if term.starts else ""
    return "(" + " OR ".join([phrase, *(f'"{word}"{star}' for word in also)]) + ")"


# -- To PostgreSQL --------------------------------------------------------------------------------


def tsquery(question: Question, facets: list[str]) -> str:
    """The question as a tsquery's text, to be cast: its words are folded already."""
    wanted = [_tsquery_term(term) for term in question.wanted] + [f"'{facet}'" for facet in facets]
    unwanted = [f"!{_tsquery_term(term)}" for term in question.unwanted]
    return " & ".join([*(wanted or [f"'{ALL}'"]), *unwanted])


def _tsquery_term(term: Term) -> str:
    star = ":*" if term.starts else ""
    phrase = " <-> ".join(f"'{part}'" for part in term.parts) + star
    return "(" + " | ".join([phrase, *(f"'{word}'{star}" for word in term.whole)]) + ")"
