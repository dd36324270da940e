"""What is suggested to who has not typed it all yet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.search import index, suggest
from dateline.search.questions import ask, begin
from dateline.stories import actions
from dateline.stories.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested():
    def ask(typed, edition="en"):
        index.catch_up()
        suggest.forget()
        return [each.text for each in suggest.suggest(typed, edition)]

    return ask


@pytest.mark.parametrize(
    ("headline", "typed"),
    [
        ("Harbour strike ends", "ha"),
        ("Harbour strike ends", "HARB"),
        ("Harbour strike ends", "strike harbou"),
        ("Harbour strike ends", "ends str"),
        ("Harbour strike ends", "harbour "),
        ("Harbour strike ends", '"harbour strike'),
        ("Élections à São Paulo", "elect"),
        ("Élections à São Paulo", "SAO pa"),
        ("Co-operation wanted", "cooper"),
        ("Co-operation wanted", "co-op"),
        ("Co-operation wanted", "co-o"),
        ("A day in Sana'a", "sana'a"),
        ("A day in Sana'a", "sanaa"),
        ("کتاب‌های تازه", "كتابه"),
        ("کتاب‌های تازه", "کتاب‌ه"),
        ("الرئيس يزور إيران", "الرييس اي"),
        ("مَدرسةٌ جديدة", "مدرس"),
        ("مدرسة جديدة", "مَدْرَ"),
        ("北京天气预报", "北京天"),
        ("北京天气预报", "京"),
        ("Rose ۱۲ percent", "12 per"),
    ],
)
def test_a_headline_is_suggested_however_it_is_begun(published, suggested, headline, typed):
    published(headline)
    published("Nothing of it", body=[headline])
    assert suggested(typed) == [headline]


@pytest.mark.parametrize(
    "typed", ["", " ", "h", "arbour", "harbour talks", "strike ends harbox", "harb -strike", "٪", "*"]
)
def test_what_no_headline_begins_with_is_not_suggested(published, suggested, typed):
    published("Harbour strike ends")
    assert suggested(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 10_000,
        "a " * 5_000,
        "中" * 5_000,
        "\x00ab",
        "ab\x00",
        "'); --",
        '"',
        "-",
        "ab'",
        "¶",
        "§§",
        "_all",
        "_ed_en",
        "\u202eab",
        "🙂🙂",
        "e\u0301",
    ],
)
def test_nothing_that_can_be_typed_is_an_error(published, suggested, typed):
    published("Harbour strike ends")
    assert suggested(typed) == []


def test_a_word_that_is_typed_to_its_end_is_left_as_it_is():
    assert begin("harbour strike ") == ask("harbour strike")
    assert begin("harbour strike").wanted[1].starts
    assert begin("harbour s") == ask("harbour")


def test_the_newest_five_of_the_edition_are_suggested(published, suggested):
    for number in range(7):
        published(f"Flood {number}")
    published("Flood فيضان", language="ar")
    assert suggested("flo") == ["Flood 6", "Flood 5", "Flood 4", "Flood 3", "Flood 2"]
    assert suggested("flo", edition="ar") == ["Flood فيضان"]


def test_a_killed_story_is_not_suggested_and_a_corrected_one_by_its_new_words(published, suggested):
    gone, story = published("Flood in the north"), published("Floor in the south")
    assert suggested("flo") == ["Floor in the south", "Flood in the north"]
    actions.kill(gone, note="Wrong.")
    assert [each.text for each in suggest.suggest("flo", "en")] == [
        "Floor in the south"
    ]  # before the index has read it
    story.headline = "Roof in the south"
    actions.correct(story, note="It was a roof.")
    assert suggested("flo") == []
    assert suggested("roo") == ["Roof in the south"]


def test_topics_are_suggested_by_any_word_of_their_name_in_the_edition(published, suggested):
    energy = Topic.objects.create(slug="nuclear-energy", name="Nuclear energy", names={"fa": "انرژی هسته‌ای"})
    unused = Topic.objects.create(slug="energy-law", name="Energy law")
    published("Something else", topics=[energy])
    published("چیز دیگر", language="fa", topics=[energy])
    assert suggested("ener") == suggested("nuclear en") == suggested("energy nuc") == ["Nuclear energy"]
    assert suggested("نیروی") == suggested("enx") == []
    assert suggested("هسته", edition="fa") == suggested("انرژي هسته‌ا", edition="fa") == ["انرژی هسته‌ای"]
    published("More", topics=[unused])
    assert suggested("ener") == ["Energy law", "Nuclear energy"]


def test_three_topics_at_most_and_whose_names_begin_so_come_first(published, suggested):
    names = ["World energy", "Energy trade", "Energy law", "Energy prices"]
    published("Story", topics=[Topic.objects.create(slug=f"t{n}", name=name) for n, name in enumerate(names)])
    assert suggested("energ") == ["Energy law", "Energy prices", "Energy trade"]


def test_suggestions_cost_two_queries_while_the_topics_are_known(published, suggested, django_assert_num_queries):
    published("Flood", topics=[Topic.objects.create(slug="floods", name="Floods")])
    assert suggested("flo") == ["Floods", "Flood"]
    with django_assert_num_queries(2):
        assert len(suggest.suggest("floo", "en")) == 2


def test_suggestions_are_read_along_indexes_and_scan_nothing(published):
    for number in range(30):
        published(f"Flood {number}", topics=[Topic.objects.get_or_create(slug="floods", name="Floods")[0]])
    index.catch_up()
    suggest.forget()
    suggest.suggest("flood", "en")  # which reads the topics
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # thirty rows are read sooner without an index
        assert len(suggest.suggest("flood 2", "en")) == 6
    selects = [each["sql"] for each in asked if each["sql"].lstrip().startswith(("SELECT", "WITH"))]
    assert len(selects) == 2
    for select in selects:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{select}")
            steps = [row[-1] for row in cursor.fetchall()]
        assert not [step for step in steps if step.startswith("SCAN s") and "VIRTUAL TABLE INDEX" not in step]
        assert "Seq Scan" not in "\n".join(steps)
