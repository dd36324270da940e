"""Words as readers type them are the words as desks wrote them."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stories import folding


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        # Latin
        ("Café São Łódź Đà Nẵng Ærø Œuvre Straße", "cafe sao lodz da nang aero oeuvre strasse"),
        ("İSTANBUL ıslak Iğdır", "istanbul islak igdir"),
        ("ﬁnance № 5 Ⅻ ｆｕｌｌ ²", "finance no 5 xii full 2"),
        ("e\u0301te\u0301", "ete"),
        # Greek and Cyrillic
        ("Ναός ΣΊΣΥΦΟΣ", "ναοσ σισυφοσ"),
        ("Ёлка и Йод, и\u0306од, їжак", "елка и йод йод їжак"),
        # Arabic and Persian
        ("كتاب کتاب", "کتاب کتاب"),
        ("علي علی على", "علی علی علی"),
        ("مدرسة مدرسه خانۀ", "مدرسه مدرسه خانه"),
        ("أحمد إيران آب ٱلله", "احمد ایران اب الله"),
        ("مسؤول رئيس شيء جزء", "مسوول رییس شی جز"),
        ("كِتَابٌ مـــحـمـد", "کتاب محمد"),
        ("ﻛﺘﺎﺏ ﷲ", "کتاب الله"),
        ("«خبر»، خبر؟ خبر؛", "خبر خبر خبر"),
        # Hebrew
        ('שָׁלוֹם צה״ל צה"ל', "שלום צהל צהל"),
        # Digits of every script
        ("١٢٣ ۱۲۳ १२३ ১২৩ ๑๒๓ １２３", "123 123 123 123 123 123"),
        # Marks that are letters to their readers
        ("हिन्दी। समाचार", "हिन्दी समाचार"),
        ("தமிழ் செய்தி", "தமிழ் செய்தி"),
        # No spaces between words
        ("北京天气 ok", "北 京 天 气 ok"),
        ("がぎ はば", "が ぎ は ば"),
        ("ข่าว", "ข ่ า ว"),
        ("ព័ត៌មាន", "ព ័ ត ៌ ម ា ន"),
        ("한국어 뉴스", "한국어 뉴스"),
        (unicodedata.normalize("NFD", "한국어"), "한국어"),
        # Compounds are their parts
        ("Sana'a l’homme co-operation", "sana a l homme co operation"),
        ("کتاب\u200cهای می\u200cخواهم", "کتاب های می خواهم"),
        ("under_score a/b 3.5 x", "under score a b 3 5 x"),
        # What is no word
        ("😀 — … \x00 \ud800 \ufffd", ""),
        ("soft\u00adhyphen zero\u200bwidth \u202ebidi\u202c", "softhyphen zero width bidi"),
    ],
)
def test_a_text_folds_to_the_words_a_reader_means(written, folded):
    assert folding.fold(written) == folded


@pytest.mark.parametrize(
    ("written", "wholes"),
    [
        ("Sana'a and l’homme", ["sanaa", "lhomme"]),
        ("Ba‘ath co\u2010operation Covid-19", ["baath", "cooperation", "covid19"]),
        ("The U.S. and the U.A.E. agree. So.", ["us", "uae"]),
        ("می\u200cخواهم", ["میخواهم"]),
        ("1-2 2021-12-12 - -- 'quoted'", []),
        ("ג׳ורג׳", ["גורג"]),
    ],
)
def test_a_compound_is_one_word_too(written, wholes):
    assert folding.joined(written) == wholes


def test_a_word_without_end_is_cut():
    assert folding.words("a" * 10_000) == ["a" * folding.LONGEST]


def test_folding_what_is_folded_changes_nothing_in_any_script():
    for code in range(sys.maxunicode + 1):
        once = folding.fold(chr(code))
        assert folding.fold(once) == once, hex(code)
        assert not set(once) & set("_'\"\\-*"), hex(code)


@given(st.text(max_size=60))
def test_upper_case_lower_case_and_both_unicode_forms_are_one(text):
    for form in ("NFC", "NFD"):
        assert folding.fold(unicodedata.normalize(form, text)) == folding.fold(text)


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "Z", "Cf"]), max_size=60))
def test_a_folded_letter_knows_where_it_stood(text):
    located = folding.Located(text)
    for number, letter in enumerate(located.folded):
        start, end = located.original(number, number + 1)
        assert 0 <= start < end <= len(located.text)
        assert letter in folding.letters(located.text[start:end]) or letter == " "
