"""What readers find, whichever way they type it."""

from datetime import UTC, datetime

import pytest

from dateline.search import index
from dateline.search.find import find
from dateline.stories import actions
from dateline.stories.models import Section

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
        ("O’Brien’s law", "O'Brien"),
        ("Basra's mayor", "basra"),
        ("L’homme de Sana’a", "homme sanaa"),
        ("The Sanaa talks", "Sana'a"),
        ("Talks on co-operation", "cooperation"),
        ("Talks on cooperation", "co-operation"),
        ("U.S. troops leave", "US troops"),
        ("US troops leave", "u.s. troops"),
        ("می‌خواهم بروم", "می خواهم"),
        ("می‌خواهم بروم", "میخواهم"),
        ("צה״ל הודיע", 'צה"ל'),
        ("हिन्दी समाचार", "हिन्दी"),
        ("ข่าวด่วนวันนี้", "ด่วน"),
        ("Ёлка в Москве", "елка москве"),
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


@pytest.fixture
def flooded(published):
    """Stories in the order of their going out: every second has the flood in its headline, every one in its text."""
    for number in range(4):
        published(f"Flood {number}", body=["The flood rose."])
        published(f"Rain {number}", body=["After the flood, the mayor of the flood spoke."])
    index.catch_up()


BEST = ["Flood 3", "Flood 2", "Flood 1", "Flood 0", "Rain 3", "Rain 2", "Rain 1", "Rain 0"]


def test_whose_headline_has_all_the_words_comes_first(flooded, found):
    assert found("flood") == BEST
    assert found("flood mayor") == ["Rain 3", "Rain 2", "Rain 1", "Rain 0"]
    newest = ["Rain 3", "Flood 3", "Rain 2", "Flood 2", "Rain 1", "Flood 1", "Rain 0", "Flood 0"]
    assert found("flood", newest=True) == newest


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 7, 8])
def test_pages_of_the_best_go_on_and_back_across_the_tiers(flooded, limit):
    pages = [find("flood", limit=limit)]
    while pages[-1].next:
        pages.append(find("flood", limit=limit, after=pages[-1].next))
    assert [hit.current.headline for page in pages for hit in page.hits] == BEST
    back = [pages[-1]]
    while back[-1].previous:
        back.append(find("flood", limit=limit, before=back[-1].previous))
    assert [[hit.news_id for hit in page.hits] for page in reversed(back)] == [
        [hit.news_id for hit in page.hits] for page in pages
    ]


def test_a_cursor_of_another_order_gives_a_page_all_the_same(flooded):
    best, newest = find("flood", limit=5), find("flood", limit=5, newest=True)
    assert find("flood", limit=5, newest=True, after=best.next).hits
    assert find("flood", limit=5, after=newest.next).hits


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ('"harbour strike"', "The harbour strike ends"),
        ("harb* strike", "The harbour strike ends"),
        ("harbou*", "The harbour strike ends"),
        ("strike -talks", "The harbour strike ends"),
        ("sanaa", "A day in Sana'a"),
        ("Sana'a", "A day in Sana'a"),
        ("san'*", "San'ya"),
        ("us", "U.S. votes"),
        ("cooperat*", "Co-operation wanted"),
        ("كتابهاي", "کتاب‌های تازه"),
        ("天气", "北京天气预报"),
    ],
)
def test_a_headline_has_its_words_as_readers_type_them(published, found, typed, first):
    published(first)
    later = [
        "The harbour of a strike. A harbour strike. U.S. and US. Sana'a, Sanaa, san'bu. Cooperation. 北京天气",
        "کتاب‌های",
    ]
    published("Later", body=later)
    assert found(typed) == [first, "Later"]
    assert found(typed, newest=True) == ["Later", first]


def test_filters_hold_in_both_tiers(published, found, section):
    sport = Section.objects.create(slug="sport-2", name="Sport")
    published("Flood at home")
    published("Flood of goals", section=sport)
    published("Goals", section=sport, body=["A flood."])
    published("Storm", body=["A flood."])
    published("فيضان flood", language="ar")
    assert found("flood", section_id=sport.pk) == ["Flood of goals", "Goals"]
    assert found("flood -goals", edition="en") == ["Flood at home", "Storm"]
    assert found("flood", language="ar") == ["فيضان flood"]


def test_a_killed_story_is_gone_from_both_tiers(published, found):
    stories = [published("Flood"), published("Storm", body=["A flood."])]
    assert found("flood") == ["Flood", "Storm"]
    for story in stories:
        actions.kill(story, note="Wrong.")
    assert found("flood") == found("flood", newest=True) == []


def test_a_corrected_headline_ranks_by_its_new_words(published, found):
    story = published("Storm", body=["A flood."])
    published("Flood")
    published("Rain", body=["A flood."])
    assert found("flood") == ["Flood", "Rain", "Storm"]
    story.headline = "Flood after storm"
    actions.correct(story, note="It was a flood.")
    assert found("flood") == ["Flood", "Flood after storm", "Rain"]


def test_words_that_must_not_be_there_keep_a_story_out(published, found):
    published("Harbour strike ends")
    published("Harbour strike goes on")
    assert found("strike -ends") == ["Harbour strike goes on"]
    assert found('-"strike ends"') == ["Harbour strike goes on"]
    assert found("strike -goes -ends") == []


def test_a_phrase_is_not_found_across_headline_and_text(published, found):
    published("Mayor of the harbour", body=["Strike begins."])
    assert found("harbour strike") == ["Mayor of the harbour"]
    assert found('"harbour strike"') == []


def test_a_word_of_the_index_itself_cannot_be_typed(published, found):
    published()
    for typed in ("_lang_en", "_all", "words:_lang_en", '"_lang_en"', "more : _lang_en", "lang*", "_lang*", "sec*"):
        assert found(typed) == []


def test_a_question_without_a_word_finds_nothing(published, found):
    published()
    assert found("") == found("—") == found("😀") == []


def test_dates_bound_what_is_found(draft, found):
    days = [datetime(2021, 12, day, 21, 22, tzinfo=UTC) for day in (11, 12, 13)]
    for day in days:
        actions.publish(draft(f"Flood {day.day}"), at=day)
    assert found("flood", since=days[1]) == ["Flood 13", "Flood 12"]
    assert found("flood", until=days[1]) == ["Flood 11"]
    assert found("flood", since=days[1], until=days[2]) == ["Flood 12"]
    assert found("flood", since=datetime(1, 1, 1, tzinfo=UTC), until=datetime(9999, 12, 31, tzinfo=UTC)) == [
        "Flood 13",
        "Flood 12",
        "Flood 11",
    ]


def test_section_and_edition_bound_what_is_found(published, found, section):
    sport = Section.objects.create(slug="sport-2", name="Sport")
    published("Flood at home")
    published("Flood of goals", section=sport)
    published("Flood فيضان", language="ar")
    assert found("flood", section_id=sport.pk) == ["Flood of goals"]
    assert found("flood", section_id=10**9) == []
    assert found("flood", edition="ar") == ["Flood فيضان"]
    assert found("flood", edition="en", section_id=section.pk) == ["Flood at home"]


def test_a_language_holds_its_varieties(published, found):
    published("Flood au Québec", language="fr-ca")
    published("Flood en France", language="fr")
    assert found("flood", language="fr") == ["Flood en France", "Flood au Québec"]
    assert found("flood", language="fr-CA") == ["Flood au Québec"]


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
