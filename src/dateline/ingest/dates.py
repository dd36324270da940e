"""Dates as archives write them."""

import re
import warnings
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from dateutil import parser
from django.utils import timezone
from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

from . import months

_JALALI = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
_HIJRI = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip
_CALENDARS = [
    (number, re.compile(rf"(\d{{1,2}})\s+{months.plain(name)}(?:\s*ماه)?\s*،?\s+(\d{{4}})"), names is _JALALI)
    for names in (_JALALI, _HIJRI)
    for number, name in enumerate(names, 1)
]
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")  # they only say which way text runs
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)\.?")
_YEAR_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?", re.IGNORECASE)
_HOUR = 3600
_ZONES = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5 * _HOUR, "EDT": -4 * _HOUR, "CST": -6 * _HOUR, "CDT": -5 * _HOUR,
    "MST": -7 * _HOUR, "MDT": -6 * _HOUR, "PST": -8 * _HOUR, "PDT": -7 * _HOUR, "WET": 0, "WEST": _HOUR, "BST": _HOUR,
    "CET": _HOUR, "CEST": 2 * _HOUR, "EET": 2 * _HOUR, "EEST": 3 * _HOUR, "MSK": 3 * _HOUR,
}  # fmt: skip
_OLDEST = 1600  # the first newspapers


def read(text: str, *, language: str = "", month_first: bool = False) -> datetime:
    """The moment that `text` names, in UTC. A time without a zone is the newsroom's; a date alone is its midnight.

    Reads ISO 8601, RFC 5322, `12 December 2021 - 21:22`, month names in Arabic, Persian, French and Spanish too, year
    before month before day in numbers, day before month where the year is last (`month_first`: the other way), and
    Jalali or Hijri dates that say so by their month or by `language`. Raises ValueError that says what is wrong.
    """
    text = " ".join(_MARKS.sub("", text.translate(_DIGITS)).split())
    if not text:
        raise ValueError("there is no date")
    moment = _other_calendar(text, language) or _iso(text) or _spelled(text, month_first)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    moment = moment.astimezone(UTC)
    if moment.year < _OLDEST:
        raise ValueError(f"'{text}' is no date of a newspaper: the year {moment.year} is before {_OLDEST}")
    if moment > datetime.now(UTC) + timedelta(days=1):
        raise ValueError(f"'{text}' lies in the future")
    return moment


def order(text: str) -> str:
    """Which comes first in a date of numbers, "day" or "month"; "either" where it may be both, "" in any other date."""
    found = _YEAR_LAST.search(text.translate(_DIGITS))
    if not found:
        return ""
    first, second, year = int(found[1]), int(found[3]), found[4]
    if second > 12:
        return "month"
    if first > 12:
        return "day" if len(year) == 4 or int(year) > 31 else "either"  # 21/03/04 may begin with its year
    return "either" if first != second or len(year) == 2 else ""


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _spelled(text: str, month_first: bool) -> datetime:
    written, text = text, months.in_english(text)
    year_first = _YEAR_FIRST.search(text)
    if year_first:
        day = f"{year_first[1]}-{int(year_first[3]):02}-{int(year_first[4]):02}"
        text = f"{day} {text[: year_first.start()]} {re.sub('^t(?=[0-9])', '', text[year_first.end() :])}"
    how: dict[str, Any] = {"dayfirst": not month_first and not year_first, "yearfirst": bool(year_first)}
    try:
        if year_first:
            date.fromisoformat(day)  # before 2021-25-12 is taken for the year's other way round
        # Two defaults tell whether day, month and year were all there.
        one = _parsed(text, default=datetime(2001, 1, 1), **how)
        two = _parsed(text, default=datetime(2002, 2, 2), **how)
    except (ValueError, OverflowError, TypeError, parser.ParserError) as error:
        if isinstance(error, _Zone):
            raise
        raise ValueError(f"'{written[:60]}' is no date; write it as 2021-12-12 21:22") from None
    if one != two:
        raise ValueError(f"'{written[:60]}' is no whole date; write it as 2021-12-12 21:22")
    return one


class _Zone(ValueError):
    """A time zone by a name that many share."""


def _parsed(text: str, **how: Any) -> datetime:
    with warnings.catch_warnings():
        warnings.simplefilter("error", parser.UnknownTimezoneWarning)
        try:
            return parser.parse(text.upper(), tzinfos=_ZONES, **how)
        except parser.UnknownTimezoneWarning as warning:
            name = str(warning).split()[1]
            raise _Zone(f"its time zone '{name}' is not known; write it as 2021-12-12 21:22+02:00") from None


def _other_calendar(text: str, language: str) -> datetime | None:
    """A Jalali or Hijri date. A year such as 1399 without a word of which calendar it is in is refused."""
    plain = months.plain(text)
    for number, written, is_jalali in _CALENDARS:
        if match := written.search(plain):
            convert = _from_jalali if is_jalali else _from_hijri
            return _at(convert(int(match[2]), number, int(match[1]), text), plain.replace(match[0], " "))
    match = _YEAR_FIRST.search(text)
    if not match or not 1200 <= int(match[1]) < 1500:
        return None
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    if language.startswith("fa") and year < 1450:
        return _at(_from_jalali(year, month, day, text), rest)
    if language.startswith("ar") and year >= 1343:
        return _at(_from_hijri(year, month, day, text), rest)
    raise ValueError(
        f"'{text[:40]}' is in another calendar; write it as 2021-12-12, or say --language fa (Jalali) or ar (Hijri)"
    )


def _from_jalali(year: int, month: int, day: int, text: str) -> date:
    try:
        return JalaliDate(year, month, day).to_gregorian()
    except ValueError:
        raise ValueError(f"'{text[:40]}' is no day of the Jalali calendar") from None


def _from_hijri(year: int, month: int, day: int, text: str) -> date:
    try:
        found = Hijri(year, month, day).to_gregorian()
        return date(found.year, found.month, found.day)
    except (ValueError, OverflowError):
        raise ValueError(f"'{text[:40]}' is no day of the Hijri calendar between 1343 and 1500") from None


def _at(day: date, rest: str) -> datetime:
    clock = _CLOCK.search(months.in_english(rest))
    hour, minute, second = (int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else (0, 0, 0)
    if clock and clock[4]:
        hour = hour % 12 + (12 if clock[4].lower() == "pm" else 0)
    zone: tzinfo = timezone.get_default_timezone()
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
