"""What a reader typed, understood; and the same said to each engine.

All words must be there, in any order. `"words in quotes"` stand together, `-word` and `-"a phrase"` must not be there,
`harb*` stands for every word that begins so. Whatever else is typed is words and what stands between them: nothing
typed is ever an error, nor part of the engine's own language.
"""

import re
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from dateline.stories import folding

from .words import ALL, BEGINNINGS, BEGINS, HEADLINE, marked

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


def begin(typed: str) -> Question:
    """Understand what is being typed: a word is perhaps not typed to its end, unless something stands behind it.

    One that has hardly begun is not read yet.
    """
    question = ask(typed)
    if not question.wanted or folding.letters(typed[-1]) == " ":
        return question
    *others, last = question.wanted
    if len(last.parts) == 1 and not is_enough(last.parts[0]):
        return question._replace(wanted=tuple(others))
    return question._replace(wanted=(*others, last if folding.is_unspaced(last.parts[-1]) else _open(last)))


def is_enough(word: str) -> bool:
    """Whether a beginning says something: two letters, or one where a letter is a word."""
    return len(word) >= BEGINNINGS[0] or folding.is_unspaced(word)


def _open(term: Term) -> Term:
    """Of a compound, the last part may be one letter, which begins too many words: then its whole is left open."""
    if is_enough(term.parts[-1]):
        return term._replace(starts=True)
    return Term(term.whole, (), True) if term.whole else term


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


# -- Where the wanted words stand -----------------------------------------------------------------


class Where(Enum):
    """Which of a question's answers are asked for. What is not wanted stands nowhere in any of them."""

    ANYWHERE = "anywhere"  # all of them
    HEADLINE = "headline"  # whose headline has all the wanted words
    ELSEWHERE = "elsewhere"  # whose headline has not
    UNMARKED = "unmarked"  # which an older release wrote, that did not mark the words of headlines


class Form(NamedTuple):
    """Marked words one after another, by which a headline has a term; the last may be only how the word begins."""

    words: tuple[str, ...]
    starts: bool = False


def _in_headline(term: Term) -> list[Form]:
    forms = [Form(tuple(map(marked, parts)), term.starts) for parts in (term.parts, *((one,) for one in term.whole))]
    return [_shortened(form) if form.starts else form for form in forms]


def _shortened(form: Form) -> Form:
    """Short beginnings are words of the index: engines need not read all words that begin so."""
    beginning = form.words[-1].removeprefix(HEADLINE)
    if len(form.words) > 1 or len(beginning) not in BEGINNINGS:
        return form
    return Form((BEGINS + beginning,))


class _Engine(NamedTuple):
    """How an engine is told things."""

    term: Callable[[Term], str]
    headline: Callable[[Term], str]  # the term among the marked words
    word: Callable[[str], str]  # one of the index's own
    both: str


def _sides(question: Question, facets: list[str], where: Where, engine: _Engine) -> tuple[list[str], list[str]]:
    """What must be there, of which there is something; and of what nothing may."""
    wanted, unwanted = [*map(engine.term, question.wanted)], [*map(engine.term, question.unwanted)]
    headline = [*map(engine.headline, question.wanted)]
    if where is Where.HEADLINE:
        wanted = headline
    elif where is Where.ELSEWHERE:
        unwanted.append(f"({engine.both.join(headline)})")
    elif where is Where.UNMARKED:
        unwanted.append(engine.word(HEADLINE))
    return [*wanted, *map(engine.word, facets)] or [engine.word(ALL)], unwanted


# -- To SQLite's FTS5 -----------------------------------------------------------------------------


def fts5(question: Question, facets: list[str], where: Where = Where.ANYWHERE) -> str:
    """The question as an FTS5 query. Every word stands in quotes; none holds a quote."""
    wanted, unwanted = _sides(question, facets, where, _FTS5)
    positive = _FTS5.both.join(wanted)
    return f"({positive}) NOT ({' OR '.join(unwanted)})" if unwanted else positive


def _fts5_term(term: Term) -> str:
    phrase = f'words : "{" ".join(term.parts)}"{" *" if term.starts else ""}'
    also = term.whole or (term.parts if len(term.parts) == 1 else ())
    star = " *" if term.starts else ""
    return "(" + " OR ".join([phrase, *(f'"{word}"{star}' for word in also)]) + ")"


def _fts5_headline(term: Term) -> str:
    forms = [f'more : "{" ".join(form.words)}"{" *" if form.starts else ""}' for form in _in_headline(term)]
    return f"({' OR '.join(forms)})"


def _fts5_word(word: str) -> str:
    return f'more : "{word}"'


_FTS5 = _Engine(_fts5_term, _fts5_headline, _fts5_word, " AND ")


# -- To PostgreSQL --------------------------------------------------------------------------------


def tsquery(question: Question, facets: list[str], where: Where = Where.ANYWHERE) -> str:
    """The question as a tsquery's text, to be cast: its words are folded already."""
    wanted, unwanted = _sides(question, facets, where, _TSQUERY)
    return _TSQUERY.both.join([*wanted, *(f"!{term}" for term in unwanted)])


def _tsquery_term(term: Term) -> str:
    star = ":*" if term.starts else ""
    phrase = " <-> ".join(f"'{part}'" for part in term.parts) + star
    return "(" + " | ".join([phrase, *(f"'{word}'{star}" for word in term.whole)]) + ")"


def _tsquery_headline(term: Term) -> str:
    forms = [" <-> ".join(map(_tsquery_word, form.words)) + ":*" * form.starts for form in _in_headline(term)]
    return f"({' | '.join(forms)})"


def _tsquery_word(word: str) -> str:
    return f"'{word}'"


_TSQUERY = _Engine(_tsquery_term, _tsquery_headline, _tsquery_word, " & ")
