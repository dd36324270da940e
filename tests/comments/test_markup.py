"""HTML from elsewhere, as its writer would have typed it here."""

import re

import pytest

from dateline.comments.moving import markup


@pytest.mark.parametrize(("html", "typed"), [
    ("plain", "plain"),
    ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ("one\ntwo\n\nthree <em>so</em>", "one\ntwo\n\nthree *so*"),
    ("<p>one\ntwo</p><p>three</p>", "one two\n\nthree"),
    ("<p>a<br>b</p>", "a\nb"),
    ("<blockquote><p>said</p><blockquote>before</blockquote></blockquote>no", "> said\n\n> > before\n\nno"),
    ('<a href="https://a.example/x">here</a>', "here (https://a.example/x)"),
    ('<a href="https://a.example/long/path">a.example/long...</a>', "https://a.example/long/path"),
    ('<a href="http://disq.us/url?url=https%3A%2F%2Fa.example%2F%3AAbcDefGhiJklMnoPqrStuVwx&cuid=1">x</a>', "x (https://a.example/)"),
    ('<a href="javascript:alert(1)">x</a>', "x"),
    ("<script>alert(1)</script><style>x</style>safe<img src=x onerror=y>", "safe"),
    ("<b>*</b> <i> spaced </i> <b></b><strong>two\nlines</strong>", "*  *spaced*  two\nlines"),
    ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
    ("<div>" * 3_000 + "deep", "deep"),
])  # fmt: skip
def test_html_becomes_what_its_writer_would_have_typed(html, typed):
    assert re.sub(" +", " ", markup.typed(html)) == re.sub(" +", " ", typed)
