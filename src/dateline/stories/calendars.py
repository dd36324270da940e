"""Dates and times as the readers of an edition write them.

Persian readers get the Jalali calendar and Persian digits; Arabic readers Gregorian months with their Arabic names, and
the Hijri date (Umm al-Qura) on the masthead; everybody else the Gregorian calendar of their language (CLDR, by Babel).
"""

from datetime import date, datetime
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from django.utils import timezone
from hijridate import Gregorian
from persiantools.jdatetime import JalaliDate

from . import languages

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_HIJRI_MONTHS = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip


def day(value: datetime | date, language: str) -> str:
    """Such as `23 November 2026`, `۲ آذر ۱۴۰۵`."""
    return _day(_date(value), language, False)


def weekday(value: datetime | date, language: str) -> str:
    """The same with its weekday: `Monday, 23 November 2026`."""
    return _day(_date(value), language, True)


def short(value: datetime | date, language: str, today: datetime | date) -> str:
    """The day without its year where that is the year of `today`: `23 November`, `۲ آذر`."""
    then, now = _date(value), _date(today)
    if language == "fa":
        if JalaliDate(then).year != JalaliDate(now).year:
            return _day(then, language, False)
        return _day(then, language, False).rpartition(" ")[0]
    return _day_of_year(then, language) if then.year == now.year else _day(then, language, False)


def clock(value: datetime, language: str) -> str:
    """The time of day in the newsroom: `21:22`."""
    return _clock(_local(value), language)


def moment(value: datetime, language: str) -> str:
    """Day and time: `23 November 2026, 21:22`."""
    local = _local(value)
    return f"{_day(local.date(), language, False)}{languages.comma(language)}{_clock(local, language)}"


def when(value: datetime, language: str, today: date | None) -> str:
    """The time of day of what came `today`, else the day."""
    local = _local(value)
    return _clock(local, language) if local.date() == today else _day(local.date(), language, False)


def hijri(value: datetime | date) -> str:
    """The Hijri date in Arabic, such as `13 جمادى الآخرة 1448`; "" outside 1343-1500 AH, where the tables end."""
    local = _date(value)
    try:
        lunar = Gregorian(local.year, local.month, local.day).to_hijri()
    except (OverflowError, ValueError):
        return ""
    return f"{lunar.day} {_HIJRI_MONTHS[lunar.month - 1]} {lunar.year}"


def number(value: int, language: str) -> str:
    """A number in the edition's digits."""
    return _digits(str(value), language)


def _digits(text: str, language: str) -> str:
    return text.translate(_PERSIAN_DIGITS) if language == "fa" else text


def _local(value: datetime) -> datetime:
    """In the newsroom's time, whatever zone an editor chose for his desk."""
    return value.astimezone(timezone.get_default_timezone())


def _date(value: datetime | date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _clock(local: datetime, language: str) -> str:
    return _digits(f"{local.hour:02}:{local.minute:02}", language)


@lru_cache(maxsize=4096)
def _day(value: date, language: str, with_weekday: bool) -> str:
    if language == "fa":
        jalali = JalaliDate(value)
        text = f"{jalali.day} {jalali.strftime('%B', locale='fa')} {jalali.year}".translate(_PERSIAN_DIGITS)
        return f"{jalali.strftime('%A', locale='fa')} {text}" if with_weekday else text
    locale = _locale(language)
    if language == "en":
        return format_date(value, "EEEE, d MMMM y" if with_weekday else "d MMMM y", locale)
    return format_date(value, "full" if with_weekday else "long", locale)


@lru_cache(maxsize=4096)
def _day_of_year(value: date, language: str) -> str:
    if language == "en":
        return format_date(value, "d MMMM", _locale(language))
    return format_skeleton("MMMMd", value, locale=_locale(language))


@lru_cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
