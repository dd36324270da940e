"""Which column or member of an archive is which part of a story. docs/import.md shows this table to operators."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from . import html_blocks, order
from .records import LIMIT, WORKING_HEADLINE, Bad, Block, Record, first_sentence, paragraph, paragraphs

# The first name that is there and not empty wins.
ALIASES: dict[str, tuple[str, ...]] = {
    "news_id": ("news_id", "newsid", "newid"),
    "source_id": ("source_id", "guid", "uri", "url", "link", "docno", "docid", "article_id", "id"),
    "headline": ("headline", "title", "titulo", "titular", "titre", "título", "web_title", "head", "overskrift", "عنوان",
                 "العنوان", "تیتر", "כותרת"),
    "summary": ("summary", "abstract", "description", "snippet", "standfirst", "excerpt", "lead", "chapeau", "resumen",
                "الملخص", "خلاصه", "چکیده"),
    "body": ("body", "text", "content", "paragraphs", "article", "fulltext", "full_text", "texto", "texte", "cuerpo",
             "body_html", "content_html", "article_body", "article_text", "body_text",
             "content_text", "main_text", "النص", "المحتوى", "متن"),
    "published_at": ("published_at", "publish_date", "published", "pubdate", "pub_date", "date_published",
                     "publication_date", "published_date", "published_on", "published_time", "first_published_at",
                     "web_publication_date", "date", "datetime", "timestamp", "date_created", "created_at",
                     "created", "date_extracted", "time", "fecha", "fecha_publicacion", "date_publication", "التاريخ",
                     "تاريخ_النشر", "تاریخ", "تاریخ_انتشار"),
    "byline": ("byline", "author", "authors", "creator", "autor", "auteur", "الكاتب", "نویسنده"),
    "place": ("place", "dateline_place", "city", "location", "lugar", "المكان", "مکان"),
    "credit": ("credit", "source_credit"),
    "kicker": ("kicker", "rubric"),
    "slugline": ("slugline",),
    "section": ("section",),
    "topics": ("topics", "topic", "category", "categories", "cat", "tags", "tema", "keywords", "class"),
    "language": ("language", "lang", "idioma", "langue"),
    "urgency": ("urgency", "priority"),
    "publisher": ("publisher", "original_publisher", "source", "source_name", "src", "fuente", "المصدر", "منبع"),
}  # fmt: skip
_NAMES = {
    "arabic": "ar", "persian": "fa", "farsi": "fa", "english": "en", "french": "fr", "spanish": "es", "hebrew": "he",
    "german": "de", "swedish": "sv", "italian": "it", "portuguese": "pt", "russian": "ru", "turkish": "tr",
    "chinese": "zh-hans", "zh": "zh-hans", "urdu": "ur", "japanese": "ja", "dutch": "nl",
}  # fmt: skip


class Mapper:
    """Reads rows, given what the operator said of their columns (`--map headline=titulo`)."""

    def __init__(self, said: Mapping[str, str], *, language: str = "") -> None:
        unknown = set(said) - set(ALIASES)
        if unknown:
            raise ValueError(f"--map knows no field '{min(unknown)}'; there are {', '.join(ALIASES)}.")
        self.columns = {field: (said[field],) if field in said else names for field, names in ALIASES.items()}
        self.language = language
        self.positional = bool(said) and all(column.isdecimal() for column in said.values())  # a table without names
        self.said = said

    def lacks(self, names: list[str]) -> str:
        """Why rows with these columns cannot be stories; "" where they can."""
        there = {normal(name) for name in names}
        if any(normal(name) in there for field in ("headline", "body") for name in self.columns[field]):
            return ""
        shown = ", ".join(name[:30] for name in names[:12]) or "none"
        return f"None of its columns ({shown}) is a headline or a body. Name them: --map headline=COLUMN --map body=COLUMN."

    def record(self, position: str, raw: bytes, row: Mapping[str, Any]) -> Record | Bad:
        """One row as a story, or why it is none."""
        get = self._fields(row)
        headline, summary, length = _line(get["headline"]), _line(get["summary"]), len(_text(get["body"]))
        if length > LIMIT:
            return Bad(position, f"Its text has {length:,} characters; more than {LIMIT:,} is no story.", raw[:2000])
        body = _body(get["body"])
        if not headline and not body and not summary:
            return Bad(position, "It has neither a headline nor a text.", raw)
        said = _text(get["language"]).lower()
        written = f"{headline} {summary} {_text(get['body'])[:2000]}"
        language = _NAMES.get(said, said) or self.language or guess_language(written)
        try:
            numbers: dict[str, Any] = {
                "published_at": _date(get["published_at"], language),
                "news_id": _number(get["news_id"], "News ID"),
                "urgency": min(_number(get["urgency"], "urgency") or 5, 9),
            }
        except ValueError as error:
            return Bad(position, f"{str(error)[0].upper()}{str(error)[1:]}.", raw)
        lines: dict[str, Any] = {
            field: _line(get[field]) for field in ("place", "credit", "kicker", "slugline", "section")
        }
        return Record(
            position=position,
            raw=raw,
            headline=headline or first_sentence(summary or html_blocks.plain(body)),
            flag="" if headline else WORKING_HEADLINE,
            summary=summary,
            body=body,
            language=language,
            date=_text(get["published_at"]),
            byline="\n".join(_several(get["byline"])),
            subjects=_several(get["topics"]),
            source_id=self._source_id(_text(get["source_id"])),
            original_publisher=_line(get["publisher"])[:255],
            **lines,
            **numbers,
        )

    def _fields(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The row's values by the fields they are for; None where it has none."""
        values = {normal(str(name)): value for name, value in row.items() if not _is_missing(value)}
        return {
            field: next((values[name] for name in map(normal, names) if name in values), None)
            for field, names in self.columns.items()
        }

    def _source_id(self, text: str) -> str:
        """A row's id, if it is one beyond its file: bare numbers begin at 1 in each, so the row's words stand for it."""
        return "" if text.isdecimal() and len(text) < 12 and "source_id" not in self.said else text[:255]


