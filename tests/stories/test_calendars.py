"""Days and times as each edition writes them, against dates that are known."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from dateline.stories import calendars

MOMENT = datetime(2026, 11, 23, 21, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "jalali"),
    [
        (date(1979, 2, 11), "۲۲ بهمن ۱۳۵۷"),
        (date(2024, 3, 19), "۲۹ اسفند ۱۴۰۲"),  # 1402 was no leap year
        (date(2024, 3, 20), "۱ فروردین ۱۴۰۳"),
        (date(2025, 3, 20), "۳۰ اسفند ۱۴۰۳"),  # 1403 was
        (date(2025, 3, 21), "۱ فروردین ۱۴۰۴"),
        (date(2024, 2, 29), "۱۰ اسفند ۱۴۰۲"),
        (date(2000, 1, 1), "۱۱ دی ۱۳۷۸"),
        (date(2026, 11, 23), "۲ آذر ۱۴۰۵"),
    ],
)
def test_persian_readers_get_the_jalali_day_in_their_own_digits(day, jalali):
    assert calendars.day(day, "fa") == jalali


@pytest.mark.parametrize(
    ("day", "hijri"),
    [
        (date(2024, 3, 11), "1 رمضان 1445"),
        (date(2024, 4, 10), "1 شوال 1445"),
        (date(2024, 7, 7), "1 محرم 1446"),
        (date(2025, 6, 26), "1 محرم 1447"),
        (date(2026, 11, 23), "13 جمادى الآخرة 1448"),
    ],
)
def test_the_arabic_masthead_has_the_hijri_day(day, hijri):
    assert calendars.hijri(day) == hijri


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1900, 1, 1), date(2999, 1, 1)])
def test_a_day_beyond_the_hijri_tables_has_none(day):
    assert calendars.hijri(day) == ""


@pytest.mark.parametrize(
    ("language", "day", "weekday"),
    [
        ("en", "29 February 2024", "Thursday, 29 February 2024"),
        ("fr", "29 février 2024", "jeudi 29 février 2024"),
        ("es", "29 de febrero de 2024", "jueves, 29 de febrero de 2024"),
        ("ar", "29 فبراير 2024", "الخميس، 29 فبراير 2024"),
        ("fa", "۱۰ اسفند ۱۴۰۲", "پنجشنبه ۱۰ اسفند ۱۴۰۲"),
    ],
)
def test_a_leap_day_in_every_edition(language, day, weekday):
    leap = date(2024, 2, 29)
    assert (calendars.day(leap, language), calendars.weekday(leap, language)) == (day, weekday)


@pytest.mark.parametrize(
    ("language", "this_year", "another"),
    [
        ("en", "23 November", "23 November 2026"),
        ("fr", "23 novembre", "23 novembre 2026"),
        ("es", "23 de noviembre", "23 de noviembre de 2026"),
        ("ar", "23 نوفمبر", "23 نوفمبر 2026"),
        ("fa", "۲ آذر", "۲ آذر ۱۴۰۵"),
    ],
)
def test_this_years_days_need_no_year(language, this_year, another):
    day = date(2026, 11, 23)
    assert calendars.short(day, language, date(2026, 6, 1)) == this_year
    assert calendars.short(day, language, date(2028, 6, 1)) == another


def test_the_jalali_year_turns_in_march():
    assert calendars.short(date(2026, 3, 20), "fa", date(2026, 3, 21)) == "۲۹ اسفند ۱۴۰۴"
    assert calendars.short(date(2026, 12, 31), "fa", date(2027, 1, 1)) == "۱۰ دی"


def test_times_are_the_newsrooms_and_the_day_turns_with_them(settings):
    settings.TIME_ZONE = "Asia/Baghdad"  # three hours ahead
    with timezone.override("Asia/Tokyo"):  # an editor's
        assert calendars.clock(MOMENT, "en") == "00:22"
        assert calendars.moment(MOMENT, "en") == "24 November 2026, 00:22"
        assert calendars.moment(MOMENT, "fa") == "۳ آذر ۱۴۰۵، ۰۰:۲۲"
        assert calendars.moment(MOMENT, "ar") == "24 نوفمبر 2026، 00:22"


@pytest.mark.parametrize("language", ["zh-hans", "he", "ckb", "xx-nonsense", ""])
def test_any_language_has_its_days(language):
    assert "2026" in calendars.day(MOMENT, language)
