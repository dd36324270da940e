"""Plain page text in the ways that news sites export it."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.ingest.models import Quarantined
from dateline.stories.models import Current, Story

from .test_formats import body

pytestmark = pytest.mark.django_db


def page(news_id=41, *, date="Publish Date : 12 December 2021 - 21:22", text="BASRA (Dispatches) – The port opened."):
    return f"News ID: {news_id}\n{date}\n{text}\n"


def story(news_id=41):
    return Story.objects.get(pk=news_id)


ARABIC = page(text="افتتاح الميناء\nالبصرة (ديسباتشز) – افتتح الوزير الميناء الجديد يوم الأحد.")
PERSIAN = page(
    42,
    date="Publish Date : ۱۴۰۰/۰۹/۲۱ - ۲۱:۲۲",
    text="بندر گشایش یافت\nبصره (دیسپچز) – وزیر بندر تازه را روز یکشنبه گشود.",
)


def test_arabic_and_persian_pages_are_in_their_language(take):
    assert not take({"a.txt": ARABIC + PERSIAN}).failed
    assert [story(41).language, story(42).language] == ["ar", "fa"]
    assert story(42).first_published_at == datetime(2021, 12, 12, 21, 22, tzinfo=UTC)
    assert Current.objects.get(pk=41).dateline == "البصرة (ديسباتشز) –"


def test_an_english_page_that_quotes_an_arabic_word_is_english(take):
    take({"a.txt": page(text="BASRA (Dispatches) – The paper الصباح and its sister گل said so on Sunday.")})
    assert story().language == "en"


def test_the_operator_says_the_language_and_with_it_the_calendar(take):
    take({"a.txt": page(date="Publish Date : 1400/09/21 - 21:22", text="Bandar goshayesh yaft.")}, "--language", "fa")
    assert (story().language, story().first_published_at.year) == ("fa", 2021)


def test_a_page_without_a_date_is_dated_by_its_import_and_flagged(take):
    take({"a.txt": "News ID: 41\nBASRA (Dispatches) – The port opened.\n"})
    assert "no date" in story().flag
    assert "Working headline" in story().flag
    assert datetime.now(UTC) - story().first_published_at < timedelta(hours=1)


@pytest.mark.parametrize(
    "line",
    ["* Name of the victims were read aloud.", "* Comments by the minister follow:", "* نام کشته‌شدگان خوانده شد.", "Tags",
     "Print", "* Name", "Related news", "- Comments were not allowed."],
)  # fmt: skip
def test_a_line_of_the_story_that_looks_like_furniture_stays(take, line):
    take({"a.txt": page(text=f"Port opens\nBASRA (D) – It opened.\n{line}\nThe last words of the story.")})
    assert body(41) == f"It opened.\n{line}\nThe last words of the story."


@pytest.mark.parametrize(
    "form",
    ["* Comment:", "- Comment:", "* Comment:\nName\nE-mail *\n* Security code :\nSend\nPrint", "* نظر:\n* نام :\nایمیل\nارسال",
     "Related news\nMinister visits Basra\nRain closes schools", "* تعليق :\nالاسم"],
)  # fmt: skip
def test_the_form_at_the_end_goes(take, form):
    take({"a.txt": page(text=f"Port opens\nBASRA (D) – It opened.\nThe last words.\n{form}\n\n")})
    assert body(41) == "It opened.\nThe last words."


@pytest.mark.parametrize(
    "written",
    ["12 décembre 2021 - 21:22", "12 de diciembre de 2021 - 21:22", "12 كانون الأول 2021 - 21:22", "12 دسامبر 2021 - 21:22",
     "الأحد 12 ديسمبر 2021 - 21:22", "الأحد، ١٢ ديسمبر ٢٠٢١ - ٢١:٢٢", "21:22 - 12 December 2021", "dimanche 12 déc. 2021 à 21h22",
     "12 كانون الأول/ديسمبر 2021 9:22 م", "یکشنبه ۲۱ آذر ۱۴۰۰ - ۲۱:۲۲", "12 December 2021 - 9:22 PM", "2021/12/12 21:22"],
)  # fmt: skip
def test_its_date_is_read_in_each_of_our_languages(take, written):
    assert not take({"a.txt": page(date=f"Publish Date : {written}")}).failed
    assert story().first_published_at == datetime(2021, 12, 12, 21, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "place", "credit", "text"),
    [
        ("BASRA(Dispatches)–No spaces here.", "BASRA", "Dispatches", "No spaces here."),
        ("BASRA(Dispatches)-No spaces here.", "BASRA", "Dispatches", "No spaces here."),
        ("BASRA – The port opened.", "BASRA", "", "The port opened."),
        ("6TH OF OCTOBER CITY (D) – The road opened.", "6TH OF OCTOBER CITY", "D", "The road opened."),
        ("\u202bالبصرة\u202c (ديسباتشز) – افتتح الميناء.", "البصرة", "ديسباتشز", "افتتح الميناء."),
        ("\u202bالبصرة (ديسباتشز) – افتتح الميناء.\u202c", "البصرة", "ديسباتشز", "افتتح الميناء."),
        ("The government of Smith (Labour)-led parties fell.", "", "", "The government of Smith (Labour)-led parties fell."),
        ("In 2020 (the worst of years) – the last – it fell.", "", "", "In 2020 (the worst of years) – the last – it fell."),
        ("The port – the third – opened.", "", "", "The port – the third – opened."),
    ],
)  # fmt: skip
def test_the_place_is_told_from_the_text(take, line, place, credit, text):
    take({"a.txt": page(text=f"Port opens again\n{line}")})
    assert (story().place, story().credit, body(41)) == (place, credit, text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_parts_its_lines(take, end):
    assert take({"a.txt": (page(41) + page(42)).replace("\n", end).encode()}).counts == (2, 2, 0, 0)
    assert body(42) == "The port opened."


def test_the_service_beside_the_number_is_its_section(take, section):
    take({"a.txt": page("38 | Service: World | Publish Date: 12 December 2021 - 21:22", date="Bridge opens")})
    assert (story(38).headline, story(38).section.slug) == ("Bridge opens", "world")
    assert story(38).first_published_at == datetime(2021, 12, 12, 21, 22, tzinfo=UTC)


def test_a_date_above_the_number_belongs_to_the_story_below(take):
    texts = [
        f"Publish Date: {day} December 2021 - 21:22\nNews ID: {day}\nBASRA (D) – Day {day}.\n\n" for day in (11, 12)
    ]
    assert take({"a.txt": "".join(texts)}).counts == (2, 2, 0, 0)
    assert [story(day).first_published_at.day for day in (11, 12)] == [11, 12]
    assert body(11) == "Day 11."


def test_a_line_about_news_ids_does_not_split_the_story(take):
    assert take({"a.txt": page(text="BASRA (D) – It opened.\nNews ID: is a number.\nThe end.")}).counts == (1, 1, 0, 0)
    assert body(41) == "It opened.\nNews ID: is a number.\nThe end."


def test_a_page_whose_number_cannot_be_read_is_kept_apart_from_the_one_before(take):
    outcome = take({"a.txt": page(41) + page("4x") + page(43)})
    assert outcome.counts == (3, 2, 0, 1)
    assert "'News ID: 1234'" in outcome.text
    assert body(41) == "The port opened."
    assert b"4x" in bytes(Quarantined.objects.get().raw)


def test_a_line_above_the_headline_is_its_kicker_and_one_below_its_summary(take):
    take({"a.txt": page(text="Trade\nPort opens again\nIt had been closed for a year.\nBASRA (D) – It opened.")})
    assert (story().kicker, story().headline, story().summary) == (
        "Trade",
        "Port opens again",
        "It had been closed for a year.",
    )


def test_a_working_headline_does_not_end_at_a_title(take):
    take({"a.txt": page(text="BASRA (D) – The port was opened by Mr. Smith and Gen. J. Doe on Sunday. It rained.")})
    assert story().headline == "The port was opened by Mr. Smith and Gen. J. Doe on Sunday"


def test_what_is_written_as_an_entity_is_read(take):
    take({"a.txt": page(text="&quot;Open&quot; port\nBASRA (D) – AT&T said &lt;b&gt; &amp; more.")})
    assert (story().headline, body(41)) == ('"Open" port', "AT&T said <b> & more.")