def _is_missing(value: Any) -> bool:
    """NaN is how tools write what is not there; true and false answer a question, and are no text and no date."""
    return value in (None, "", [], {}) or value != value or isinstance(value, bool)


def normal(name: str) -> str:
    """`name` without what makes no difference: publishedAt is published_at."""
    return re.sub(r"[\s_\-]+", "", unicodedata.normalize("NFKC", name).strip("\ufeff").lower())


_SCRIPTS = {
    "": "[A-Za-z\u00c0-\u024f]", "ar": "[\u0621-\u064a\u0671-\u06d3]", "he": "[\u05d0-\u05ea]",
    "zh-hans": "[\u3040-\u30ff\u4e00-\u9fff]", "ko": "[\uac00-\ud7af]", "ru": "[\u0410-\u044f]",
    "el": "[\u0391-\u03c9]", "th": "[\u0e01-\u0e2e]", "km": "[\u1780-\u17b3]",
}  # fmt: skip


def guess_language(text: str) -> str:
    """By the script that most of its letters are of, where that tells; "" otherwise."""
    counts = {language: len(re.findall(letters, text)) for language, letters in _SCRIPTS.items()}
    language = max(counts, key=lambda name: counts[name])
    if language == "ar":
        return _of_arabic_script(text)
    if language == "zh-hans" and len(re.findall("[\u3040-\u30ff]", text)) * 10 > counts[language]:
        return "ja"
    return language


def _of_arabic_script(text: str) -> str:
    """Arabic, Persian or Urdu, by the letters that only one of them has."""
    counts = {"fa": "[پچژگکی]", "ur": "[ٹڈڑےں]", "ar": "[ةىيكأإ]"}
    return max(reversed(counts), key=lambda language: len(re.findall(counts[language], text)))


# Where a value is an object, which of its members is the text: `{"rendered": "..."}`, `{"name": "Ann"}`.
_MEMBERS = ("rendered", "name", "value", "text", "#text", "@value", "content", "title", "label")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return next((text for name in _MEMBERS if (text := _text(value.get(name)))), "")
    return "" if _is_missing(value) else str(value).strip()


def _line(value: Any) -> str:
    return " ".join(html_blocks.without_tags(_text(value)).split())


def _several(value: Any) -> list[str]:
    """The names in it; a number of JSON is a key of somebody's database and no name."""
    parts = re.split(r"[|;\n]", value) if isinstance(value, str) else value if isinstance(value, list) else [value]
    return [line for part in parts if not isinstance(part, int | float) and (line := _line(part))]


def _body(value: Any) -> list[Block]:
    if isinstance(value, list):
        parts = [_text(part) for part in value]
        if not any(map(html_blocks.is_html, parts)):
            return [paragraph(" ".join(part.split())) for part in parts if part]
    text = _text(value)
    return html_blocks.read(text) if html_blocks.is_html(text) else paragraphs(text)


def _date(value: Any, language: str) -> Any:
    text = _text(value)
    if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", text):  # seconds or milliseconds since 1970
        from datetime import UTC, datetime

        return datetime.fromtimestamp(float(text) / (1000 if len(text) > 11 and "." not in text else 1), UTC)
    return order.read(text, language=language) if text else None


def _number(value: Any, name: str) -> int | None:
    text = _text(value)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,18}(?:\.0)?", text) or int(float(text)) < 1:
        raise ValueError(f"its {name} '{text[:40]}' is no number")
    return int(text.removesuffix(".0"))
