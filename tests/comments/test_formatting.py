"""The light formatting of a letter, and what nobody can make of it."""

import time

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.comments.models import Comment
from dateline.comments.threads.formatting import html


def shown(text):
    """The HTML of one paragraph without its paragraph."""
    return html(text).removeprefix('<p dir="auto">').removesuffix("</p>")


def linked(address, words):
    return f'<a href="{address}" rel="nofollow ugc noopener">{words}</a>'


# -- What can be written -------------------------------------------------------------------------------------------------


def test_blank_lines_make_paragraphs_and_lines_are_kept():
    assert html("One,\ntwo.\n \n\nThree.") == '<p dir="auto">One,<br>two.</p><p dir="auto">Three.</p>'


def test_lines_that_begin_with_the_mark_are_a_quote_and_the_next_line_is_not():
    assert html("> The council\n> decided.\nIt did not.") == (
        '<blockquote><p dir="auto">The council<br>decided.</p></blockquote><p dir="auto">It did not.</p>'
    )


def test_a_quote_in_a_quote_ends_at_the_third_and_loses_no_word():
    text = html("> one\n>> two\n>>> three\n>>>> four")
    assert text.count("<blockquote>") == text.count("</blockquote>") == 3
    assert '<p dir="auto">three<br>&gt; four</p></blockquote></blockquote></blockquote>' in text


def test_a_quote_of_nothing_is_none():
    assert html("Well.\n>\n> >") == '<p dir="auto">Well.</p>'


@pytest.mark.parametrize("text", ["*{}*", "_{}_", "({}, *{}*!)", "قال *{}*، ثم", "او _{}_ گفت", "—*{}*—"])
@pytest.mark.parametrize("words", ["so", "very much so", "هذا", "می‌خواهم", "是"])
def test_words_between_marks_are_stressed(text, words):
    assert f"<em>{words}</em>" in shown(text.format(words, words))


@pytest.mark.parametrize("text", [
    "2*3*4", "snake_case_name", "__init__", "**bold**", "* a list", "a * b * c", "*", "**", "***", "* *", "*open",
    "قالَ*هذا*", "می‌*خواهم*", "*x*y", ">_<'", "5 > 4", "# no heading", "- no list", "1. none", "`code`", "~~gone~~",
    "![x](y)", "[x](https:nothing)", "&amp;", "    four spaces", ":-) <3", "www.a.example", "a.example",
])  # fmt: skip
def test_everything_else_is_shown_as_typed(text):
    page = html5lib.parseFragment(html(text), namespaceHTMLElements=False)
    assert "".join(page.itertext()) == text.strip().removeprefix(">")
    assert {element.tag for element in page.iter()} <= {"DOCUMENT_FRAGMENT", "p", "blockquote"}


@pytest.mark.parametrize(("text", "wanted"), [
    ("https://a.example/", linked("https://a.example/", "a.example")),
    ("See https://a.example/b.", f"See {linked('https://a.example/b', 'a.example/b')}."),
    ("(https://a.example/b_(c))", f"({linked('https://a.example/b_(c)', 'a.example/b_(c)')})"),
    ("انظر https://a.example/ب،", f"انظر {linked('https://a.example/ب', 'a.example/ب')}،"),
    ("http://a.example:8080/?a=1&b=2", linked("http://a.example:8080/?a=1&amp;b=2", "a.example:8080/?a=1&amp;b=2")),
    ("https://a.example/a_b_*c*d", linked("https://a.example/a_b_*c*d", "a.example/a_b_*c*d")),
    ("https://a.example/" + "x" * 99, linked("https://a.example/" + "x" * 99, "a.example/" + "x" * 31 + "…")),
    ("<https://a.example/>", f"&lt;{linked('https://a.example/', 'a.example')}&gt;"),
    ('"https://a.example/"', f'"{linked("https://a.example/", "a.example")}"'),
])  # fmt: skip
def test_an_address_is_a_link_that_search_engines_do_not_follow(text, wanted):
    assert shown(text) == wanted


