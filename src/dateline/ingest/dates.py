"""Dates as archives write them."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from dateutil import parser
from django.utils import timezone
from hijridate import Hijri
from persiantools.jdatetime import JalaliDate

_JALALI = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
_HIJRI = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip
_ARABIC = {
    "يناير": 1, "فبراير": 2, "مارس": 3, "أبريل": 4, "ابريل": 4, "إبريل": 4, "مايو": 5, "يونيو": 6, "يوليو": 7,
    "أغسطس": 8, "اغسطس": 8, "سبتمبر": 9, "أكتوبر": 10, "اكتوبر": 10, "نوفمبر": 11, "ديسمبر": 12,
}  # fmt: skip
_EN = [
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
]  # fmt: skip
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NUMERIC = re.compile(r"^\s*(\d{3,4})[-/.](\d{1,2})[-/.](\d{1,2})\b(.*)$")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?", re.IGNORECASE)
_OLDEST = 1600  # the first newspapers


def read(text: str, *, language: str = "") -> datetime:
    """The moment that `text` names, in UTC. A time without a zone is the newsroom's; a date alone is its midnight.

    Reads ISO 8601, RFC 5322, `12 December 2021 - 21:22`, day before month where both are numbers, Arabic month names,
    and Jalali or Hijri dates that say so by their month or by `language`. Raises ValueError that says what is wrong.
    """
    text = " ".join(text.translate(_DIGITS).split())
    if not text:
        raise ValueError("there is no date")
    moment = _other_calendar(text, language) or _iso(text) or _spelled(text)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    moment = moment.astimezone(UTC)
    if moment.year < _OLDEST:
        raise ValueError(f"'{text}' is no date of a newspaper: the year {moment.year} is before {_OLDEST}")
    if moment > datetime.now(UTC) + timedelta(days=1):
        raise ValueError(f"'{text}' lies in the future")
    return moment


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _spelled(text: str) -> datetime:
    for name, month in _ARABIC.items():
        text = text.replace(name, f" {_EN[month]} ")
    text = re.sub(r"\s[-–—|]\s(?=\d{1,2}:)", " ", text)
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        pass
    try:
        # Two defaults tell whether day, month and year were all there.
        one = parser.parse(text, dayfirst=True, default=datetime(2001, 1, 1))
        two = parser.parse(text, dayfirst=True, default=datetime(2002, 2, 2))
    except (ValueError, OverflowError, TypeError, parser.ParserError):
        raise ValueError(f"'{text[:60]}' is no date; write it as 2021-12-12 21:22") from None
    if one != two:
        raise ValueError(f"'{text[:60]}' is no whole date; write it as 2021-12-12 21:22")
    return one


def _other_calendar(text: str, language: str) -> datetime | None:
    """A Jalali or Hijri date. A year such as 1399 without a word of which calendar it is in is refused."""
    for months, convert in ((_JALALI, _from_jalali), (_HIJRI, _from_hijri)):
        for number, name in enumerate(months, 1):
            match = re.search(rf"(\d{{1,2}})\s+{name}(?:\s*ماه)?\s*،?\s+(\d{{4}})", text)
            if match:
                return _at(convert(int(match[2]), number, int(match[1]), text), text[match.end() :])
    match = _NUMERIC.match(text)
    if not match or not 1200 <= int(match[1]) < 1500:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if language.startswith("fa") and year < 1450:
        return _at(_from_jalali(year, month, day, text), match[4])
    if language.startswith("ar") and year >= 1343:
        return _at(_from_hijri(year, month, day, text), match[4])
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
    clock = _CLOCK.search(rest)
    hour, minute, second = (int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else (0, 0, 0)
    if clock and clock[4]:
        hour = hour % 12 + (12 if clock[4].lower() == "pm" else 0)
    zone: tzinfo = timezone.get_default_timezone()
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
