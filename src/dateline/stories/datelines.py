"""Datelines: `BAGHDAD (Dispatches) -`, read and written."""

import re
from typing import NamedTuple

DASHES = "-–—−ـ"
# A place, then perhaps a date, then perhaps (Source), then a dash. Places hold no digits and no sentence end.
_DATELINE = re.compile(
    r"""^\s*(?P<place>[^\W\d_][^()\d:;!?\n]{0,80}?)
        (?:\s*[,،]\s*(?P<date>[^()\n]{3,24}?\d{1,4}(?:[^()\n]{0,8}?)?))?
        \s*(?:\((?P<source>[^()\n]{1,60})\))?
        \s*[-–—−]{1,2}(?:\s+|$)""",
    re.VERBOSE,
)


class Dateline(NamedTuple):
    place: str
    date: str  # as it was written; "" where none was
    source: str


def split(line: str, *, source_required: bool = True) -> tuple[Dateline | None, str]:
    """Split `PLACE (Source) – The text.` into its dateline and the text.

    With `source_required` a line without `(Source)` is taken for plain text, since many sentences have a dash.
    """
    match = _DATELINE.match(line)
    if match is None or (source_required and not match["source"]):
        return None, line
    place = match["place"].strip(" ,،")
    return Dateline(place, (match["date"] or "").strip(), (match["source"] or "").strip()), line[match.end() :].strip()


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