@pytest.mark.parametrize(("text", "words"), [
    ("https://bank.example@evil.example/", None),  # it leads to evil.example
    ("https://bank.example:password@evil.example/", None),
    ("http://раураl.example/", "xn--l-7sba6dbr.example"),  # Cyrillic
    ("http://bücher.example/", "xn--bcher-kva.example"),
    ("http://موقع.مصر/", "موقع.مصر"),
    ("https://" + "a." * 60 + "evil.example/" + "x" * 60, "a." * 60 + "evil.example/" + "x" * 31 + "…"),
    ("https://a.example\u202e/gpj.exe", "a.example"),
])  # fmt: skip
def test_a_link_shows_where_it_leads(text, words):
    page = html5lib.parseFragment(html(text), namespaceHTMLElements=False)
    link = page.find(".//a")
    assert (None if link is None else link.text) == words


@pytest.mark.parametrize("text", [
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@a.example", "//a.example", "https://", "http://[",
    "http://a.example:99999/x", "https://.../", "xhttps://a.example", "http://" + "a" * 64 + ".example", "ftp://a.example",
])  # fmt: skip
def test_what_is_no_address_of_the_web_is_no_link(text):
    assert "<a" not in html(text)
    assert text in html(text)


# -- What nobody can make of it --------------------------------------------------------------------------------------------

MARKS = [">", "*", "_", "\n", " ", "http://", "https://a.example/", "<b", "<script>", '"', "'", "&lt;", "(", ")", "[",
         "\u202e", "\u200c", "هذا", "َ", "x", "@", ":", "//", "</p>", "<!--", "\u2066"]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(MARKS), max_size=40).map("".join)))
def test_whatever_is_typed_no_other_tag_comes_out_and_no_word_is_lost(text):
    text = "".join(
        char for char in text if char.isprintable() or char in "\n\u202e\u200c\u2066"
    )  # as forms.py takes it in
    page = html5lib.parseFragment(html(text), namespaceHTMLElements=False)
    for element in page.iter():
        assert element.tag in ("DOCUMENT_FRAGMENT", "p", "blockquote", "br", "em", "a")
        if element.tag == "a":
            assert set(element.attrib) == {"href", "rel"}
            assert element.get("href").lower().startswith(("http://", "https://"))
            assert element.get("rel") == "nofollow ugc noopener"
        else:
            assert element.attrib == ({"dir": "auto"} if element.tag == "p" else {})
    assert bare(said(page)) == bare(text)


def said(element):
    """Its words, each link as it was typed."""
    words = element.get("href") if element.tag == "a" else (element.text or "") + "".join(map(said, element))
    return words + (element.tail or "")


def bare(text):
    return "".join(char for char in text if not char.isspace() and char not in ">*_")


@pytest.mark.parametrize("text", [
    "*a " * 1_666, "_a" * 2_500, "*a*" * 1_666, "http://" * 700, ")" * 5_000, "https://a" + ")" * 4_900, ">" * 5_000,
    ">\n" * 2_500, "https://a.example/* " * 250, "*_" * 2_500, "https://a.example " * 275, "[" * 2_000 + "https://a" + "]" * 2_000,
])  # fmt: skip
def test_no_text_takes_long(text):
    best = 1.0
    for _ in range(3):  # other tests run beside this one
        started = time.process_time()
        html(text)
        best = min(best, time.process_time() - started)
    assert best < 0.2


@pytest.mark.django_db
def test_the_text_is_kept_as_typed_and_its_html_beside_it(client, published, approved):
    story = published()
    comment = approved(story, "> *So* it is.\n\nSee https://a.example/b.")
    comment.refresh_from_db()
    assert comment.text == "> *So* it is.\n\nSee https://a.example/b."
    assert comment.html == html(comment.text)
    assert comment.html in client.get(f"/news/{story.pk}/comments/").text
    Comment.objects.update(html="")  # one from before there was formatting
    assert html(comment.text) in client.get(f"/news/{story.pk}/comments/").text
