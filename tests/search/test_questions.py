"""What a reader types, and how it is understood."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st

from dateline.search import index
from dateline.search.find import find
from dateline.search.questions import MOST_PARTS, MOST_TERMS, Term, ask, fts5, tsquery


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("harbour Strike", [("harbour",), ("strike",)], []),
        ('"harbour strike" -talks', [("harbour", "strike")], [("talks",)]),
        ("«harbour strike» “in vain”", [("harbour", "strike"), ("in", "vain")], []),
        ('-"harbour strike"', [], [("harbour", "strike")]),
        ("well-known", [("well", "known")], []),
        ("AND OR NOT NEAR(a b)", [("and",), ("or",), ("not",), ("near",), ("a",), ("b",)], []),
        ('"never closed', [("never",), ("closed",)], []),
        ('צה"ל', [("צהל",)], []),
        ("北京天气", [("北", "京", "天", "气")], []),
        ("北京weather", [("北", "京"), ("weather",)], []),
        ("mayor mayor Mayor", [("mayor",)], []),
        ("- -- * \" '", [], []),
        ("a/b", [("a",), ("b",)], []),
    ],
)
def test_words_phrases_and_exclusions(typed, wanted, unwanted):
    question = ask(typed)
    assert [term.parts for term in question.wanted] == wanted
    assert [term.parts for term in question.unwanted] == unwanted


def test_a_star_leaves_a_word_open_where_enough_of_it_is_there():
    assert ask("har*").wanted == (Term(("har",), (), True),)
    assert ask("ha*").wanted == (Term(("ha",), (), False),)


def test_a_question_without_end_is_read_as_far_as_it_goes():
    question = ask(" ".join(f"w{n}" for n in range(10_000)))
    assert len(question.wanted) == MOST_TERMS
    (term,) = ask('"' + " ".join(f"w{n}" for n in range(300)) + '"').wanted
    assert len(term.parts) == MOST_PARTS


@given(st.text(max_size=200))
def test_no_word_reaches_an_engine_outside_quotes(typed):
    question = ask(typed)
    if question:
        assert fts5(question, []).count('"') % 2 == tsquery(question, []).count("'") % 2 == 0
        for term in question.wanted + question.unwanted:
            assert all(char.isalnum() or char not in "\"'\\_*:<>&|!() " for part in term.parts for char in part)


@pytest.mark.django_db
@rules(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=300) | st.text(alphabet="\"'*-:()^+ andor\\{}<>&|!\x00مه中天", max_size=120))
def test_nothing_that_can_be_typed_is_an_error(db, typed):
    find(typed)
    find(typed, language=typed, edition=typed, after=typed, before=typed)


@pytest.mark.django_db
def test_the_longest_questions_are_answered(published):
    published("Flood in the north")
    index.catch_up()
    words = " ".join(["flood", "in", "the"] * 3_000)
    for typed in (
        words,
        f'"{words}',
        "flood " * 5_000,
        "flood* " * 500,
        "-x " * 500 + "flood",
        "中" * 5_000,
        "(" * 10_000,
    ):
        find(typed)
    assert len(find("flood " * 5_000).hits) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor", ["", "x", "-", "0", "7fffffffffffffff", "-7fffffffffffffffff", "1" * 500, "\x00", "٣", "1_0"]
)
def test_a_cursor_that_makes_no_sense_gives_a_page_all_the_same(published, cursor):
    published("Flood")
    index.catch_up()
    find("flood", after=cursor)
    find("flood", before=cursor)
    if cursor in ("", "x", "-", "1" * 500, "\x00", "-7fffffffffffffffff"):
        assert len(find("flood", after=cursor).hits) == len(find("flood", before=cursor).hits) == 1
