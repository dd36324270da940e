"""What is taken out of texts on the way in, and what counts as nothing."""

import pytest

from dateline.stories import cleaning


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x00b\x1fc\x7fd\x9fe\ufffef", "abcdef"),
        ("\u202eevil\u202c", "evil"),  # an override, and what would end it
        ("\u2067אבג\u2069, 1", "\u2067אבג\u2069, 1"),  # an isolate that ends
        ("\u202babc\u202c", "\u202babc\u202c"),  # an embedding that ends
        ("\u2066left open\nnext line", "left open\nnext line"),
        ("ended twice\u2069\u202c", "ended twice"),
        ("\u2066\u202bcrossed\u2069\u202c", "\u202bcrossed\u202c"),
    ],
)
def test_a_text_keeps_its_words_and_nothing_that_turns_what_follows(typed, kept):
    assert cleaning.text(typed) == kept
    assert cleaning.text(kept) == kept


@pytest.mark.parametrize("text", ["", " \n", "\x1f", "\u200b\u2060", "\u3164", "\u2800", "\u0301", "\ue000", "\ufffe"])
def test_it_is_blank_where_nothing_can_be_seen(text):
    assert cleaning.is_blank(text)


@pytest.mark.parametrize(
    "text", ["a", " ا ", "é", "👩‍🚒", "。", "\U0001fae8", "\U00011f04"]
)  # the last two are of Unicode 15
def test_every_script_can_be_seen(text):
    assert not cleaning.is_blank(text)
