"""The names of months, days and times of day in the languages of our archives, for `dates.py`."""

import re
import unicodedata

_MONTHS = {
    "January": "يناير كانون_الثاني جانفي ژانویه janvier janv enero ene",
    "February": "فبراير شباط فيفري فوریه février févr febrero",
    "March": "مارس آذار mars marzo",
    "April": "أبريل نيسان أفريل آوریل avril avr abril abr",
    "May": "مايو أيار ماي مه می mai mayo",
    "June": "يونيو يونيه حزيران جوان ژوئن juin junio",
    "July": "يوليو يوليه تموز جويلية ژوئیه جولای juillet juil julio",
    "August": "أغسطس آب أوت اوت آگوست août agosto ago",
    "September": "سبتمبر أيلول سپتامبر septembre septiembre setiembre",
    "October": "أكتوبر تشرين_الأول اکتبر octobre octubre",
    "November": "نوفمبر تشرين_الثاني نوامبر novembre noviembre",
    "December": "ديسمبر كانون_الأول دسامبر décembre diciembre dic",
}
_DAYS = (
    "الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد يوم شنبه یکشنبه یک‌شنبه یک_شنبه دوشنبه دو‌شنبه دو_شنبه"
    " سه‌شنبه سه_شنبه سهشنبه چهارشنبه چهار‌شنبه چهار_شنبه پنجشنبه پنج‌شنبه پنج_شنبه جمعه روز"
    " lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
    " الساعة ساعت de del le à el a_las a_la h hs"
)
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u200c": " ", "\u0640": ""})


def plain(text: str) -> str:
    """`text` without accents, vowel signs and the difference between Arabic and Persian letters."""
    parted = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return (
        unicodedata.normalize("NFC", "".join(char for char in parted if not unicodedata.combining(char)))
        .lower()
        .translate(_LETTERS)
    )


def _words(names: str) -> list[str]:
    return [plain(name.replace("_", " ")) for name in names.split()]


_ENGLISH = dict.fromkeys(_words(_DAYS), "") | {
    name: month for month, names in _MONTHS.items() for name in _words(names)
}
# The longest first, and a name that was shortened with its point: `déc.`
_NAME = re.compile(rf"(?<![^\W\d])(?:{'|'.join(sorted(map(re.escape, _ENGLISH), key=len, reverse=True))})(?!\w)\.?")
_AFTERNOON = re.compile(
    r"(\d:\d\d(?::\d\d)?)\s*(?:(م|مساء|ب ظ|بعد از ظهر|p\.\s?m\.?)|(ص|صباحا|ق ظ|قبل از ظهر|a\.\s?m\.?))(?!\w)"
)


def in_english(text: str) -> str:
    """`text` with its months in English, and without the words around a date that say nothing."""
    text = plain(text).replace("ق.ظ", "ق ظ").replace("ب.ظ", "ب ظ")
    text = re.sub(r"(?<=\d)\s?h\s?(?=\d\d\b)", ":", text)  # 21h22
    text = _AFTERNOON.sub(lambda found: f"{found[1]} {'pm' if found[2] else 'am'}", text)
    text = re.sub(r"(?<=\d{4})\s?م(?!\w)", " ", text)  # of our era
    text = _NAME.sub(lambda found: f" {_ENGLISH[found[0].rstrip('.')]} ", text)
    text = re.sub(r"\b([A-Z][a-z]+) */ *\1\b", r"\1", text)  # كانون الأول/ديسمبر
    return " ".join(re.sub(r"[،,]|\s[-–—|•·]\s|(?<=\d)(?:er|º|ª)\b", " ", f" {text} ").split())
