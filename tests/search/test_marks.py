"""How a hit is shown: the story's own letters, escaped, with what was looked for marked."""

import pytest

from dateline.search.marks import EXCERPT, Marker
from dateline.search.questions import ask


def marked(typed, text):
    return str(Marker(ask(typed).wanted).marked(text))


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("mayor", "The Mayor's plan", "The <mark>Mayor</mark>&#39;s plan"),
        ("MAYOR", "mayoral mayor", "mayoral <mark>mayor</mark>"),
        ("may*", "Mayoral dismay", "<mark>Mayoral</mark> dismay"),
        ('"harbour strike"', "Harbour, strike! strike harbour", "<mark>Harbour, strike</mark>! strike harbour"),
        ("sanaa", "From Sana'a today", "From <mark>Sana&#39;a</mark> today"),
        ("sana'a", "From Sanaa today", "From <mark>Sanaa</mark> today"),
        ("us troops", "U.S. troops", "<mark>U.S.</mark> <mark>troops</mark>"),
        ("u.s.", "The US and U.S. say", "The <mark>US</mark> and <mark>U.S.</mark> say"),
        ("cafe", "Cafe\u0301s, a café", "Cafés, a <mark>café</mark>"),
        ("كتاب", "کِتابُ الامة", "<mark>کِتابُ</mark> الامة"),
        ("امه", "أمّةٌ واحدة", "<mark>أمّةٌ</mark> واحدة"),
        ("ايران", "رئيس إيران", "رئيس <mark>إيران</mark>"),
        ("کتابهای", "کتاب\u200cهای تازه", "<mark>کتاب\u200cهای</mark> تازه"),
        ("12", "Rose ۱۲ percent", "Rose <mark>۱۲</mark> percent"),
        ("天气", "北京天气预报", "北京<mark>天气</mark>预报"),
        (
            "a b",
            "<a href='b'>&</a>",
            "&lt;<mark>a</mark> href=&#39;<mark>b</mark>&#39;&gt;&amp;&lt;/<mark>a</mark>&gt;",
        ),
        ("", "<b>", "&lt;b&gt;"),
        ("-mayor", "mayor", "mayor"),
        ("x", "\u202ex\u202c", "<mark>x</mark>"),
    ],
)
def test_what_was_looked_for_is_marked_as_it_was_written(typed, text, shown):
    assert marked(typed, text) == shown


def excerpt(typed, *texts):
    return str(Marker(ask(typed).wanted).excerpt(texts))


def test_the_excerpt_is_the_passage_where_most_words_stand_together():
    text = "The harbour. " + "Nothing here. " * 60 + "A harbour strike began. " + "Nothing here. " * 60
    shown = excerpt("harbour strike", text)
    assert "<mark>harbour</mark> <mark>strike</mark> began" in shown
    assert shown.startswith("… ") and shown.endswith(" …")
    assert len(shown) < EXCERPT * 1.5


def test_the_excerpt_comes_from_the_first_text_that_has_a_word():
    assert excerpt("mayor", "The body.", "", "Of the mayor.") == "Of the <mark>mayor</mark>."
    assert excerpt("headline", "The body.", "") == "The body."
    assert excerpt("x") == ""


@pytest.mark.parametrize(
    "text", ["x" * 5_000, "ا" * 5_000, "中" * 5_000, "e\u0301" * 5_000, "<" * 5_000, "a " * 90_000]
)
def test_an_excerpt_is_short_whatever_the_text(text):
    for typed in ("a", "中", "nothing", "x*"):
        shown = excerpt(typed, text)
        plain = shown.replace("<mark>", "").replace("</mark>", "").replace("&lt;", "<")
        assert len(plain) <= EXCERPT + 10
        assert shown.count("<mark>") == shown.count("</mark>")


def test_an_excerpt_never_begins_or_ends_between_a_letter_and_its_marks():
    shown = excerpt("zz", "شَّ" * 300 + " zz " + "شَّ" * 300)
    begin, end = shown.removeprefix("… "), shown.removesuffix(" …")
    assert begin.startswith("ش") and end.endswith("شَّ")
