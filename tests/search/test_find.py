"""What readers find, whichever way they type it."""

import pytest

from dateline.search import index
from dateline.search.find import find
from dateline.stories import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    def search(query, **options):
        index.catch_up()
        return [hit.current.headline for hit in find(query, **options).hits]

    return search


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Café owners in São Paulo", "cafe sao"),
        ("الرئيس يزور إيران", "الرييس ايران"),
        ("کتاب‌های تازه", "كتابهاي"),
        ("مَدرسةٌ جديدة", "مدرسه جديده"),
        ("Prices rose ۱۲ percent", "12"),
        ("北京天气预报", "天气"),
        ("Straße nach Łódź", "strasse lodz"),
        ("O’Brien’s law", "obriens"),
        ("Growth of industry", "indus*"),
        ("The harbour strike ends", '"harbour strike"'),
    ],
)
def test_a_story_is_found_as_readers_type_it(published, found, written, typed):
    published(written)
    published("Something else", body=["Nothing to see."])
    assert found(typed) == [written]


@pytest.mark.parametrize("typed", ['"strike harbour"', "harbour -strike", "天预", "resign"])
def test_what_does_not_answer_is_not_found(published, found, typed):
    published("The harbour strike ends, 北京天气预报")
    assert found(typed) == []


@pytest.mark.parametrize(
    "typed", ["", '"', "*", "-", "AND", "NEAR(", "a" * 10_000, "\x00", "🙂", "words:x", "'); --", "%"]
)
def test_nothing_that_can_be_typed_is_an_error(published, found, typed):
    published()
    found(typed)


def test_a_correction_is_found_by_its_new_words_only(published, found):
    story = published("Mayor resigns", body=["It was Tuesday."])
    assert found("tuesday") == ["Mayor resigns"]
    story.body = story.body.stream_block.to_python([{"type": "paragraph", "value": "<p>It was Monday.</p>"}])
    actions.correct(story, note="It was Monday, not Tuesday.")
    assert (found("tuesday"), found("monday")) == ([], ["Mayor resigns"])


def test_a_killed_story_is_not_found(published, found):
    story = published("Mayor resigns")
    assert found("mayor")
    actions.kill(story, note="Wrong.")
    assert found("mayor") == []


def test_pages_go_on_and_back_without_a_gap(published, found):
    for number in range(7):
        published(f"Flood {number}")
    index.catch_up()
    first = find("flood", limit=3)
    second = find("flood", limit=3, after=first.next)
    third = find("flood", limit=3, after=second.next)
    everything = [hit.current.headline for page in (first, second, third) for hit in page.hits]
    assert everything == [f"Flood {number}" for number in range(6, -1, -1)]
    assert third.next is None
    back = find("flood", limit=3, before=third.previous)
    assert [hit.news_id for hit in back.hits] == [hit.news_id for hit in second.hits]


def test_filters_keep_what_they_name(published, found):
    published("Flood in the north")
    published("Flood, فيضان", language="ar")
    assert found("flood", language="ar") == ["Flood, فيضان"]


def test_marks_stand_in_the_text_as_written(published):
    published("<b>كتاب</b> الرئيس")
    index.catch_up()
    (hit,) = find("کتاب").hits
    assert str(hit.headline) == "&lt;b&gt;<mark>كتاب</mark>&lt;/b&gt; الرئيس"


def test_a_search_costs_two_queries(published, django_assert_num_queries):
    published("Flood")
    index.catch_up()
    with django_assert_num_queries(2):
        find("flood")
