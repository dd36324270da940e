"""Datelines: `BAGHDAD (Dispatches) -`, read and written."""

import re
from typing import NamedTuple

DASHES = "-–—−ـ"
# A place, then perhaps a date, then perhaps (Source), then a dash. Places hold no sentence end.
_DATELINE = re.compile(
    r"""^\s*(?P<place>[^\W_][^():;!?\n]{0,80}?)
        (?:\s*[,،]\s*(?P<date>[^()\n]{3,24}?\d{1,4}(?:[^()\n]{0,8}?)?))?
        \s*(?:\((?P<source>[^()\n]{1,60})\))?
        \s*(?P<dash>[-–—−]{1,2})(?P<gap>\s+|$)?""",
    re.VERBOSE,
)
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")  # they only say which way text runs


class Dateline(NamedTuple):
    place: str
    date: str  # as it was written; "" where none was
    source: str


def split(line: str, *, source_required: bool = True) -> tuple[Dateline | None, str]:
    """Split `PLACE (Source) – The text.` into its dateline and the text.

    With `source_required` a line without `(Source)` is taken for plain text, since many sentences have a dash. Without,
    its place must be in capitals, or of two words at most where the script has none.
    """
    match = _DATELINE.match(line)
    if match is None or not _is_dateline(match, source_required):
        return None, line
    place = _MARKS.sub("", match["place"]).strip(" ,،")
    return Dateline(place, (match["date"] or "").strip(), (match["source"] or "").strip()), line[match.end() :].strip()


def _is_dateline(match: re.Match[str], source_required: bool) -> bool:
    place = match["place"]
    has_digits = any(char.isdecimal() for char in place)
    if not match["source"]:
        short = place.isupper() or (place.lower() == place.upper() and len(place.split()) <= 2)
        return not source_required and short and not has_digits and match["gap"] is not None
    joined = match["gap"] is None and match["dash"] == "-"  # Smith (Labour)-led
    return place.isupper() or not (joined or has_digits)


def render(place: str, source: str, language: str) -> str:
    """`PLACE (Source) -` as agencies of the language write it; "" without a place."""
    if not place:
        return ""
    credit = f" ({source})" if source else ""
    dash = "-" if language.startswith("en") else "–"
    return f"{upper(place, language)}{credit} {dash}"


def upper(place: str, language: str) -> str:
    """Capitals where the script has them; a dotted i keeps its dot in Turkish and Azerbaijani."""
    if language.partition("-")[0] in ("tr", "az"):
        place = place.replace("i", "İ").replace("ı", "I")
    return place.upper()
